// The words that Cuecard's packages share. Pure data and pure functions: no disk, no git, no console.

export { versionsOf } from "./alias-versions.js";
export { allowedCharacterProblem, allowedCharacters } from "./characters/allowed-characters.js";
export { characterName, codePoint, escapeInvisible } from "./characters/describe-character.js";
export { filesOf, sharedFiles } from "./content-files.js";
export { type DecodedBytes, decodeUtf8, type NotUtf8, reportNotUtf8 } from "./decode-utf8.js";
export { describeTarget, formatShare } from "./describe-target.js";
export { describeType } from "./describe-type.js";
export type { Finding, Severity, Stage } from "./diagnostics/catalogue/finding.js";
export { describeExcess, either, listNames } from "./diagnostics/catalogue/words.js";
export { type Arguments, type Code, catalogue, isCode } from "./diagnostics/catalogue.js";
export {
  type Diagnostic,
  diagnose,
  formatPlace,
  hasCode,
  hasErrors,
  inRevision,
  type Place,
  type Position,
  type Range,
  type Subject,
  type TextEdit,
  withFix,
} from "./diagnostics/diagnostic.js";
export type { Revision } from "./diagnostics/revision.js";
export { sortDiagnostics } from "./diagnostics/sort-diagnostics.js";
export { writeFailure } from "./diagnostics/write-failure.js";
export { applyEdits, offsetsOf } from "./edits.js";
export { Entries, type EntrySource } from "./entries.js";
export { type JsonDocument, type JsonNode, parseJsonDocument } from "./json.js";
export { latestVersion, latestVersions } from "./latest.js";
export { lineEndOf, plainText } from "./line-ends.js";
export { listRetired } from "./list-retired.js";
export { expandMetadataKeys, METADATA_PRESETS, metadataKeyProblem, presetsWith } from "./metadata-keys.js";
export {
  aliasNameProblem,
  classifyPath,
  compareText,
  compareVersions,
  gitTag,
  isUnsafeVariable,
  MAX_VERSION,
  PROMPT_EXTENSION,
  type PromptPath,
  parseGitTag,
  parseVersionNumber,
  parseVersionTag,
  partialCandidates,
  partialName,
  promptNameProblem,
  suggestTagPrefix,
  tagPrefixProblem,
  type VersionId,
  versionRef,
  versionTag,
  windowsNameProblem,
} from "./names.js";
export { isWithin } from "./paths.js";
export type { Applied, Planned } from "./planned.js";
export { LineIndex } from "./position.js";
export { reportInvisible } from "./report-invisible.js";
export { asSchema, isSchema, resolveSchema, type UnknownSchema } from "./resolve-schema.js";
export { SCHEMAS_FOLDER, schemaCandidates, schemaName } from "./schema-files.js";
export { latestScoresByVersion, metricNameProblem, type Score } from "./scores.js";
export {
  ALIASES_FILE,
  type AliasEntry,
  type AliasTarget,
  CONFIG_FILE,
  LOCK_FILE,
  type PromptContent,
  type SchemaFile,
  type Snapshot,
  type SourceFile,
  type SplitArm,
  type VersionSnapshot,
  type WorkingPrompt,
} from "./snapshot.js";
export { isFollowing, pinTarget, resolveTarget, type StoredTarget, toStored } from "./stored-target.js";
export { trimMessages } from "./trim-messages.js";
export { UsageError } from "./usage-error.js";
