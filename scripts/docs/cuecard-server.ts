// Runs the `cuecard` commands of the pages in this process, which has loaded the program once: to start it for each command takes
// longer than most commands. A page calls `cuecard-client.sh`, which writes its command line to files and names their folder.

import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { runCommand } from "../../packages/cli/test/run-command.js";

export const CLIENT: string = path.join(import.meta.dirname, "cuecard-client.sh");

/** Starts to serve; the client finds the port in this folder, which `CUECARD_SERVER` names. */
export async function serveCuecard(folder: string): Promise<void> {
  const server = createServer(async (socket) => {
    const [call] = (await once(createInterface(socket), "line")) as [string];
    socket.end(`${await answer(call)}\n`);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  server.unref();
  await writeFile(path.join(folder, "port"), String((server.address() as AddressInfo).port));
}

/** Runs a command line and writes its output to files. Returns its exit code. */
async function answer(call: string): Promise<number> {
  const [cwd = "", ...args] = await readList(path.join(call, "line"));
  const variables = (await readList(path.join(call, "env"))).map(
    (text) => /^([^=]*)=(.*)$/s.exec(text)?.slice(1) ?? [],
  );
  const { CUECARD_SERVER: _, ...env } = Object.fromEntries(variables) as Record<string, string>;
  const stdin = await readFile(path.join(call, "stdin"));
  const { code, stdout, stderr } = await runCommand(args, { cwd, env, stdin });
  await writeFile(path.join(call, "stdout"), stdout);
  await writeFile(path.join(call, "stderr"), stderr);
  return code;
}

/** Texts that each end with a zero byte. */
async function readList(file: string): Promise<string[]> {
  return (await readFile(file, "utf8")).split("\0").slice(0, -1);
}
