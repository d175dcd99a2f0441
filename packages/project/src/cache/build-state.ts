// What one build remembers for the next: digests it verified, partials that texts refer to, what it found, what it wrote.

import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Diagnostic } from "@cuecard/model";
import { replaceFile } from "@cuecard/registry";

export interface BuildState {
  /** `<name>@v<N> <commit>` → digest. */
  readonly digests: Readonly<Record<string, string>>;
  /** SHA-256 of a working file's text → the partials it refers to. */
  readonly references: Readonly<Record<string, readonly string[]>>;
  /** The last few compilations, newest first. */
  readonly stamps: readonly Stamp[];
  readonly output: OutputRecord | undefined;
}

/** A compilation that need not be done again. */
export interface Stamp {
  /** Hash of everything that the compiler was given. */
  readonly key: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** What stands in the generated package. */
export interface OutputRecord {
  readonly dir: string;
  readonly key: string;
  readonly files: readonly WrittenFile[];
}

export type WrittenFile = readonly [path: string, size: number, mtimeMs: number];

const empty: BuildState = { digests: {}, references: {}, stamps: [], output: undefined };

/** The state that the same compiler left behind; an empty one when there is none, or it cannot be read. */
export function readBuildState(file: string, identity: string): BuildState {
  try {
    const stored = JSON.parse(readFileSync(file, "utf8")) as { identity: unknown; state: BuildState };
    if (stored.identity !== identity || typeof stored.state.digests !== "object") return empty;
    if (!Array.isArray(stored.state.stamps) || typeof stored.state.references !== "object") return empty;
    return stored.state;
  } catch {
    return empty;
  }
}

/** Never throws: a disk that takes no cache is no reason to fail. */
export async function writeBuildState(file: string, identity: string, state: BuildState): Promise<void> {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    await replaceFile(file, JSON.stringify({ identity, state }));
  } catch {
    // The next build starts cold.
  }
}
