// Serves one client over standard input and output, which carry nothing but the protocol.

import { pipeline, Writable } from "node:stream";
import { StdioServerTransport, serveStdio as serve } from "@modelcontextprotocol/server/stdio";
import { InvalidLines } from "./answer-invalid-lines.js";
import { createNotifyingServer } from "./create-server.js";
import type { ServedProject } from "./served-project.js";

/**
 * @param until Settles when the server is to end.
 * @param log Receives what is not an answer: broken messages, for example.
 */
export async function serveStdio(
  project: ServedProject,
  until: Promise<void>,
  log: (text: string) => void,
): Promise<void> {
  const { stdin } = process;
  const reserved = reserveOutput();
  const messages = new InvalidLines(({ problem, answer }) => {
    log(problem);
    if (answer !== undefined) reserved.output.write(`${JSON.stringify(answer)}\n`);
  });
  // When standard input ends or breaks, so do the messages, and the transport closes.
  pipeline(stdin, messages, () => {});
  const transport = new EndingTransport(messages, reserved.output);
  const handle = serve(() => createNotifyingServer(project, log), {
    transport,
    onerror: ({ message }) => log(message),
  });
  try {
    await Promise.race([until, transport.ended]);
  } finally {
    await handle.close();
    reserved.release();
    stdin.destroy();
  }
}

/** It closes when the client does, and when a message has no end: the protocol cannot continue after that. */
class EndingTransport extends StdioServerTransport {
  readonly ended: Promise<void>;
  #end: () => void = () => {};

  constructor(...args: ConstructorParameters<typeof StdioServerTransport>) {
    super(...args);
    this.ended = new Promise((end) => {
      this.#end = end;
    });
  }

  override async close(): Promise<void> {
    await super.close();
    this.#end();
  }
}

/** Whatever else this process prints, such as a project's helper with `console.log`, goes to standard error instead. */
function reserveOutput(): { readonly output: Writable; release(): void } {
  const { stdout, stderr } = process;
  const write = stdout.write;
  const output = new Writable({
    decodeStrings: false,
    write(chunk: string | Uint8Array, _encoding, done) {
      write.call(stdout, chunk, undefined, done);
    },
  });
  stdout.write = stderr.write.bind(stderr) as typeof stdout.write;
  return {
    output,
    release() {
      stdout.write = write;
    },
  };
}
