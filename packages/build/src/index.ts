// The compiler: a snapshot in, the files of a typed package and diagnostics out. Pure, synchronous, deterministic.

export { blameLines, linesOf } from "./blame/blame-lines.js";
export { type ChangedFile, type ChangedLine, changedLines } from "./compare/changed-lines.js";
export { compareContents } from "./compare/compare-contents.js";
export { compareWords } from "./compare/compare-words.js";
export type { ChangeSubject, Comparison, ContentChange, TextChange, WordChange } from "./compare/comparison.js";
export { differsOnlyInLayout } from "./compare/layout.js";
export { type CompileOptions, type CompileResult, compile, type ProjectHelpers } from "./compile.js";
export type { CompileCache } from "./content-store.js";
export { type HelperFunction, instantiate, type RunningPrompt } from "./emit/instantiate.js";
export { suggestForProperty } from "./hints/draft-properties.js";
export { helperNameProblem } from "./language/helper-names.js";
export type { HelperParameter, HelperSignature, ValueForm, ValueKind, ValueType } from "./language/helper-signature.js";
export type { CompiledContent, CompiledPrompt, CompiledVersion, Example, ResolvedAlias } from "./model.js";
export { readFormerNames } from "./parse/former-names.js";
export { frontMatterSchema } from "./parse/front-matter-schema.js";
export { partialReferences } from "./parse/partial-references.js";
export { schemaReferences } from "./parse/schema-references.js";
export { checkDraft } from "./print/check-draft.js";
export { checkSource } from "./print/check-source.js";
export type { DraftMessage, DraftRole } from "./print/print-messages.js";
export { type PromptDraft, printPrompt } from "./print/print-prompt.js";
export { fitsQuery, type SearchedVersion } from "./search/evaluate-query.js";
export { type Excerpt, findExcerpt, searchedPieces } from "./search/excerpt.js";
export { escapeLike } from "./search/like.js";
export { parseQuery } from "./search/parse-query.js";
export type { Condition, Field, FieldName, Operator, Query, QueryError, Value } from "./search/query.js";
export { searchedVersion } from "./search/searched-version.js";
