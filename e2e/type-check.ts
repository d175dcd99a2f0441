// Type-checks a folder with one of the supported TypeScript compilers, and reads what it says.

import { createRequire } from "node:module";
import path from "node:path";
import { tryCommand } from "./run-command.js";

/** The compilers that generated packages must work with; each is a dependency of these tests by this name. */
export const compilers = ["typescript", "typescript7"] as const;
/** Older ones, which only the types of a package must work with. */
export const olderCompilers = ["typescript50", "typescript54"] as const;
export type Compiler = (typeof compilers)[number] | (typeof olderCompilers)[number];

export interface CompileError {
  /** Relative to the folder. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** @param args Arguments of `tsc`; what they say about output holds. */
export async function typeCheck(compiler: Compiler, dir: string, args: readonly string[]): Promise<CompileError[]> {
  const manifest = createRequire(import.meta.url).resolve(`${compiler}/package.json`);
  const tsc = path.join(path.dirname(manifest), "bin", "tsc");
  const { code, stdout, stderr } = await tryCommand(process.execPath, [tsc, ...args, "--pretty", "false"], {
    cwd: dir,
  });
  const errors = [
    ...stdout.matchAll(/^(?<file>[^\s(][^(\n]*)\((?<line>\d+),(?<column>\d+)\): error (?<message>TS.*(?:\n .*)*)/gm),
  ];
  if (code !== 0 && errors.length === 0) throw new Error(`${compiler} exited with ${code}\n${stdout}\n${stderr}`);
  return errors.map(({ groups = {} }) => ({
    file: groups["file"] ?? "",
    line: Number(groups["line"]),
    column: Number(groups["column"]),
    message: groups["message"] ?? "",
  }));
}
