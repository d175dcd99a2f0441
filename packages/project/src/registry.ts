// The programmatic API over one project: what the commands do, as functions. open-registry.ts makes one.

import type { CompileOptions, CompileResult } from "@cuecard/build";
import type { Diagnostic, Snapshot } from "@cuecard/model";
import type {
  AliasesApplied,
  AliasRequest,
  Applied,
  GitChoice,
  Planned,
  ReadResult,
  RegisterPlan,
  Registration,
  ReleasePlan,
  ReleaseResult,
  WrittenTarget,
} from "@cuecard/registry";
import type { ListedAlias } from "./aliases/list-aliases.js";
import type { AliasPlan } from "./aliases/plan-aliases.js";
import type { BuildOutcome } from "./build/build.js";
import type { CheckOptions, CheckOutcome } from "./build/check.js";
import type { LockOptions, LockOutcome } from "./build/lock.js";
import type { LoadedVersion } from "./compile/load-version.js";
import type { Blame } from "./inspect/blame.js";
import type { Compared, CompareOptions } from "./inspect/compare-versions.js";
import type { History } from "./inspect/history.js";
import type { Listing } from "./inspect/list.js";
import type { RenderOptions, RenderOutcome } from "./inspect/render.js";
import type { SearchOutcome } from "./inspect/search.js";
import type { SearchRequest } from "./inspect/search-request.js";
import type { Outcome } from "./read/outcome.js";
import type { SourceLookup } from "./read/sources.js";
import type { RegisterOptions } from "./release/register.js";
import type { ApplyReleaseOptions, ReleaseOptions } from "./release/release.js";
import type { RetireOptions, RetirePlan, RetireResult } from "./release/retire.js";
import type { ScoreOptions, ScorePlan, ScoreResult } from "./scores/record-scores.js";
import type { Scoreboard } from "./scores/scoreboard.js";
import type { Config } from "./settings/config.js";
import type { ResolvedUsage } from "./usages/usage.js";

