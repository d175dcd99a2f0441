// Renders the calls that traces recorded by the version that ran and by another one, and compares the two. No model is called.

import type { CompiledVersion } from "@cuecard/build";
import {
  compareText,
  type Diagnostic,
  diagnose,
  type Snapshot,
  sortDiagnostics,
  versionRef,
  versionTag,
} from "@cuecard/model";
import { findJsonEnd } from "@cuecard/runtime";
import { type LoadedVersion, loadVersion } from "../compile/load-version.js";
import type { RenderedMessage } from "../inspect/render.js";
import type { Outcome } from "../read/outcome.js";
import { NO_TEXTS, type Project } from "../read/project.js";
import { isEstimate, loadTokenCounter } from "../review/count-tokens.js";
import { createRenderer, type Render } from "../test/render-examples.js";
import { Candidates } from "./candidates.js";
import { decodeInput } from "./decode-input.js";
import { findUnknownCandidate } from "./find-unknown-candidate.js";
import { MAX_DEPTH, type RecordedCall, recordedCalls, TooDeep } from "./recorded-calls.js";
import type { ReplayReport } from "./replay-report.js";
import { SkipTally, VersionTally } from "./tally.js";
import { MAX_LINE, readLines, type TraceLine } from "./trace-lines.js";

export interface ReplayOptions {
  /** The bytes of a file of traces: one JSON document a line. */
  readonly traces: AsyncIterable<Uint8Array | string>;
  /** What diagnostics call the file. Default: `traces`. */
  readonly file?: string | undefined;
  /**
   * Which version takes the place of the one that ran: `production=v8` for the calls that loaded a prompt by the alias `production`,
   * `greet=v8` for those of a prompt, `greet@production=v8` for both, `v8` or `working` for all. Default: `working`.
   */
  readonly with?: readonly string[] | undefined;
}

/** How many lines that cannot be read are reported one by one. */
const MAX_REPORTED = 20;

export async function replay(project: Project, options: ReplayOptions): Promise<Outcome<ReplayReport>> {
  const { snapshot, diagnostics } = await project.snapshot({ texts: NO_TEXTS });
  if (snapshot === undefined) return { kind: "broken", diagnostics };
  const names = new Set([...snapshot.workingNames, ...snapshot.versions.map(({ name }) => name)]);
  const candidates = Candidates.read(options.with ?? [], (name) => names.has(name));
  if (typeof candidates === "string") return { kind: "unknown", problem: candidates, hint: undefined, diagnostics: [] };
  const unknown = await findUnknownCandidate(project, snapshot, candidates.rules);
  if (unknown !== undefined) return unknown;
  const run = new Replay(project, { snapshot, candidates, file: options.file ?? "traces" });
  for await (const line of readLines(options.traces)) await run.read(line);
  return { kind: "found", value: run.report, diagnostics: sortDiagnostics(run.diagnostics) };
}

/** A version that can render. */
interface Loaded {
  readonly loaded: LoadedVersion;
  readonly render: Render;
}

type LoadResult = Loaded | { readonly problem: string };

interface ReplayContext {
  readonly snapshot: Snapshot;
  readonly candidates: Candidates;
  /** What diagnostics call the file of traces. */
  readonly file: string;
}

class Replay {
  readonly #project: Project;
  readonly #snapshot: Snapshot;
  /** What can be loaded, such as `greet@v7`: names in a trace may be anything. */
  readonly #known: ReadonlySet<string>;
  readonly #candidates: Candidates;
  readonly #file: string;
  readonly #found: Diagnostic[] = [];
  readonly #loads = new Map<string, Promise<LoadResult>>();
  readonly #tallies = new Map<string, VersionTally>();
  readonly #skipped = new SkipTally();
  #calls = 0;
  #replayed = 0;
  #unreadable = 0;

