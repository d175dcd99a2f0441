// What a reading after a change needs, and how it asks for some prompts.

import type { TagRef } from "../git/reader.js";
import type { MergedRecord } from "../history/find-unmerged.js";
import type { LockLine } from "../lock/lock-file.js";
import type { OpenRepository } from "../repository/repository.js";
import type { ReadResult } from "./assemble-snapshot.js";
import type { WorkingTree } from "./read-working-tree.js";
import type { ReadingInputs, UnparsedFiles } from "./reading-inputs.js";

export interface PartReading extends ReadResult {
  /** The lines of the lock that were parsed. */
  readonly lines: ReadonlyMap<string, LockLine>;
}

export interface RereadRequest {
  readonly repository: OpenRepository;
  readonly files: UnparsedFiles;
  readonly inputs: ReadingInputs;
  readonly frozen: boolean;
  /** Reads some prompts. */
  readonly readPart: (part: PartRequest) => Promise<PartReading>;
  /** Reads the whole working tree. */
  readonly readWorking: () => Promise<WorkingTree>;
}

export interface PartRequest {
  readonly names: ReadonlySet<string>;
  /** The tags of these prompts. */
  readonly tags: readonly TagRef[];
  readonly knownDigest: (id: { name: string; version: number; commit: string }) => string | undefined;
  /** Which versions are known to be merged. */
  readonly merged: MergedRecord;
}
