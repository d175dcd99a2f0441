// A reading after a change, of which only as much is put together as is asked for.

import { compareText, type Entries, type Snapshot } from "@cuecard/model";
import type { ReadResult } from "./assemble-snapshot.js";
import {
  type CommonPart,
  type KeptReading,
  type PromptPart,
  type ReadingParts,
  selectPrompts,
} from "./kept-reading.js";
import type { ReadingInputs, UnparsedFiles } from "./reading-inputs.js";
import { type RememberedReadings, rememberOrPlan, toResult, unchangedLock, withTexts } from "./remembered-reading.js";
import type { ReadChanges } from "./reread-changes.js";

export interface ChangedReading {
  /** An earlier reading, and the prompts that may have changed since. */
  readonly since: NonNullable<ReadResult["since"]>;
  /** What was found about all prompts together. */
  readonly common: CommonPart;
  /** The names of all prompts are those of the entries. */
  readonly prompts: Entries<PromptPart>;
  readonly lock: ReadResult["lock"];
  /** A snapshot that contains only these prompts, but all names and pointers. */
  select(names: Iterable<string>): Snapshot;
  /** Keeps the reading for the next command, as a reading of everything is kept. */
  keep(): Pick<ReadResult, "kept" | "keepLocked">;
}

export function changedReading(
  { last, parts, common, lock }: ReadChanges,
  own: {
    readonly files: UnparsedFiles;
    readonly inputs: ReadingInputs;
    readonly remembered: RememberedReadings | undefined;
  },
): ChangedReading {
  const { files, inputs, remembered } = own;
  const prompts = last.parts.prompts.with(parts);
  return {
    since: { reading: last, names: new Set(parts.keys()) },
    ...{ common, prompts, lock },
    select: (names) => select({ common, prompts }, names, files),
    keep() {
      remembered?.used();
      return rememberOrPlan(remembered, inputs, lock, (made) => last.next(made, common, parts));
    },
  };
}

/** The last reading, if everything is as it was. */
export function unchangedReading(last: KeptReading, files: UnparsedFiles): ChangedReading {
  const { common, prompts } = last.parts;
  return {
    since: { reading: last, names: new Set() },
    ...{ common, prompts, lock: unchangedLock(files.lockText) },
    select: (names) => select(last.parts, names, files),
    keep: () => ({ kept: last }),
  };
}

function select(parts: ReadingParts, names: Iterable<string>, { working }: UnparsedFiles): Snapshot {
  return withTexts(selectPrompts(parts, [...names].sort(compareText)), working);
}

/** All of it, as a result. */
export function wholeOf({ select: take, common, prompts, since, lock }: ChangedReading): ReadResult {
  const { unlocked, diagnostics } = common;
  return { ...toResult({ snapshot: take(prompts.names), unlocked, diagnostics }, lock), since };
}
