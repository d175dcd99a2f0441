// The compiler: a snapshot in, the files of a typed package and diagnostics out. Pure, synchronous, deterministic.

export { type CompileOptions, type CompileResult, compile, type ProjectHelpers } from "./compile.js";
export type { CompileCache } from "./content-store.js";
export { type HelperFunction, instantiate, type RunningPrompt } from "./emit/instantiate.js";
export type { CompiledContent, CompiledPrompt, CompiledVersion, Example, ResolvedAlias } from "./model.js";
export { frontMatterSchema } from "./parse/front-matter-schema.js";
export { partialReferences } from "./parse/partial-references.js";
export { helperNameProblem } from "./template/helper-names.js";
export type { HelperParameter, HelperSignature, ValueForm, ValueKind, ValueType } from "./template/helper-signature.js";
