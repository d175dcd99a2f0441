// A compiled package on disk, as a service would have it, with the runtime beside it; and Node to run code against it.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createFolder } from "@cuecard/testing";
import ts from "typescript";

const RUNTIME = fileURLToPath(new URL("../../runtime/src", import.meta.url));

export interface WrittenPackage {
  readonly dir: string;
  /** Runs a module of this text beside the package (`./dist/index.js`) and returns what it prints, parsed as JSON. */
  run(code: string, nodeOptions?: readonly string[]): unknown;
}

export function writePackage(files: ReadonlyMap<string, string>): WrittenPackage {
  const dir = createFolder("package");
  writeText(join(dir, "package.json"), '{ "type": "module" }');
  for (const [path, text] of files) writeText(join(dir, "dist", path), text);
  mkdirSync(join(dir, "node_modules/@cuecard"), { recursive: true });
  symlinkSync(runtimePackage(), join(dir, "node_modules/@cuecard/runtime"), "dir");
  return {
    dir,
    run(code, nodeOptions = []) {
      const main = join(dir, "main.mjs");
      writeText(main, `${code}\nconsole.log(JSON.stringify(result));\n`);
      const { status, stdout, stderr } = spawnSync(process.execPath, [...nodeOptions, pathToFileURL(main).pathname], {
        cwd: dir,
        encoding: "utf8",
      });
      if (status !== 0) throw new Error(stderr);
      return JSON.parse(stdout);
    },
  };
}

let transpiled: string | undefined;

/**
 * The folder of the runtime: its sources, which have the types, and beside each what Node runs. Node starts faster so than with
 * a loader for TypeScript.
 */
function runtimePackage(): string {
  if (transpiled !== undefined && existsSync(transpiled)) return transpiled;
  const dir = createFolder("runtime");
  const exports = {
    ".": { types: "./index.ts", default: "./index.js" },
    "./follow": { types: "./follow/index.ts", default: "./follow/index.js" },
  };
  writeText(join(dir, "package.json"), JSON.stringify({ name: "@cuecard/runtime", type: "module", exports }));
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true };
  const files = readdirSync(RUNTIME, { encoding: "utf8", recursive: true });
  for (const file of files.filter((name) => /^(?:follow\/)?[^./]+\.ts$/.test(name.replaceAll("\\", "/")))) {
    const source = readFileSync(join(RUNTIME, file), "utf8");
    writeText(join(dir, file), source);
    writeText(join(dir, file.replace(/ts$/, "js")), ts.transpileModule(source, { compilerOptions }).outputText);
  }
  transpiled = dir;
  return dir;
}

function writeText(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
