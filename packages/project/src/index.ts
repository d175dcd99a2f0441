// One project: opened once, read, compiled, planned. The programmatic API, which `cuecard` exports as its own.

export type { WordChange } from "@cuecard/build";
export type { QueryError } from "@cuecard/build/search";
export type {
  ChangesCount,
  Checked,
  EditableFile,
  EditableFiles,
  EditFinding,
  Fields,
  FieldsRequest,
  KnownNames,
  ModelChoice,
  ModelProvider,
  Models,
  ModelsRequest,
  PlannedProposal,
  ProposableChanges,
  ProposalDone,
  ProposalFinding,
  ReviewBlock,
  ReviewText,
  RunEvent,
  RunFailure,
  RunRequest,
  RunResult,
  RunUsage,
  Saved,
  SaveRequest,
  SetRequest,
  Source,
  TextAnswer,
} from "@cuecard/catalog";
export { UsageError } from "@cuecard/model";
export type {
  AliasesApplied,
  AliasRequest,
  Applied,
  LockEntry,
  Person,
  Planned,
  PlannedVersion,
  PromptReferences,
  Proposal,
  RegisterPlan,
  Registration,
  ReleasePlan,
  ReleaseReason,
  ReleaseResult,
  ReplacedPointer,
  Replacement,
  Signature,
} from "@cuecard/registry";
export {
  ALIASES_FILE,
  editorOf,
  findGitDir,
  findNonFile,
  type GitChoice,
  isEmptyRelease,
  LOCK_FILE,
  parsePerson,
  parseRef,
  replaceFile,
  SCORES_EXTENSION,
} from "@cuecard/registry";
export type { Break, MetChange, MetVersion, PlannedEdit, VersionLabel } from "./aliases/assess-edit.js";
export type { ListedAlias } from "./aliases/list-aliases.js";
export type { AliasPlan } from "./aliases/plan-aliases.js";
export type { PointersDocument, PointersOptions, PointersOutcome } from "./aliases/write-pointers.js";
export type { BuildOptions, BuildOutcome } from "./build/build.js";
export type { CheckOptions, CheckOutcome } from "./build/check.js";
export type { AddedVersion } from "./build/compare-with-base.js";
export type { LockOptions, LockOutcome } from "./build/lock.js";
export type { ListedPrompt } from "./cache/listed-prompt.js";
export type { CatalogOptions, CatalogOutcome } from "./catalog/catalog.js";
export type { LiveCatalog, LiveCatalogOptions, LiveUpdate } from "./catalog/live-catalog.js";
export type { WrittenSite } from "./catalog/write-site.js";
export type { LoadedVersion } from "./compile/load-version.js";
export type { CheckEditOptions } from "./edit/check-edit.js";
export type { FixResult } from "./fix/apply-fixes.js";
export type { FixedFile, FixOptions, FixPlan } from "./fix/plan-fixes.js";
export type { Blame, BlamedFile, BlamedLine } from "./inspect/blame.js";
export type { Compared, CompareOptions, RenderedExample, Rendering } from "./inspect/compare-references.js";
export type { History, HistoryMove, HistoryVersion, VersionScore } from "./inspect/history.js";
export type { Listing } from "./inspect/list.js";
export type {
  ModelRequest,
  ModelRequestOptions,
  ModelRequestOutcome,
  ModelRequestRefused,
} from "./inspect/model-request.js";
export type { PromptAt, PromptsAt, PromptsAtOptions } from "./inspect/prompts-at.js";
export type {
  FormattedChat,
  Rendered,
  RenderedMessage,
  RenderOptions,
  RenderOutcome,
  RenderRefused,
} from "./inspect/render.js";
export type { FoundText, InvalidQuery, SearchOutcome, SearchResult, SearchResults } from "./inspect/search.js";
export type { SearchRequest } from "./inspect/search-request.js";
export { compile, openRegistry } from "./open-registry.js";
export type { ChangesPlan, ChangesRequest } from "./propose/plan-changes.js";
export type { PromptProposalPlan, ProposalOptions } from "./propose/propose-prompt.js";
export type { Changes, KnownBranch, Proposals } from "./propose/read-changes.js";
export type { Broken, Found, Outcome, Unknown } from "./read/outcome.js";
export { type SourceLookup, snapshotSources } from "./read/sources.js";
export type {
  AllowBreaking,
  Compilation,
  Promotion,
  Registry,
  RegistryOptions,
  Rollback,
} from "./registry.js";
export type { RegisterOnceOptions, RegisterOptions } from "./release/register.js";
export type { ApplyReleaseOptions, ReleaseOptions } from "./release/release.js";
export type {
  MovedLatest,
  RetiredVersion,
  Retirement,
  RetireOptions,
  RetirePlan,
  RetireResult,
} from "./release/retire.js";
export type { ReplayOptions } from "./replay/replay.js";
export type * from "./replay/replay-report.js";
export type * from "./review/report.js";
export { DEFAULT_BASES, type ReviewOptions } from "./review/review.js";
export type { ScoreOptions, ScorePlan, ScoreResult } from "./scores/record-scores.js";
export type { Scoreboard, ScoreColumn } from "./scores/scoreboard.js";
export { CONFIG_FILE, type Config, defaultConfig } from "./settings/config.js";
export { isProject } from "./settings/find-project.js";
export { type FoundProject, findProjects } from "./settings/find-projects.js";
export { createIgnore } from "./settings/ignore.js";
export { cleanFolder, folderProblem } from "./settings/parse-config.js";
export { readConfig } from "./settings/read-config.js";
export { readSettings } from "./settings/read-settings.js";
export type { ExportOptions, PromptfooExport } from "./test/export-promptfoo.js";
export type { FillOptions, FillPlan } from "./test/plan-fill.js";
export type { TestOptions } from "./test/test.js";
export type * from "./test/test-report.js";
export type { ResolvedUsage, Usage, UsageKind } from "./usages/usage.js";
export { isUrl } from "./witness/read-witness.js";
