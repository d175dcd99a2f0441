// Adds up what a candidate does to calls, in memory that does not grow with their number.

import type { WordChange } from "@cuecard/build";
import { describeValue, type InputIssue, NO_PROPERTY } from "@cuecard/runtime";
import type { Refused } from "../test/render-examples.js";
import type { RecordedCall } from "./recorded-calls.js";
import type { CallPlace, Difference, Refusal, ReplayedVersion, SkippedCalls, SkipReason } from "./replay-report.js";

/** How many ways in which texts differ are kept for each version, and how many reasons of refusals. */
const MAX_GROUPS = 20;

interface Counted<T> {
  calls: number;
  readonly first: CallPlace;
  readonly value: T;
}

/** Groups by key, of which only the first are kept. */
class Groups<T> {
  readonly #groups = new Map<string, Counted<T>>();
  /** Calls of groups that are not kept. */
  others = 0;

  /** @param make Called for the first call of a group. */
  add(key: string, place: CallPlace, make: () => T): void {
    const known = this.#groups.get(key);
    if (known !== undefined) known.calls++;
    else if (this.#groups.size < MAX_GROUPS) this.#groups.set(key, { calls: 1, first: place, value: make() });
    else this.others++;
  }

  /** Most frequent first. */
  get sorted(): readonly Counted<T>[] {
    return [...this.#groups.values()].sort((a, b) => b.calls - a.calls || a.first.line - b.first.line);
  }
}

/** A text of both sides. */
export interface Sides {
  readonly before: string;
  readonly after: string;
}

interface VersionFacts {
  readonly name: string;
  readonly ran: string;
  readonly candidate: string;
  readonly renderedWithout: readonly string[];
  readonly estimated: boolean;
}

/** The calls of one version that ran, with one candidate. */
export class VersionTally {
  readonly #facts: VersionFacts;
  readonly #refusals = new Groups<string>();
  readonly #differences = new Groups<readonly WordChange[]>();
  readonly #tokens = { before: 0, after: 0 };
  #same = 0;
  #differing = 0;
  #refused = 0;

  constructor(facts: VersionFacts) {
    this.#facts = facts;
  }

  refuse(place: CallPlace, refused: Refused): void {
    this.#refused++;
    const shown = withoutValues(refused);
    this.#refusals.add(shown, place, () => shown);
  }

  compare(
    { place, variables }: RecordedCall,
    sides: Sides,
    compareWords: (before: string, after: string) => readonly WordChange[],
  ): void {
    const { before, after } = sides;
    if (before === after) this.#same++;
    else {
      this.#differing++;
      this.#differences.add(wayOf(sides, variables, compareWords), place, () => compareWords(before, after));
    }
  }

  countTokens(before: number, after: number): void {
    this.#tokens.before += before;
    this.#tokens.after += after;
  }

  get report(): ReplayedVersion {
    const { estimated, renderedWithout, ...facts } = this.#facts;
    return {
      ...facts,
      calls: this.#same + this.#differing + this.#refused,
      same: this.#same,
      differing: this.#differing,
      refused: this.#refused,
      tokens: { ...this.#tokens, estimated },
      refusals: this.#refusals.sorted.map(({ calls, first, value }): Refusal => ({ problem: value, calls, first })),
      differences: this.#differences.sorted.map(
        ({ calls, first, value }): Difference => ({ calls, first, words: value }),
      ),
      otherDifferences: this.#differences.others,
      renderedWithout,
    };
  }
}

/** What is wrong with an input, without its values and the version's URI: calls with the same mistake are one group. */
function withoutValues({ problem, issues }: Refused): string {
  return issues === undefined ? problem : issues.map(describeWithoutValue).join("; ");
}

/** Keys of an input may be texts of any length. */
const MAX_PATH = 60;
const NOTHING = describeValue(undefined);

function describeWithoutValue({ path, expected, actual }: InputIssue): string {
  const got = actual === NOTHING ? `, got ${NOTHING}` : "";
  const problem = expected === NO_PROPERTY ? "unexpected property" : `expected ${expected}${got}`;
  const place = path.length > MAX_PATH ? `${path.slice(0, MAX_PATH)}…` : path;
  return `${place || "the input"}: ${problem}`;
}

/** The shortest value that is looked for in a text. */
const SHORTEST = 3;
/** How long changed lines may be to be compared by words. */
const MAX_COMPARED = 20_000;

/**
 * What changes, by words within the lines that differ. Values of the call are replaced by their names, because the same change has other
 * values in each call.
 */
function wayOf(
  { before, after }: Sides,
  variables: ReadonlyMap<string, unknown>,
  compareWords: (before: string, after: string) => readonly WordChange[],
): string {
  const values = [...variables]
    .flatMap(([name, value]) => (typeof value === "string" && value.length >= SHORTEST ? [[name, value] as const] : []))
    .sort(([, a], [, b]) => b.length - a.length);
  const linesOf = (text: string) =>
    new Set(values.reduce((rest, [name, value]) => rest.replaceAll(value, () => `{{${name}}}`), text).split("\n"));
  const [was, is] = [linesOf(before), linesOf(after)];
  const gone = [...was].filter((line) => !is.has(line)).join("\n");
  const come = [...is].filter((line) => !was.has(line)).join("\n");
  if (gone.length + come.length > MAX_COMPARED) return JSON.stringify([gone, come]);
  return JSON.stringify(compareWords(gone, come).filter(({ kind }) => kind !== "same"));
}

/** How many groups of calls that were not compared are kept: names in a file of traces may be anything. */
const MAX_SKIPPED = 1_000;

/** Calls that were not compared. */
export class SkipTally {
  readonly #groups = new Map<string, Counted<Pick<SkippedCalls, "name" | "version" | "reason" | "detail">>>();

  add({ name, place }: RecordedCall, version: string, reason: SkipReason, detail: string): void {
    // Details are few for each reason, but for how many characters are left.
    const own = JSON.stringify([name, version, reason, reason === "changed" ? "" : detail]);
    const isKept = this.#groups.has(own) || this.#groups.size < MAX_SKIPPED;
    const key = isKept ? own : reason;
    const known = this.#groups.get(key);
    const value = isKept ? { name, version, reason, detail } : { name: "", version: "", reason, detail: "" };
    if (known !== undefined) known.calls++;
    else this.#groups.set(key, { calls: 1, first: place, value });
  }

  get report(): SkippedCalls[] {
    return [...this.#groups.values()].map(({ calls, first, value }) => ({ ...value, calls, first }));
  }
}
