// What one build remembers for the next: verified digests, files that texts refer to, findings, and written files.

import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Diagnostic } from "@cuecard/model";
import { type MergedRecord, replaceFile } from "@cuecard/registry";
import type { Seal } from "./seal.js";

export interface BuildState {
  /** `<name>@v<N> <commit>` → digest. */
  readonly digests: Readonly<Record<string, string>>;
  /** SHA-256 of a working file's text → the partials, or the schemas, that it refers to. */
  readonly references: Readonly<Record<string, readonly string[]>>;
  /** The last few compilations, newest first. */
  readonly stamps: readonly Stamp[];
  readonly output: OutputRecord | undefined;
  /** Which versions are in the history of which commits. */
  readonly merged?: MergedRecord | undefined;
}

/** A compilation that does not have to be repeated. */
export interface Stamp {
  /** Hash of all input of the compiler. */
  readonly key: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** The contents of the generated package. */
export interface OutputRecord {
  readonly dir: string;
  readonly key: string;
  readonly files: readonly WrittenFile[];
}

export type WrittenFile = readonly [path: string, size: number, mtimeMs: number];

export const NO_STATE: BuildState = { digests: {}, references: {}, stamps: [], output: undefined };

/** The state that this clone saved with the same seal; empty if there is none or it cannot be read. */
export function readBuildState(file: string, seal: Seal): BuildState {
  try {
    const text = seal.open(readFileSync(file, "utf8"));
    return text === undefined ? NO_STATE : (JSON.parse(text) as BuildState);
  } catch {
    return NO_STATE;
  }
}

/** Never throws: a cache that cannot be written must not fail the command. */
export async function writeBuildState(file: string, seal: Seal, state: BuildState): Promise<void> {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    await replaceFile(file, seal.close(JSON.stringify(state)));
  } catch {
    // The next build starts cold.
  }
}