  constructor(project: Project, { snapshot, candidates, file }: ReplayContext) {
    this.#project = project;
    this.#snapshot = snapshot;
    this.#known = new Set([
      ...snapshot.versions.map(versionTag),
      ...snapshot.workingNames.map((name) => `${name}@${versionRef("working")}`),
    ]);
    this.#candidates = candidates;
    this.#file = file;
  }

  get diagnostics(): readonly Diagnostic[] {
    const place = { file: this.#file };
    const { workingNames, versions, aliases } = this.#snapshot;
    const known = [...workingNames, ...versions.map(({ name }) => name), ...aliases.map(({ alias }) => alias)];
    const unused = this.#candidates.unused(new Set(known));
    return [
      ...this.#found,
      ...(this.#calls === 0 ? [diagnose("trace/no-calls", {}, place)] : []),
      ...unused.flatMap(({ written, unknown, nearest }) => {
        if (unknown !== undefined) return [diagnose("trace/unknown-candidate", { written, unknown, nearest }, place)];
        return this.#calls === 0 ? [] : [diagnose("trace/unused-candidate", { written, nearest }, place)];
      }),
    ];
  }

  get report(): ReplayReport {
    return {
      calls: this.#calls,
      replayed: this.#replayed,
      unreadableLines: this.#unreadable,
      versions: [...this.#tallies.values()]
        .map(({ report }) => report)
        .sort((a, b) => compareText(a.name, b.name) || b.calls - a.calls),
      skipped: this.#skipped.report,
    };
  }

  async read({ number, text }: TraceLine): Promise<void> {
    if (text === undefined) {
      this.#refuse(number, 1, (place) => diagnose("trace/long-line", { limit: MAX_LINE }, place));
      return;
    }
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      const end = findJsonEnd(text);
      const problem = end >= text.trimEnd().length ? "it ends too early" : `${text.slice(end, end + 20)}`;
      this.#refuse(number, end + 1, (place) => diagnose("trace/not-json", { problem }, place));
      return;
    }
    for (const call of this.#callsOf(value, number)) {
      this.#calls++;
      await this.#replay(call);
    }
  }

  #callsOf(value: unknown, line: number): RecordedCall[] {
    try {
      return recordedCalls(value, line);
    } catch (error) {
      if (!(error instanceof TooDeep)) throw error;
      this.#refuse(line, 1, (place) => diagnose("trace/deep-line", { limit: MAX_DEPTH }, place));
      return [];
    }
  }

  #refuse(line: number, column: number, report: (place: Parameters<typeof diagnose>[2]) => Diagnostic): void {
    if (++this.#unreadable > MAX_REPORTED) return;
    const range = { start: { line, column }, end: { line, column } };
    this.#found.push(report({ file: this.#file, range }));
  }

  async #replay(call: RecordedCall): Promise<void> {
    const ref = call.version === "working" ? "working" : `v${call.version.replace(/^v/, "")}`;
    const skip = (reason: Parameters<SkipTally["add"]>[2], detail = "") => this.#skipped.add(call, ref, reason, detail);
    const wanted = this.#candidates.of(call);
    if (wanted === undefined) return skip("not-selected");
    const ran = await this.#ranBy(call, `${call.name}@${ref}`);
    if ("problem" in ran) return skip("unknown-version", ran.problem);
    const { compiled } = ran.loaded;
    if (call.digest !== undefined && call.digest !== compiled.digest)
      return skip("other-digest", `the trace has ${call.digest}, this repository ${compiled.digest}`);
    const candidate = await this.#load(wanted);
    if ("problem" in candidate) return skip("no-candidate", candidate.problem);
    const next = candidate.loaded.compiled;
    if (next.digest === compiled.digest) return skip("same-version", labelOf(next));
    const decoded = decodeInput(call, compiled.content, next.content);
    if ("reason" in decoded) return skip(decoded.reason, decoded.detail);
    const was = ran.render(decoded.input);
    if ("problem" in was) return skip("refused-then");
    this.#replayed++;
    const tally = this.#tallyOf(call.name, compiled, next);
    const is = candidate.render(decoded.input);
    if ("problem" in is) tally.refuse(call.place, is);
    else await this.#compare(call, tally, was.messages, is.messages);
  }

  async #compare(
    call: RecordedCall,
    tally: VersionTally,
    was: readonly RenderedMessage[],
    is: readonly RenderedMessage[],
  ): Promise<void> {
    const { compareWords, countTokensOf } = await this.#project.compiler();
    const count = await loadTokenCounter();
    const [before, after] = [textOf(was), textOf(is)];
    tally.compare(call, { before, after }, compareWords);
    const tokens = countTokensOf(was, count);
    tally.countTokens(tokens, before === after ? tokens : countTokensOf(is, count));
  }

  #tallyOf(name: string, ran: CompiledVersion, candidate: CompiledVersion): VersionTally {
    const key = JSON.stringify([name, ran.version, candidate.version]);
    let tally = this.#tallies.get(key);
    if (tally === undefined) {
      tally = new VersionTally({
        ...{ name, ran: labelOf(ran), candidate: labelOf(candidate) },
        renderedWithout: [...new Set([ran, candidate].flatMap(optionsOf))].sort(),
        estimated: isEstimate(candidate.content.model ?? ran.content.model),
      });
      this.#tallies.set(key, tally);
    }
    return tally;
  }

  /** The version that ran. A working file has changed since, but may have been released as it was. */
  async #ranBy({ name, digest }: RecordedCall, reference: string): Promise<LoadResult> {
    if (!this.#known.has(reference)) return { problem: "it does not exist" };
    const found = await this.#load(reference);
    const isOther = "loaded" in found && digest !== undefined && found.loaded.compiled.digest !== digest;
    if (!isOther || !reference.endsWith("@working")) return found;
    const released = this.#snapshot.versions.find((version) => version.name === name && version.digest === digest);
    return released === undefined ? found : this.#load(`${name}@${versionRef(released.version)}`);
  }

  #load(reference: string): Promise<LoadResult> {
    let load = this.#loads.get(reference);
    if (load === undefined) {
      load = this.#loadAnew(reference);
      this.#loads.set(reference, load);
    }
    return load;
  }

  async #loadAnew(reference: string): Promise<LoadResult> {
    const outcome = await loadVersion(this.#project, reference, undefined);
    if (outcome.kind === "unknown") return { problem: outcome.problem };
    if (outcome.kind === "broken")
      return { problem: outcome.diagnostics.find(({ severity }) => severity === "error")?.message ?? reference };
    const { compiled, helpers } = outcome.value;
    return { loaded: outcome.value, render: await createRenderer(this.#project, { compiled, helpers }) };
  }
}

function labelOf({ version }: CompiledVersion): string {
  return versionRef(version);
}

function textOf(messages: readonly RenderedMessage[]): string {
  const [only] = messages;
  if (messages.length === 1 && only?.role === "user" && typeof only.content === "string") return only.content;
  const show = (content: unknown) => (typeof content === "string" ? content : JSON.stringify(content, null, 2));
  return messages.map(({ role, content }) => `[${role}]\n${show(content)}`).join("\n\n");
}

/** What a call takes beside the input, if the template uses it. */
function optionsOf({ content }: CompiledVersion): string[] {
  return [
    ...(content.sections.length > 0 ? ["sections"] : []),
    ...(content.placesHistory ? ["history"] : []),
    ...(content.usesContext ? ["context"] : []),
  ];
}
