// A server of Turborepo's remote cache on a free local port, which keeps what it is given in a folder.

import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { runCommand } from "../run-command.js";

const SERVER = "turborepo-remote-cache@2.12.0";
const TOKEN = "secret";

export interface RemoteCache {
  /** Variables that make turbo use it. */
  readonly env: Readonly<Record<string, string>>;
  close(): void;
}

/**
 * @param dir A folder for everything that the server is made of and writes.
 * @param npm Variables for npm, which installs the server.
 */
export async function startRemoteCache(dir: string, npm: Readonly<Record<string, string>>): Promise<RemoteCache> {
  await mkdir(dir, { recursive: true });
  await writeFile(path.join(dir, "package.json"), "{}");
  await runCommand("npm", ["install", "--save-exact", SERVER], { cwd: dir, env: npm });
  const child = spawn(process.execPath, ["node_modules/turborepo-remote-cache/dist/cli.js"], {
    cwd: dir,
    env: {
      ...{ PATH: process.env["PATH"], NODE_ENV: "production", HOST: "127.0.0.1", PORT: "0", LOG_LEVEL: "info" },
      ...{ TURBO_TOKEN: TOKEN, STORAGE_PROVIDER: "local", STORAGE_PATH: path.join(dir, "storage") },
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once("error", reject).once("exit", (code) => reject(new Error(`${SERVER} exited with ${code}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
      if (address !== undefined) resolve(address);
    });
  });
  return {
    env: { TURBO_API: url, TURBO_TOKEN: TOKEN, TURBO_TEAM: "team_acme" },
    close: () => void child.kill(),
  };
}
