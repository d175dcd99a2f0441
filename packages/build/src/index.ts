// The compiler: a snapshot in, the files of a typed package and diagnostics out. Pure, synchronous, deterministic.

export { type CompileOptions, type CompileResult, compile } from "./compile.js";
export type { CompileCache } from "./content-store.js";
export { instantiate, type RunningPrompt } from "./emit/instantiate.js";
export type { CompiledContent, CompiledPrompt, CompiledVersion, Example, ResolvedAlias } from "./model.js";
export { frontMatterSchema } from "./parse/front-matter-schema.js";
export { partialReferences } from "./parse/partial-references.js";
