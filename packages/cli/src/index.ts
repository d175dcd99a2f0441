// The programmatic API of Cuecard. The commands are made of it.

export type {
  ChangeSubject,
  Comparison,
  CompiledPrompt,
  CompiledVersion,
  ContentChange,
  DraftMessage,
  DraftRole,
  Excerpt,
  ProjectHelpers,
  PromptDraft,
  QueryError,
  TextChange,
  WordChange,
} from "@cuecard/build";
export type { AliasTarget, Diagnostic, Score, Severity, Snapshot, VersionId } from "@cuecard/model";
export type {
  AliasesApplied,
  AliasRequest,
  Applied,
  Person,
  Planned,
  PlannedVersion,
  ReadResult,
  RegisteredVersion,
  RegisterPlan,
  Registration,
  ReleasedVersion,
  ReleasePlan,
  ReleaseReason,
  ReleaseResult,
  Removal,
  Signature,
  WrittenTarget,
} from "@cuecard/registry";
export { CONFIG_FILE, type Config, defaultConfig } from "./config/config.js";
export { UsageError } from "./exit.js";
export { compile, openRegistry } from "./open-registry.js";
export type { Break, MetVersion, PlannedEdit, VersionLabel } from "./project/assess-edit.js";
export type { Blame, BlamedFile, BlamedLine } from "./project/blame-project.js";
export type { BuildOutcome } from "./project/build-project.js";
export type { CheckOptions, CheckOutcome } from "./project/check-project.js";
export type { Compared, RenderedExample, Rendering } from "./project/compare-versions.js";
export type { History, HistoryMove, HistoryVersion, VersionScore } from "./project/history-project.js";
export type { ListedAlias } from "./project/list-aliases.js";
export type { ListedPrompt, Listing } from "./project/list-project.js";
export type { LoadedVersion } from "./project/load-version.js";
export type { Broken, Found, Outcome, Unknown } from "./project/outcome.js";
export type { AliasPlan } from "./project/plan-aliases.js";
export type { RegisterOptions } from "./project/register-project.js";
export type { ApplyReleaseOptions, ReleaseOptions } from "./project/release-project.js";
export type {
  MovedLatest,
  RetiredVersion,
  Retirement,
  RetireOptions,
  RetirePlan,
  RetireResult,
} from "./project/retire-project.js";
export type { ScoreOptions, ScorePlan, ScoreResult } from "./project/score-project.js";
export type { Scoreboard, ScoreColumn } from "./project/scoreboard.js";
export type { FoundText, InvalidQuery, SearchOutcome, SearchResult, SearchResults } from "./project/search-project.js";
export type { SearchRequest } from "./project/search-request.js";
export type {
  AllowBreaking,
  CompareOptions,
  Compilation,
  Promotion,
  Registry,
  RegistryOptions,
  Rollback,
} from "./registry.js";
export { formatGithub, type GithubOptions } from "./report/format-github.js";
export { formatJson } from "./report/format-json.js";
export { formatText, type TextOptions } from "./report/format-text.js";
export { type SourceLookup, snapshotSources } from "./report/sources.js";
export type { ResolvedUsage, Usage, UsageKind } from "./usages/usage.js";
