// Runs the built command line as a process, and lists the source modules that it loaded, which the bundle names in comments.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createFolder } from "@cuecard/testing";
import { CUECARD } from "./built-program.js";

/** @returns The path of every loaded module, from the top of this repository or absolute, and what was printed. */
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
  const files = readFileSync(trace, "utf8")
    .split("\n")
    .filter((url) => url.startsWith("file:"))
    .map((url) => fileURLToPath(url));
  return { loaded: files.flatMap((file) => [file, ...bundledModules(file)]).join("\n"), stdout };
}

/** The modules that a file of the bundle consists of. */
function bundledModules(file: string): string[] {
  if (path.dirname(file) !== DIST) return [];
  const comments = readFileSync(file, "utf8").matchAll(/^\s*\/\/ (\S+\.[cm]?[jt]s)$/gm);
  return [...comments].map(([, module = ""]) => path.relative(ROOT, path.resolve(DIST, "..", module)));
}

const DIST = path.resolve(path.dirname(CUECARD), "../dist");
const ROOT = path.resolve(DIST, "../../..");

function asUrl(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`;
}
