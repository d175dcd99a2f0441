// A reading that is kept for the next command: as long as nothing that was read has changed, it is not repeated. If some of it has
// changed, only that is read again (see reread-changes.ts).

import { hasErrors, type Snapshot, type SourceFile } from "@cuecard/model";
import type { ProjectFile } from "../git/project-file.js";
import type { ReadResult } from "./assemble-snapshot.js";
import { type Kept, KeptReading, mapFiles } from "./kept-reading.js";
import { type ReadingInputs, type UnparsedFiles, withLock } from "./reading-inputs.js";

/** Where the last reading is kept. */
export interface RememberedReadings {
  last(): KeptReading | undefined;
  set(reading: KeptReading): void;
  /** Called if a reading that was kept was of use: it found out nothing new about most prompts. */
  used(): void;
}

/** Keeps a reading of everything, if it is without errors and found out all that there is. */
export function rememberWhole(
  readings: RememberedReadings | undefined,
  inputs: ReadingInputs | undefined,
  result: ReadResult,
  frozen: boolean,
): Remembered {
  const { snapshot, brokenAliases, unlocked, unknownMerges, lock, diagnostics } = result;
  if (inputs === undefined || snapshot === undefined || hasErrors(diagnostics)) return {};
  if (brokenAliases.length > 0 || unknownMerges.length > 0 || (frozen && unlocked.length > 0)) return {};
  // What is wrong may be about lines that are missing.
  if (lock.changed && diagnostics.length > 0) return {};
  return rememberOrPlan(readings, inputs, lock, (own) => KeptReading.of({ snapshot, unlocked, diagnostics }, own));
}

type Remembered = Pick<ReadResult, "kept" | "keepLocked">;

/**
 * What a reading returns about itself. A reading that would change prompts.lock is kept once it has.
 *
 * @param make Makes the reading to keep, of the inputs that it then has.
 */
export function rememberOrPlan(
  readings: RememberedReadings | undefined,
  inputs: ReadingInputs,
  lock: ReadResult["lock"],
  make: (inputs: ReadingInputs) => KeptReading,
): Remembered {
  const keep = (own: ReadingInputs) => {
    const reading = make(own);
    readings?.set(reading);
    return reading;
  };
  return lock.changed ? { keepLocked: () => keep(withLock(inputs, lock.text)) } : { kept: keep(inputs) };
}

/** The reading with this state, with the texts of the working tree, and without those of versions. */
export function recall(
  readings: RememberedReadings | undefined,
  inputs: ReadingInputs | undefined,
  { lockText, working }: UnparsedFiles,
): ReadResult | undefined {
  const last = inputs === undefined ? undefined : readings?.last();
  if (last === undefined || inputs === undefined || !last.isOf(inputs)) return undefined;
  readings?.used();
  const { snapshot, ...found } = last.result;
  const result = toResult({ snapshot: withTexts(snapshot, working), ...found }, unchangedLock(lockText));
  return { ...result, since: { reading: last, names: new Set() } };
}

/** A snapshot with the texts that its files have now. */
export function withTexts(snapshot: Snapshot, working: UnparsedFiles["working"]): Snapshot {
  const start = snapshot.promptsDir.length + 1;
  const withText = <F extends SourceFile>(file: F): F => ({
    ...file,
    text: working.read(file.path.slice(start)).text ?? "",
  });
  return {
    ...snapshot,
    working: snapshot.working.map((prompt) => ({ ...prompt, content: mapFiles(prompt.content, withText) })),
    workingPartials: snapshot.workingPartials.map(withText),
  };
}

/** A reading without errors, as a result. */
export function toResult(kept: Kept, lock: ReadResult["lock"]): ReadResult {
  return {
    ...kept,
    brokenAliases: [],
    unknownMerges: [],
    merged: undefined,
    proposedFindings: [],
    replaced: [],
    lock,
  };
}

/** prompts.lock if it stays as it is. */
export function unchangedLock(lockText: ProjectFile | undefined): ReadResult["lock"] {
  const before = lockText?.text ?? "";
  return { before, text: before, changed: false, added: [], resolved: false };
}
