// What a reading found, kept for the next command: what is of one prompt apart from all others, so that a reading after a change needs
// only the prompts that have changed.

import {
  compareText,
  Entries,
  listRetired,
  type PromptContent,
  type Score,
  type Snapshot,
  type SourceFile,
  type VersionSnapshot,
  type WorkingPrompt,
} from "@cuecard/model";
import { SCORES_EXTENSION } from "../scores/scores-file.js";
import type { ReadResult } from "./assemble-snapshot.js";
import { areSameInputs, type ReadingInputs } from "./reading-inputs.js";

/** What a reading found. */
export interface Kept extends Pick<ReadResult, "unlocked" | "diagnostics"> {
  /** With the contents of no version, and with no texts of the working tree. */
  readonly snapshot: Snapshot;
}

/** What a snapshot has of one prompt: plain data, kept in caches as JSON. */
export interface PromptPart {
  readonly versions: readonly VersionSnapshot[];
  readonly working?: WorkingPrompt | undefined;
  readonly scores: readonly Score[];
}

type InParts = "versions" | "working" | "scores";

/** What a reading found about all prompts together: plain data, kept in caches as JSON. */
export interface CommonPart extends Omit<Snapshot, InParts>, Omit<Kept, "snapshot"> {
  /** The versions that should no longer be used, as prompts.lock writes them, with the reasons. */
  readonly retired: readonly (readonly [tag: string, reason: string])[];
  /** Whether there are versions that are in no history that counts as reviewed. */
  readonly hasUnmerged: boolean;
  readonly counts: Counts;
}

export interface Counts {
  /** That have a version or a working file. */
  readonly prompts: number;
  readonly versions: number;
}

export interface ReadingParts {
  readonly common: CommonPart;
  readonly prompts: Entries<PromptPart>;
}

/** An earlier reading, and the prompts that may have changed since. */
export interface EarlierReading {
  readonly state: string;
  readonly names: readonly string[];
}

/** What {@link KeptReading} is made from. */
export interface KeptOptions {
  /** See {@link KeptReading.state}. */
  readonly state: string | (() => string);
  readonly parts: () => ReadingParts;
  readonly inputs: () => ReadingInputs | undefined;
  /** The newest first. Default: none. */
  readonly history?: readonly EarlierReading[] | undefined;
}

/** Commands that record what they found out take turns; more than a few are not worth keeping. */
const HISTORY = 6;
/** Readings with more changes than this share of the prompts are as good as others. */
const MAX_SHARE = 1 / 4;

export class KeptReading {
  readonly #options: KeptOptions;
  #parts: ReadingParts | undefined;

  constructor(options: KeptOptions) {
    this.#options = options;
  }

  /** A reading of everything. */
  static of(kept: Kept, inputs: ReadingInputs): KeptReading {
    // Right away: contents of versions are not kept in memory.
    const parts = takeApart(kept);
    return new KeptReading({ state: inputs.state, parts: () => parts, inputs: () => inputs });
  }

  /** A hash of everything that was read. */
  get state(): string {
    const { state } = this.#options;
    return typeof state === "string" ? state : state();
  }

  get parts(): ReadingParts {
    this.#parts ??= this.#options.parts();
    return this.#parts;
  }

  /** All that was found. */
  get result(): Kept {
    return putTogether(this.parts);
  }

  /** What it was made from; `undefined` if that was not kept. */
  get inputs(): ReadingInputs | undefined {
    return this.#options.inputs();
  }

  get history(): readonly EarlierReading[] {
    return this.#options.history ?? [];
  }

  /** Whether it was made from these. */
  isOf(inputs: ReadingInputs): boolean {
    const own = this.#isFromDisk ? undefined : this.inputs;
    return own === undefined ? this.state === inputs.state() : areSameInputs(own, inputs);
  }

  /**
   * The prompts that may have changed since an earlier reading.
   *
   * @param earlier The reading or its state.
   * @returns `undefined` if it is not known which reading that was.
   */
  changedSince(earlier: KeptReading | string | undefined): readonly string[] | undefined {
    if (earlier === this) return [];
    if (typeof earlier !== "string") return undefined;
    return earlier === this.state ? [] : this.history.find(({ state }) => state === earlier)?.names;
  }

  /**
   * The next reading.
   *
   * @param changes What it found of prompts that may have changed; `undefined` for prompts that are gone.
   */
  next(inputs: ReadingInputs, common: CommonPart, changes: ReadonlyMap<string, PromptPart | undefined>): KeptReading {
    const kept = [...changes].map(([name, part]) => [name, part && withoutContents(part)] as const);
    const prompts = this.parts.prompts.with(new Map(kept));
    return new KeptReading({
      state: inputs.state,
      parts: () => ({ common, prompts }),
      inputs: () => inputs,
      history: this.#historyWith([...changes.keys()]),
    });
  }

