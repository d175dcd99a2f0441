// The programmatic API of one project: what the commands do, as functions. open-registry.ts creates it.

import type { CompileOptions, CompileResult } from "@cuecard/build";
import type {
  Checked,
  EditableFiles,
  Fields,
  FieldsRequest,
  Saved,
  SaveRequest,
  SetRequest,
  Source,
  TextAnswer,
} from "@cuecard/catalog";
import type { Diagnostic, Snapshot } from "@cuecard/model";
import type {
  AliasesApplied,
  AliasRequest,
  Applied,
  ApplyProposalOptions,
  ChangedFile,
  FetchedVersions,
  GitChoice,
  Planned,
  Proposal,
  ProposalPlan,
  ReadResult,
  RegisterPlan,
  Registration,
  ReleasePlan,
  ReleaseResult,
  WrittenTarget,
} from "@cuecard/registry";
import type { ListedAlias } from "./aliases/list-aliases.js";
import type { AliasPlan } from "./aliases/plan-aliases.js";
import type { PointersOptions, PointersOutcome } from "./aliases/write-pointers.js";
import type { BuildOptions, BuildOutcome } from "./build/build.js";
import type { CheckOptions, CheckOutcome } from "./build/check.js";
import type { LockOptions, LockOutcome } from "./build/lock.js";
import type { CatalogOptions, CatalogOutcome } from "./catalog/catalog.js";
import type { LiveCatalog, LiveCatalogOptions } from "./catalog/live-catalog.js";
import type { LoadedVersion } from "./compile/load-version.js";
import type { CheckEditOptions } from "./edit/check-edit.js";
import type { FixResult } from "./fix/apply-fixes.js";
import type { FixOptions, FixPlan } from "./fix/plan-fixes.js";
import type { Blame } from "./inspect/blame.js";
import type { Compared, CompareOptions } from "./inspect/compare-references.js";
import type { History } from "./inspect/history.js";
import type { Listing } from "./inspect/list.js";
import type { ModelRequestOptions, ModelRequestOutcome } from "./inspect/model-request.js";
import type { PromptsAt, PromptsAtOptions } from "./inspect/prompts-at.js";
import type { RenderOptions, RenderOutcome } from "./inspect/render.js";
import type { SearchOutcome } from "./inspect/search.js";
import type { SearchRequest } from "./inspect/search-request.js";
import type { ChangesPlan, ChangesRequest } from "./propose/plan-changes.js";
import type { PromptProposalPlan, ProposalOptions } from "./propose/propose-prompt.js";
import type { Changes, Proposals } from "./propose/read-changes.js";
import type { Outcome } from "./read/outcome.js";
import type { SourceLookup } from "./read/sources.js";
import type { RegisterOnceOptions, RegisterOptions } from "./release/register.js";
import type { ApplyReleaseOptions, ReleaseOptions } from "./release/release.js";
import type { RetireOptions, RetirePlan, RetireResult } from "./release/retire.js";
import type { ReplayOptions } from "./replay/replay.js";
import type { ReplayReport } from "./replay/replay-report.js";
import type { Review } from "./review/report.js";
import type { ReviewOptions } from "./review/review.js";
import type { ScoreOptions, ScorePlan, ScoreResult } from "./scores/record-scores.js";
import type { Scoreboard } from "./scores/scoreboard.js";
import type { Config } from "./settings/config.js";
import type { ExportOptions, PromptfooExport } from "./test/export-promptfoo.js";
import type { FillOptions, FillPlan } from "./test/plan-fill.js";
import type { TestOptions } from "./test/test.js";
import type { SnapshotPlan, SnapshotResult, TestReport } from "./test/test-report.js";
import type { ResolvedUsage } from "./usages/usage.js";

