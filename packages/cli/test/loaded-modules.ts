// Runs the built command line as a process, and lists the modules that it loaded.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { createFolder } from "@cuecard/testing";
import { CUECARD } from "./built-program.js";

/** @returns The URL of every loaded module, and what was printed. */
export function loadedModules(args: readonly string[], cwd: string): { loaded: string; stdout: string } {
  const trace = path.join(createFolder(), "loaded");
  const loader = `import { appendFileSync } from "node:fs";
    export async function load(url, context, next) {
      appendFileSync(${JSON.stringify(trace)}, url + "\\n");
      return next(url, context);
    }`;
  const hook = `import { register } from "node:module"; register(${JSON.stringify(asUrl(loader))});`;
  const { stdout } = spawnSync(process.execPath, ["--import", asUrl(hook), CUECARD, ...args], {
    cwd,
    encoding: "utf8",
  });
  return { loaded: readFileSync(trace, "utf8"), stdout };
}

function asUrl(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`;
}