  /** The same, made from other texts that mean the same. */
  withInputs(inputs: ReadingInputs): KeptReading {
    const { parts } = this;
    return new KeptReading({ state: inputs.state, parts: () => parts, inputs: () => inputs, history: this.history });
  }

  /** In JSON, it is its state. */
  toJSON(): string {
    return this.state;
  }

  get #isFromDisk(): boolean {
    return typeof this.#options.state === "string";
  }

  /** A process that watches compares with the reading itself, and need not find out its state. */
  #historyWith(names: readonly string[]): readonly EarlierReading[] {
    if (!this.#isFromDisk) return [];
    const most = this.parts.prompts.names.length * MAX_SHARE;
    const before = [{ state: this.state, names: [] as readonly string[] }, ...this.history];
    return before
      .map((earlier) => ({ ...earlier, names: [...new Set([...earlier.names, ...names])] }))
      .filter((earlier) => earlier.names.length <= most + 1)
      .slice(0, HISTORY);
  }
}

/** What a snapshot has of each prompt, by name, as it has it. */
export function partsOf({ versions, working, scores }: Pick<Snapshot, InParts>): Map<string, PromptPart> {
  const parts = new Map<string, { versions: VersionSnapshot[]; working?: WorkingPrompt; scores: Score[] }>();
  const partOf = (name: string) => {
    const part = parts.get(name) ?? { versions: [], scores: [] };
    parts.set(name, part);
    return part;
  };
  for (const version of versions) partOf(version.name).versions.push(version);
  for (const prompt of working) partOf(prompt.name).working = prompt;
  for (const score of scores) partOf(score.name).scores.push(score);
  return parts;
}

function takeApart({ snapshot, unlocked, diagnostics }: Kept): ReadingParts {
  const { versions, working, scores, ...common } = snapshot;
  const parts = partsOf(snapshot);
  return {
    common: {
      ...common,
      workingPartials: common.workingPartials.map(withoutText),
      ...{ unlocked, diagnostics },
      retired: listRetired(versions),
      hasUnmerged: versions.some(({ unmerged }) => unmerged),
      counts: countParts(parts),
    },
    prompts: Entries.of(new Map([...parts].map(([name, part]) => [name, withoutContents(part)]))),
  };
}

export function countParts(parts: Iterable<readonly [name: string, part: PromptPart | undefined]>): Counts {
  const counts = { prompts: 0, versions: 0 };
  for (const [, part] of parts) {
    if (part === undefined) continue;
    if (part.versions.length > 0 || part.working !== undefined) counts.prompts++;
    counts.versions += part.versions.length;
  }
  return counts;
}

function putTogether(parts: ReadingParts): Kept {
  const { unlocked, diagnostics } = parts.common;
  return { snapshot: selectPrompts(parts, parts.prompts.names), unlocked, diagnostics };
}

/** A snapshot that contains only some prompts, which are sorted by name, but all names and pointers. */
export function selectPrompts({ common, prompts }: ReadingParts, names: readonly string[]): Snapshot {
  const { promptsDir, workingNames, workingPartials, schemaNames, aliases } = common;
  return { promptsDir, workingNames, workingPartials, schemaNames, aliases, ...collectParts(prompts, names) };
}

/** What a snapshot contains of some prompts, which are sorted by name. */
function collectParts(prompts: Pick<Entries<PromptPart>, "get">, names: readonly string[]): Pick<Snapshot, InParts> {
  const versions: VersionSnapshot[] = [];
  const working: WorkingPrompt[] = [];
  const scores: Score[] = [];
  for (const name of names) {
    const part = prompts.get(name);
    if (part === undefined) continue;
    // Pushed one by one: a prompt may have more versions than a call can have arguments.
    for (const version of part.versions) versions.push(version);
    if (part.working !== undefined) working.push(part.working);
    for (const score of part.scores) scores.push(score);
  }
  // As the files are sorted that have them.
  scores.sort((a, b) => compareText(a.name + SCORES_EXTENSION, b.name + SCORES_EXTENSION));
  return { versions, working, scores };
}

function withoutContents({ versions, working, scores }: PromptPart): PromptPart {
  return {
    versions: versions.map((version) => (version.content === undefined ? version : { ...version, content: undefined })),
    working: working && { ...working, content: mapFiles(working.content, withoutText) },
    scores,
  };
}

const withoutText = <F extends SourceFile>(file: F): F => ({ ...file, text: "" });

export function mapFiles(
  { schemas, ...content }: PromptContent,
  map: <F extends SourceFile>(file: F) => F,
): PromptContent {
  return {
    ...content,
    prompt: map(content.prompt),
    partials: content.partials.map(map),
    ...(schemas === undefined ? {} : { schemas: schemas.map(map) }),
  };
}
