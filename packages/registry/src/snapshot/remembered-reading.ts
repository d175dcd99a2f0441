// A reading that is kept for the next command: as long as nothing that was read has changed, it is not repeated. If some of it has
// changed, only that is read again (see reread-changes.ts).

import { hasErrors, type PromptContent, type Snapshot, type SourceFile } from "@cuecard/model";
import type { ProjectFile } from "../git/project-file.js";
import type { ReadResult } from "./assemble-snapshot.js";
import {
  areSameInputs,
  parseInputs,
  printInputs,
  type ReadingInputs,
  type UnparsedFiles,
  withLock,
} from "./reading-inputs.js";

/** Where the last reading is kept. */
export interface RememberedReadings {
  last(): KeptReading | undefined;
  set(reading: KeptReading): void;
  /** Called if a reading that was kept was of use: it found out nothing new about most prompts. */
  used(): void;
}

/** What a reading found. */
export interface Kept extends Pick<ReadResult, "unlocked" | "diagnostics"> {
  /** With the contents of no version. From disk, with no texts at all. */
  readonly snapshot: Snapshot;
}

export class KeptReading {
  readonly #state: () => string;
  readonly #result: () => Kept;
  readonly #inputs: () => ReadingInputs | undefined;
  /** Whether the snapshot has the texts of the working tree. */
  readonly hasTexts: boolean;
  #known: Kept | undefined;

  private constructor(own: {
    readonly state: () => string;
    readonly result: () => Kept;
    readonly inputs: () => ReadingInputs | undefined;
    readonly hasTexts: boolean;
  }) {
    this.#state = own.state;
    this.#result = own.result;
    this.#inputs = own.inputs;
    this.hasTexts = own.hasTexts;
  }

  static of(result: Kept, inputs: ReadingInputs): KeptReading {
    return new KeptReading({ state: inputs.state, result: () => result, inputs: () => inputs, hasTexts: true });
  }

  /**
   * A reading of an earlier process.
   *
   * @param text What {@link print} made.
   * @param readInputs Reads what {@link printInputs} made, if it is still there.
   */
  static parse(text: string, readInputs: () => string | undefined): KeptReading {
    const end = text.indexOf("\n");
    const state = text.slice(0, end);
    return new KeptReading({
      state: () => state,
      result: () => JSON.parse(text.slice(end + 1)) as Kept,
      inputs() {
        const inputs = readInputs();
        return inputs?.startsWith(`${state}\n`) === true
          ? parseInputs(inputs.slice(state.length + 1), state)
          : undefined;
      },
      hasTexts: false,
    });
  }

  /** A hash of everything that was read. */
  get state(): string {
    return this.#state();
  }

  get result(): Kept {
    this.#known ??= this.#result();
    return this.#known;
  }

  /** What it was made from; `undefined` if that was not kept. */
  get inputs(): ReadingInputs | undefined {
    return this.#inputs();
  }

  /** Whether it was made from these. */
  isOf(inputs: ReadingInputs): boolean {
    const own = this.hasTexts ? this.inputs : undefined;
    return own === undefined ? this.state === inputs.state() : areSameInputs(own, inputs);
  }

  /** In JSON, it is its state. */
  toJSON(): string {
    return this.state;
  }

  print(): string {
    const { snapshot, unlocked, diagnostics } = this.result;
    return `${this.state}\n${JSON.stringify({ snapshot: withoutTexts(snapshot), unlocked, diagnostics })}`;
  }

  printInputs(): string | undefined {
    const { inputs } = this;
    return inputs && `${this.state}\n${printInputs(inputs)}`;
  }
}

/** Keeps a reading without errors. One that would change prompts.lock, or found out less than there is, is not kept. */
function remember(
  readings: RememberedReadings | undefined,
  inputs: ReadingInputs | undefined,
  result: ReadResult,
  frozen: boolean,
): KeptReading | undefined {
  const { snapshot, brokenAliases, unlocked, unknownMerges, lock, diagnostics } = result;
  if (readings === undefined || inputs === undefined || snapshot === undefined) return undefined;
  if (hasErrors(diagnostics) || lock.changed || brokenAliases.length > 0 || unknownMerges.length > 0) return undefined;
  if (frozen && unlocked.length > 0) return undefined;
  const reading = KeptReading.of({ snapshot: withoutContents(snapshot), unlocked, diagnostics }, inputs);
  readings.set(reading);
  return reading;
}

/** What a reading returns about itself. A reading that would change prompts.lock is kept once it has. */
export function rememberOrPlan(
  readings: RememberedReadings | undefined,
  inputs: ReadingInputs | undefined,
  result: ReadResult,
  frozen: boolean,
): Pick<ReadResult, "kept" | "keepLocked"> {
  const { lock, diagnostics } = result;
  if (!lock.changed) return { kept: remember(readings, inputs, result, frozen) };
  // What is wrong may be about lines that are missing.
  if (inputs === undefined || diagnostics.length > 0) return {};
  const locked = { before: lock.text, text: lock.text, changed: false, added: [], resolved: false };
  return {
    keepLocked: () => remember(readings, withLock(inputs, lock.text), { ...result, lock: locked }, frozen),
  };
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
  const { snapshot, unlocked, diagnostics } = last.result;
  return toResult(
    { snapshot: last.hasTexts ? snapshot : withTexts(snapshot, working), unlocked, diagnostics },
    lockText,
  );
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

export function toResult(kept: Kept, lockText: ProjectFile | undefined): ReadResult {
  const before = lockText?.text ?? "";
  return {
    ...kept,
    brokenAliases: [],
    unknownMerges: [],
    merged: undefined,
    proposedFindings: [],
    replaced: [],
    lock: { before, text: before, changed: false, added: [], resolved: false },
  };
}

/** The texts are known by their fingerprints. */
function withoutTexts(snapshot: Snapshot): Snapshot {
  const withoutText = <F extends SourceFile>(file: F): F => ({ ...file, text: "" });
  return {
    ...snapshot,
    working: snapshot.working.map((prompt) => ({ ...prompt, content: mapFiles(prompt.content, withoutText) })),
    workingPartials: snapshot.workingPartials.map(withoutText),
  };
}

function withoutContents(snapshot: Snapshot): Snapshot {
  const versions = snapshot.versions.map((version) =>
    version.content === undefined ? version : { ...version, content: undefined },
  );
  return { ...snapshot, versions };
}

function mapFiles({ schemas, ...content }: PromptContent, map: <F extends SourceFile>(file: F) => F): PromptContent {
  return {
    ...content,
    prompt: map(content.prompt),
    partials: content.partials.map(map),
    ...(schemas === undefined ? {} : { schemas: schemas.map(map) }),
  };
}
