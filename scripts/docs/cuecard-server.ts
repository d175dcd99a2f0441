// Runs the `cuecard` commands of the pages in this process, which has loaded the program once: to start it for each command takes
// longer than most commands. A page calls `cuecard-client.mjs`, which passes its command line on over a socket.

import { createServer, type Server } from "node:http";
import path from "node:path";
import { text } from "node:stream/consumers";
import { runCommand } from "../../packages/cli/test/run-command.js";

/** A command line, as the client sends it. */
interface Request {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string;
}

export const CLIENT: string = path.join(import.meta.dirname, "cuecard-client.mjs");

/** Starts to serve at a socket's path; the client finds it in `CUECARD_SERVER`. */
export async function serveCuecard(socket: string): Promise<Server> {
  const server = createServer(async (request, response) => {
    const { args, ...options } = JSON.parse(await text(request)) as Request;
    response.end(JSON.stringify(await runCommand(args, options)));
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(socket, resolve));
  return server;
}