export interface RegistryOptions {
  /** The project's folder: where prompts/ and aliases.json are. */
  readonly dir: string;
  /** Settings that go before the project's own. */
  readonly config?: Partial<Config> | undefined;
  /** Which adapter reads git: the git program, the embedded reader, or whichever fits. Default: the setting. */
  readonly git?: GitChoice | undefined;
  /** Whether prompts.lock is taken as it is, but by what is about to change it: releases, registrations, retirements. Default: no. */
  readonly frozen?: boolean | undefined;
  /** Called as versions are read; by releases and registrations, which read few, not. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** The result of compiling a project without writing anything. */
export interface Compilation {
  /** Text by path within the package's dist folder; empty when there are errors. */
  readonly files: ReadonlyMap<string, string>;
  readonly prompts: CompileResult["prompts"];
  readonly snapshot: Snapshot | undefined;
  /** Of settings, repository and prompts; sorted. */
  readonly diagnostics: readonly Diagnostic[];
}

/** One project's prompts. Users' mistakes are diagnostics in the results; only bugs and a failing disk throw. */
export interface Registry {
  /** Absolute. */
  readonly dir: string;
  readonly config: Config;
  /** What is wrong with the settings. */
  readonly diagnostics: readonly Diagnostic[];
  /** Reads the repository: prompts, versions with their texts, aliases, lock. */
  snapshot(): Promise<ReadResult>;
  /**
   * The same, without the texts of versions.
   *
   * @param options.resolvesConflicts Whether merge conflict markers in prompts.lock are resolved by the lines of both sides.
   */
  read(options?: { readonly resolvesConflicts?: boolean | undefined }): Promise<ReadResult>;
  /** Compiles the package in memory. */
  compile(options?: Partial<Pick<CompileOptions, "versions" | "working">>): Promise<Compilation>;
  /**
   * Finds what is wrong, and writes nothing but caches.
   *
   * @param options.requireSigned Whether every version's tag has to carry a good signature.
   * @param options.allowedSigners The file that says who may sign. Default: the setting, else git's own.
   */
  check(options?: CheckOptions): Promise<CheckOutcome>;
  /** Compiles, and writes the generated package and prompts.lock. */
  build(options?: { readonly keepsCache?: boolean | undefined }): Promise<BuildOutcome>;
  /**
   * Brings prompts.lock up to date with the tags, without building: the lines of new versions are added, and merge conflict
   * markers are resolved by the lines of both sides.
   *
   * @param options.checksOnly Whether to report that prompts.lock is out of date instead of writing it.
   */
  lock(options?: LockOptions): Promise<LockOutcome>;
  /** Every prompt with its latest version and aliases. */
  list(): Promise<Listing>;
  /**
   * One version, by `name`, `name@alias`, `name@v3` or `prompts:/` URI.
   *
   * @param options.key Whom a weighted alias is asked for.
   */
  load(reference: string, options?: { readonly key?: string | undefined }): Promise<Outcome<LoadedVersion>>;
  /**
   * Renders a version with values, by a reference as `load` takes it. This runs the project's helpers if the version calls
   * any. Values that do not fit the version, and helpers that fail, are a `refused` outcome.
   *
   * @param options.key The caller for whom a weighted alias chooses a version.
   * @example
   * const outcome = await registry.render("greet@production", { name: "Ada" });
   * if (outcome.kind === "found") console.log(outcome.value.formatted);
   */
  render(reference: string, input: Readonly<Record<string, unknown>>, options?: RenderOptions): Promise<RenderOutcome>;
  /** Aliases with who moved them last: one prompt's, or all. */
  aliases(name?: string): Promise<Outcome<readonly ListedAlias[]>>;
  /**
   * Plans edits of aliases.json; nothing is written.
   *
   * @param options.allowBreaking Whether what breaks today's callers is planned all the same. Default: it is an error.
   * @example
   * const { plan, diagnostics } = await registry.planAliases({ kind: "set", name: "greet", alias: "staging", to: "v2" });
   * if (plan !== undefined) await registry.applyAliases(plan);
   */
  planAliases(request: AliasRequest, options?: AllowBreaking): Promise<Planned<AliasPlan>>;
  /** Plans to point an alias where another one points, for many prompts in one edit. */
  planPromotion(promotion: Promotion, options?: AllowBreaking): Promise<Planned<AliasPlan>>;
  /** Plans to point an alias back at where it pointed before, or at a version that is named. */
  planRollback(rollback: Rollback, options?: AllowBreaking): Promise<Planned<AliasPlan>>;
  /** Writes what was planned, if aliases.json is still what the plan saw. */
  applyAliases(plan: AliasPlan): Promise<Applied<AliasesApplied>>;
  /**
   * Compares two versions, each by a reference as `load` takes it.
   *
   * @param options.rendered Whether the examples of either are rendered by both. This runs the project's helpers.
   */
  compare(before: string, after: string, options?: CompareOptions): Promise<Outcome<Compared>>;
  /**
   * Plans the next version of every prompt that differs from its latest version. The plan is plain data, which
   * `applyRelease` carries out.
   */
  planRelease(options?: ReleaseOptions): Promise<Planned<ReleasePlan>>;
  /**
   * Makes the tags of a plan, all or none, and brings prompts.lock up to date. Numbers that somebody else took since are not
   * taken again, and content that was released since is not released again: the result tells.
   */
  applyRelease(plan: ReleasePlan, options?: ApplyReleaseOptions): Promise<Applied<ReleaseResult>>;
  /** Plans to mark versions as retired, or no longer. Errors name the aliases and the code that still lead there. */
  planRetire(options: RetireOptions): Promise<Planned<RetirePlan>>;
  /** Marks the versions of a plan in prompts.lock. */
  applyRetire(plan: RetirePlan): Promise<Applied<RetireResult>>;
  /** Plans to record what a version scored, or the versions of a weighted alias. */
  planScore(options: ScoreOptions): Promise<Planned<ScorePlan>>;
  /** Adds the scores of a plan to the prompt's file. */
  applyScore(plan: ScorePlan): Promise<Applied<ScoreResult>>;
  /** What versions scored, side by side: of a prompt's name, all that have scores; of an alias, its arms. */
  scores(reference: string): Promise<Outcome<Scoreboard>>;
  /** Plans to register a prompt from data. */
  planRegister(prompt: RegisterOptions): Promise<Planned<RegisterPlan>>;
  /** Writes the file of a plan, commits it alone, tags the commit and brings prompts.lock up to date. */
  applyRegister(plan: RegisterPlan, options?: ApplyReleaseOptions): Promise<Applied<Registration>>;
  /**
   * Registers a prompt from data: what optimisers, importers and tests call. Content that has a version, also an older
   * one, gets no other; a retired version does not count.
   *
   * @example
   * const { result, diagnostics } = await registry.register({ name: "greet", template: "Hello {{name}}!" });
   * if (result === undefined) throw new Error(formatText(diagnostics));
   * console.log(`greet@v${result.version}`, result.created ? "is new" : "was there");
   */
  register(prompt: RegisterOptions, options?: ApplyReleaseOptions): Promise<Applied<Registration>>;
  /** A prompt's releases, and how its aliases moved; also of a prompt whose file is gone. */
  history(name: string): Promise<Outcome<History>>;
  /**
   * Finds versions.
   *
   * @param request A query in the filter language, or what has to fit.
   * @example
   * await registry.search("name LIKE 'finance/%' AND tags.team = 'finops'");
   */
  search(request: string | SearchRequest): Promise<SearchOutcome>;
  /**
   * Which version brought each line of a prompt's file.
   *
   * @param reference A name alone is its working file or, without one, its latest version.
   * @param options.partials Whether the partials that it reaches are looked at, too.
   */
  blame(reference: string, options?: { readonly partials?: boolean | undefined }): Promise<Outcome<Blame>>;
  /**
   * Where the code of the repository loads which prompt and version.
   *
   * @param reference A prompt or one of its versions. Default: all.
   */
  usages(reference?: string): Promise<Outcome<readonly ResolvedUsage[]>>;
  /** The texts that findings point into, read for their code frames. */
  sources(diagnostics: readonly Diagnostic[]): Promise<SourceLookup>;
  /** Puts what was learnt into the cache on disk; `build` and `check` do it themselves unless told not to. */
  save(): Promise<void>;
  /** Lets go of cache files. */
  close(): void;
}

export interface AllowBreaking {
  readonly allowBreaking?: boolean | undefined;
}

export interface Promotion {
  /** `"all"`: every prompt that has the alias `from`. */
  readonly names: readonly string[] | "all";
  readonly from: string;
  readonly to: string;
  /** How many in a hundred callers get the new version; the others stay where they are. Default: all. */
  readonly share?: number | undefined;
}

export interface Rollback {
  readonly name: string;
  readonly alias: string;
  /** Default: where the alias pointed before. */
  readonly to?: WrittenTarget | undefined;
}
