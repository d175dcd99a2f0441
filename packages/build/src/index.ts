// The compiler: a snapshot in, the files of a typed package and diagnostics out. Pure, synchronous, deterministic.

export { blameLines } from "./blame/blame-lines.js";
export { type ChangedFile, type ChangedLine, changedLineNumbers, changedLines } from "./compare/changed-lines.js";
export { compareContents } from "./compare/compare-contents.js";
export { compareFacts } from "./compare/compare-facts.js";
export { compareWords } from "./compare/compare-words.js";
export type { ChangeSubject, Comparison, ContentChange, TextChange, WordChange } from "./compare/comparison.js";
export { differsOnlyInLayout } from "./compare/layout.js";
export { type CompileOptions, type CompileResult, compile, openContents } from "./compile.js";
export {
  type ChangesOptions,
  type ChangesResult,
  compileChanges,
  type EarlierFacts,
  type PromptRecord,
  type UnchangedPrompts,
} from "./compile-changes.js";
export type { CompileCache, ContentStore } from "./content-store.js";
export { asWritten } from "./edit/as-written.js";
export type { FieldChange } from "./edit/changed-data.js";
export { declaredInput } from "./edit/declared-input.js";
export { type KnownHelper, type KnownName, type KnownNames, knownNames } from "./edit/known-names.js";
export type { KnownVariable } from "./edit/known-variables.js";
export type { NameScope } from "./edit/name-scopes.js";
export { type FrontMatterFields, readFields } from "./edit/read-fields.js";
export { type SetResult, setFrontMatter } from "./edit/set-front-matter.js";
export type { PromptPieces } from "./emit/emit-prompt.js";
export type { SharedFile } from "./emit/emit-shared.js";
export { emitStandalone } from "./emit/emit-standalone.js";
export { type HelperFunction, instantiate, type RunningPrompt } from "./emit/instantiate.js";
export type { ProjectHelpers } from "./emit/package-options.js";
export { type BranchCoverage, type Coverage, CoverageCounter, type FileCoverage } from "./examples/coverage.js";
export { evaluateExpectations, type FailedExpectation } from "./examples/evaluate-expectations.js";
export { type ExampleSearch, findExamples } from "./examples/find-examples.js";
export { insertExamples } from "./examples/insert-examples.js";
export { locateFrontMatter } from "./examples/locate-front-matter.js";
export { countTokensOf, messageText } from "./examples/message-text.js";
export { type PromptfooColumn, type PromptfooTest, promptfooConfig } from "./examples/promptfoo-config.js";
export {
  isSnapshotFile,
  parseSnapshots,
  printSnapshots,
  type SnapshotMessage,
  snapshotOf,
} from "./examples/snapshot-file.js";
export { makeUnique } from "./examples/unique-name.js";
export { suggestForProperty } from "./hints/draft-properties.js";
export { helperNameProblem } from "./language/helper-names.js";
export type { HelperParameter, HelperSignature, ValueForm, ValueKind, ValueType } from "./language/helper-signature.js";
export { lowerContent } from "./lower-content.js";
export type { CompiledContent, CompiledPrompt, CompiledVersion, Example, Expectation, ResolvedAlias } from "./model.js";
export { readFormerNames } from "./parse/former-names.js";
export { frontMatterSchema } from "./parse/front-matter-schema.js";
export { partialReferences } from "./parse/partial-references.js";
export { schemaReferences } from "./parse/schema-references.js";
export { checkDraft } from "./print/check-draft.js";
export { checkSource } from "./print/check-source.js";
export { checkTemplate } from "./print/check-template.js";
export type { DraftMessage, DraftRole } from "./print/print-messages.js";
export { type PromptDraft, printPrompt } from "./print/print-prompt.js";
export { type TemplateToken, templateTokens } from "./print/template-tokens.js";
export { resolveAliases } from "./resolve-aliases.js";
export { type StaticPrefix, staticPrefix, type VaryingPart } from "./static-prefix.js";
export { linesOf } from "./text/lines-of.js";
