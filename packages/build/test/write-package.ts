// A compiled package on disk, as a service would have it, with the runtime beside it; and Node to run code against it.

import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createFolder } from "@cuecard/testing";

const RUNTIME = fileURLToPath(new URL("../../runtime", import.meta.url));
const TSX = import.meta.resolve("tsx");

export interface WrittenPackage {
  readonly dir: string;
  /** Runs a module of this text beside the package (`./dist/index.js`) and returns what it prints, parsed as JSON. */
  run(code: string, nodeOptions?: readonly string[]): unknown;
}

export function writePackage(files: ReadonlyMap<string, string>): WrittenPackage {
  const dir = createFolder("package");
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  };
  write("package.json", '{ "type": "module" }');
  for (const [path, text] of files) write(`dist/${path}`, text);
  mkdirSync(join(dir, "node_modules/@cuecard"), { recursive: true });
  symlinkSync(RUNTIME, join(dir, "node_modules/@cuecard/runtime"), "dir");
  return {
    dir,
    run(code, nodeOptions = []) {
      write("main.mjs", `${code}\nconsole.log(JSON.stringify(result));\n`);
      const source = ["--conditions=cuecard-source", "--import", TSX];
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [...source, ...nodeOptions, pathToFileURL(join(dir, "main.mjs")).pathname],
        { cwd: dir, encoding: "utf8" },
      );
      if (status !== 0) throw new Error(stderr);
      return JSON.parse(stdout);
    },
  };
}