export interface RegistryOptions {
  /** The project's folder: where prompts/ and aliases.json are. */
  readonly dir: string;
  /** Settings that override the project's own. */
  readonly config?: Partial<Config> | undefined;
  /** What reads git: the git program, the embedded reader, or the one that suits the repository. Default: the setting. */
  readonly git?: GitChoice | undefined;
  /**
   * Whether prompts.lock is used without adding missing versions. Releases, registrations and retirements ignore this.
   * Default: no.
   */
  readonly frozen?: boolean | undefined;
  /** Whether to fetch nothing, also not the objects that a partial clone left out. Default: no. */
  readonly offline?: boolean | undefined;
  /** Called before objects that a partial clone left out are fetched, with their number. */
  readonly onFetch?: ((objects: number) => void) | undefined;
  /** Called while versions are read. Releases and registrations read few versions and do not call it. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** The result of compiling a project without writing anything. */
export interface Compilation {
  /** Text by path within the package's dist folder; empty when there are errors. */
  readonly files: ReadonlyMap<string, string>;
  readonly prompts: CompileResult["prompts"];
  readonly snapshot: Snapshot | undefined;
  /** Findings about settings, repository and prompts; sorted. */
  readonly diagnostics: readonly Diagnostic[];
}

/** One project's prompts. Users' mistakes are returned as diagnostics; only bugs and disk failures throw. */
export interface Registry {
  /** Absolute. */
  readonly dir: string;
  readonly config: Config;
  /** Findings about the settings. */
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
   * Reports everything that is wrong, and writes only caches.
   *
   * @param options.requireSigned Whether every version's tag must have a valid signature, and aliases must not point at working
   * files (but for those in the setting `workingAliases`).
   * @param options.allowedSigners The file that lists who may sign. Default: the setting, otherwise git's own.
   * @param options.witness Where versions were recorded outside of the repository: a file or a URL.
   * @param options.base What prompts.lock and aliases.json are compared with: a branch, tag or commit.
   */
  check(options?: CheckOptions): Promise<CheckOutcome>;
  /**
   * Plans the edits that `check` is certain about: the `fix` of its findings, and of findings that these edits uncover.
   * Released versions are never edited.
   *
   * @example
   * const { plan } = await registry.planFixes();
   * if (plan !== undefined) await registry.applyFixes(plan);
   */
  planFixes(options?: FixOptions): Promise<Planned<FixPlan>>;
  /** Writes the files of a plan; a file that changed after the plan was made stays as it is, and is reported. */
  applyFixes(plan: FixPlan): Promise<Applied<FixResult>>;
  /**
   * Fetches the commits that prompts.lock names and this clone lacks, from the remote `origin`. In a shallow clone, they are
   * fetched without their history.
   */
  fetchVersions(): Promise<FetchedVersions>;
  /** Compiles the prompts and writes the generated package and prompts.lock. */
  build(options?: BuildOptions): Promise<BuildOutcome>;
  /**
   * Brings prompts.lock up to date with the tags, without building: the lines of new versions are added, and merge conflict
   * markers are resolved by the lines of both sides.
   *
   * @param options.checksOnly Whether to report that prompts.lock is out of date instead of writing it.
   * @param options.witness A file outside of the repository in which new versions are recorded.
   */
  lock(options?: LockOptions): Promise<LockOutcome>;
  /** Every prompt with its latest version and aliases. */
  list(): Promise<Listing>;
  /**
   * One version of every prompt, compiled.
   *
   * @param options.ref `working`, `latest` or an alias. Default: the latest version, or the working file before the first release.
   * @param options.key Identifies the caller, and selects the version of weighted aliases. Default: the one with the largest weight.
   * @example
   * const { prompts } = await registry.promptsAt({ ref: "production" });
   * for (const { name, compiled } of prompts) console.log(name, compiled.version, compiled.content.inputSchema);
   */
  promptsAt(options?: PromptsAtOptions): Promise<PromptsAt>;
  /**
   * One version, by `name`, `name@alias`, `name@v3` or `prompts:/` URI.
   *
   * @param options.key Identifies the caller, and selects the version of a weighted alias.
   */
  load(reference: string, options?: { readonly key?: string | undefined }): Promise<Outcome<LoadedVersion>>;
  /**
   * Renders a version with values, by a reference as `load` takes it. This runs the project's helpers if the version calls
   * any. Values that do not fit the version, and helpers that fail, are a `refused` outcome.
   *
   * @param options.key Identifies the caller, and selects the version of a weighted alias.
   * @example
   * const outcome = await registry.render("greet@production", { name: "Ada" });
   * if (outcome.kind === "found") console.log(outcome.value.formatted);
   */
  render(reference: string, input: Readonly<Record<string, unknown>>, options?: RenderOptions): Promise<RenderOutcome>;
  /**
   * What a model is sent for a version and an input, as the AI SDK (`ai`) takes it. No model is called.
   *
   * @param options.key Identifies the caller, and selects the version of a weighted alias.
   * @param options.runsHelpers Whether a version that calls the project's helpers is rendered, which runs them. Default: no.
   * @param options.source The whole text of an edited prompt, in place of its file. Default: none.
   * @example
   * const outcome = await registry.modelRequest("greet@production", { name: "Ada" });
   * if (outcome.kind === "found") streamText({ ...outcome.value.call, model });
   */
  modelRequest(
    reference: string,
    input: Readonly<Record<string, unknown>>,
    options?: ModelRequestOptions,
  ): Promise<ModelRequestOutcome>;
  /** The aliases of one prompt, or of all, with who moved each last. */
  aliases(name?: string): Promise<Outcome<readonly ListedAlias[]>>;
  /**
   * Plans edits of aliases.json; nothing is written.
   *
   * @param options.allowBreaking Whether to plan changes that break today's callers anyway. Default: they are errors.
   * @example
   * const { plan, diagnostics } = await registry.planAliases({ kind: "set", name: "greet", alias: "staging", to: "v2" });
   * if (plan !== undefined) await registry.applyAliases(plan);
   */
  planAliases(request: AliasRequest, options?: AllowBreaking): Promise<Planned<AliasPlan>>;
  /** Plans to point an alias where another one points, for many prompts in one edit. */
  planPromotion(promotion: Promotion, options?: AllowBreaking): Promise<Planned<AliasPlan>>;
  /** Plans to point an alias back at its previous target, or at a given version. */
  planRollback(rollback: Rollback, options?: AllowBreaking): Promise<Planned<AliasPlan>>;
  /** Writes what was planned, if aliases.json is still what the plan saw. */
  applyAliases(plan: AliasPlan): Promise<Applied<AliasesApplied>>;
  /**
   * The document that running services follow: where every alias leads.
   *
   * @param options.out The file to write, relative to the project's folder. Default: none.
   * @param options.sign The file with the Ed25519 private key that signs the document.
   * @param options.sequence The document's number, which must grow with each one.
   * @example
   * const { document } = await registry.pointers({ sequence: 42 });
   * if (document !== undefined) await upload(document.text);
   */
  pointers(options?: PointersOptions): Promise<PointersOutcome>;
  /**
   * Compares two versions, each by a reference as `load` takes it.
   *
   * @param options.rendered Whether to render the examples of each version with both. This runs the project's helpers.
   */
  compare(before: string, after: string, options?: CompareOptions): Promise<Outcome<Compared>>;
  /**
   * Reviews a branch: what it changes in the text that the model gets, for callers, in cost, and in what environments point at. No
   * model is called.
   *
   * @param options.base A branch, tag or commit, or several, of which the first that exists counts. Default: the remote's
   * default branch.
   * @param options.head A branch, tag or commit. Default: the working tree.
   * @param options.runsHelpers Whether examples that call the project's helpers are rendered, which runs them. Default: no.
   * @example
   * const outcome = await registry.review({ base: "origin/main" });
   * if (outcome.kind === "found") console.log(outcome.value.prompts.map(({ name, breaking }) => ({ name, breaking })));
   */
  review(options?: ReviewOptions): Promise<Outcome<Review>>;
  /**
   * Renders the calls that traces recorded by the version that ran and by another one, and compares the two. No model is called. This
   * runs the project's helpers if a version calls any.
   *
   * @param options.traces The bytes of a file of traces: one JSON document a line.
   * @param options.with Which version takes the place of the one that ran, such as `production=v8`. Default: `working`.
   * @example
   * const outcome = await registry.replay({ traces: createReadStream("traces.jsonl"), with: ["production=v8"] });
   * if (outcome.kind === "found") console.log(outcome.value.versions.map(({ name, refused }) => ({ name, refused })));
   */
  replay(options: ReplayOptions): Promise<Outcome<ReplayReport>>;
  /**
   * Tests the working files: renders each example, and compares the text with what the example expects and with its snapshot. This
   * runs the project's helpers if a prompt calls any.
   *
   * @param options.coverage Whether to count which branches of the templates the examples render.
   * @param options.coverageMin Of a hundred branches, how many examples must render at least.
   * @param options.update Whether to plan new snapshots instead of comparing with those that are there.
   * @example
   * const outcome = await registry.test({ names: ["greet"] });
   * if (outcome.kind === "found" && !outcome.value.passed) process.exitCode = 1;
   */
  test(options?: TestOptions): Promise<Outcome<TestReport>>;
  /**
   * Plans examples for the branches that no example renders, and for prompts without examples. `applyFixes` writes them. This runs
   * the project's helpers if a prompt calls any.
   *
   * @example
   * const { plan } = await registry.planFill({ names: ["greet"] });
   * if (plan !== undefined) await registry.applyFixes(plan);
   */
  planFill(options?: FillOptions): Promise<Planned<FillPlan>>;
  /**
   * A configuration of promptfoo that renders each example with several versions: those before and after a branch, or those that are
   * named.
   *
   * @param options.references Prompts, or versions such as `greet@v3`. Default: the prompts that the branch changes.
   * @example
   * const outcome = await registry.exportPromptfoo({ references: ["greet@v3", "greet@working"] });
   * if (outcome.kind === "found") await writeFile("promptfooconfig.json", JSON.stringify(outcome.value.config));
   */
  exportPromptfoo(options?: ExportOptions): Promise<Outcome<PromptfooExport>>;
  /** Writes the snapshots that `test` planned; a file that changed after the plan was made stays as it is, and is reported. */
  applySnapshots(plan: SnapshotPlan): Promise<Applied<SnapshotResult>>;
  /**
   * Plans the next version of every prompt that differs from its latest version. The plan is plain data, which
   * `applyRelease` carries out.
   */
  planRelease(options?: ReleaseOptions): Promise<Planned<ReleasePlan>>;
  /**
   * Creates the tags of a plan, all or none, and brings prompts.lock up to date. If a version number was taken after the
   * plan was made, the next free one is used. If the content was released after that, it is not released again. The result
   * reports both.
   */
  applyRelease(plan: ReleasePlan, options?: ApplyReleaseOptions): Promise<Applied<ReleaseResult>>;
  /** Plans to retire versions, or to undo that. Errors name the aliases and the code that still use them. */
  planRetire(options: RetireOptions): Promise<Planned<RetirePlan>>;
  /** Marks the versions of a plan in prompts.lock. */
  applyRetire(plan: RetirePlan): Promise<Applied<RetireResult>>;
  /** Plans to record scores of a version, or of the versions of a weighted alias. */
  planScore(options: ScoreOptions): Promise<Planned<ScorePlan>>;
  /** Adds the scores of a plan to the prompt's file. */
  applyScore(plan: ScorePlan): Promise<Applied<ScoreResult>>;
  /** Scores side by side: for a prompt's name, all versions with scores; for an alias, the versions it points at. */
  scores(reference: string): Promise<Outcome<Scoreboard>>;
  /**
   * Plans to write a prompt's file to a branch as a commit, for programs that must not change what is checked out.
   *
   * @param options.branch Begins with `cuecard/`. A new branch begins at the commit that is checked out.
   * @example
   * const { plan } = await registry.planProposal({ name: "greet", source: "Good day {{name}}!" });
   * if (plan !== undefined) await registry.applyProposal(plan);
   */
  planProposal(options: ProposalOptions): Promise<Planned<PromptProposalPlan>>;
  /**
   * The files about prompts that differ from the commit that is checked out, and where and with which identity they would
   * be proposed.
   */
  changes(): Promise<Outcome<Changes>>;
  /** The files that `changes` lists, without where they would be proposed: that takes less time. */
  changedFiles(): Promise<Outcome<readonly ChangedFile[]>>;
  /** The branches for proposals in this clone, and the remote that they are pushed to. */
  proposals(): Promise<Outcome<Proposals>>;
  /**
   * Plans to write edited files, or a move of aliases, to a branch as a commit. The plan has the review of the branch. A plan that comes
   * with errors shows what is wrong and cannot be applied.
   *
   * @param options.files Files and their digests, as `changes` returns them.
   * @param options.aliases A move of aliases, which is made on what the branch has in aliases.json.
   * @param options.branch Begins with `cuecard/`. A new branch begins at the commit that is checked out.
   * @example
   * const changes = await registry.changes();
   * if (changes.kind === "found") {
   *   const files = changes.value.files.map(({ file, digest }) => ({ file, digest }));
   *   const { plan } = await registry.planChanges({ files, message: "Say hello" });
   *   if (plan !== undefined) await registry.applyProposal(plan, { push: changes.value.target?.remote });
   * }
   */
  planChanges(options: ChangesRequest): Promise<Planned<ChangesPlan>>;
  /**
   * Writes the commit of a plan, moves the branch to it, if the branch is still where the plan saw it, and pushes the branch. Files,
   * index and HEAD stay as they are. A branch that is written but cannot be pushed is a result with an error.
   *
   * @param options.push The remote. Default: the branch stays in this clone.
   * @param options.identity Author and committer. Default: the user in git's settings.
   */
  applyProposal(
    plan: ProposalPlan | PromptProposalPlan | ChangesPlan,
    options?: ApplyProposalOptions,
  ): Promise<Applied<Proposal>>;
  /**
   * Pushes what `applyProposal` wrote without pushing it.
   *
   * @param remote The remote's name.
   */
  pushProposal(proposal: Proposal, remote: string): Promise<Applied<Proposal>>;
  /** Plans to register a prompt from data. */
  planRegister(prompt: RegisterOptions): Promise<Planned<RegisterPlan>>;
  /** Writes the file of a plan, commits only that file, tags the commit and brings prompts.lock up to date. */
  applyRegister(plan: RegisterPlan, options?: ApplyReleaseOptions): Promise<Applied<Registration>>;
  /**
   * Registers a prompt from data, for optimizers, importers and tests. Content that already is a version, even an older
   * one, gets no new version, unless that version is retired.
   *
   * @example
   * const { result, diagnostics } = await registry.register({ name: "greet", template: "Hello {{name}}!" });
   * if (result === undefined) throw new Error(formatText(diagnostics));
   * console.log(`greet@v${result.version}`, result.created ? "is new" : "was there");
   */
  register(prompt: RegisterOptions, options?: RegisterOnceOptions): Promise<Applied<Registration>>;
  /** A prompt's releases and alias moves, even if its file was deleted. */
  history(name: string): Promise<Outcome<History>>;
  /**
   * Finds versions.
   *
   * @param request A query in the filter language, or the conditions as an object.
   * @example
   * await registry.search("name LIKE 'finance/%' AND tags.team = 'finops'");
   */
  search(request: string | SearchRequest): Promise<SearchOutcome>;
  /**
   * Builds the catalog: a static site of all prompts, their versions and environments. What does not compile is listed on a page of
   * its own.
   *
   * @param options.out The folder to write, relative to the project's folder.
   * @param options.title The project's name, as the pages show it. Default: the name of its folder.
   * @param options.runsHelpers Whether examples that call the project's helpers are rendered, which runs them. Default: no.
   * @example
   * await registry.catalog({ out: "site" });
   */
  catalog(options: CatalogOptions): Promise<CatalogOutcome>;
  /**
   * Opens the catalog for a process that shows it while the project changes: each page is made when it is asked for.
   *
   * @param options As {@link catalog} takes them.
   * @example
   * const catalog = await registry.openCatalog();
   * await catalog.update();
   * const html = await catalog.file("index.html");
   */
  openCatalog(options?: LiveCatalogOptions): Promise<LiveCatalog>;
  /** The files that can be edited: prompts, partials and named schemas. */
  editableFiles(): Promise<Applied<EditableFiles>>;
  /**
   * The text of a prompt, a partial or a named schema, and the digest by which `saveEdit` recognizes it. A file that does not exist yet
   * has an empty text and an empty digest.
   *
   * @param file Relative to the project's folder, with `/`.
   */
  editSource(file: string): Promise<Applied<Source>>;
  /**
   * What the compiler finds with a text in place of a file's, for editors: findings with offsets into that text, names for completion, and
   * the rendered examples. Nothing is written.
   *
   * @param edit.runsHelpers Whether examples that call the project's helpers are rendered, which runs them. Default: no.
   * @example
   * const { result } = await registry.checkEdit({ file: "prompts/greet.md", text: "Hello {{nme}}!" });
   * console.log(result?.findings);
   */
  checkEdit(edit: CheckEditOptions): Promise<Applied<Checked>>;
  /** The front matter of a prompt's text, as a form needs it. */
  editFields(request: FieldsRequest): Promise<Applied<Fields>>;
  /**
   * Changes the front matter of a prompt's text, and nothing else of it: comments, order, quotes, indentation and line ends stay.
   *
   * @example
   * await registry.setFields({ text, changes: [{ path: ["tags", "team"], value: "finops" }] });
   */
  setFields(request: SetRequest): Promise<Applied<TextAnswer>>;
  /**
   * Writes an edited text to its file, with the byte-order mark, line ends and permissions that the file has. If the file is no longer
   * what the digest says, nothing is written, and the result has its text.
   */
  saveEdit(edit: SaveRequest): Promise<Applied<Saved>>;
  /**
   * Which version brought each line of a prompt's file.
   *
   * @param reference A name alone is its working file or, without one, its latest version.
   * @param options.partials Whether to include the partials and named schemas that it uses.
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
  /** Saves the cache to disk. `check` always does this; `build` does it unless `keepsCache` is `false`. */
  save(): Promise<void>;
  /** Closes the cache files. */
  close(): void;
}

export interface AllowBreaking {
  readonly allowBreaking?: boolean | undefined;
}

export interface Promotion {
  /** `"all"`: every prompt that has the alias `from`; with `latest`, every prompt that has a newer version than `to`. */
  readonly names: readonly string[] | "all";
  /** An alias, or `latest`. */
  readonly from: string;
  readonly to: string;
  /** The percentage of callers that get the new version; the others keep theirs. Default: 100. */
  readonly share?: number | undefined;
  /** Whether prompts that cannot be promoted are left out, instead of promoting none. Default: no. */
  readonly partial?: boolean | undefined;
}

export interface Rollback {
  readonly name: string;
  readonly alias: string;
  /** Default: the alias's previous target. */
  readonly to?: WrittenTarget | undefined;
}
