// The programmatic API of Cuecard. The commands are made of it.

export type { CompiledPrompt, CompiledVersion, ProjectHelpers } from "@cuecard/build";
export type { Diagnostic, Severity, Snapshot } from "@cuecard/model";
export type { ReadResult } from "@cuecard/registry";
export { CONFIG_FILE, type Config, defaultConfig } from "./config/config.js";
export { UsageError } from "./exit.js";
export type { BuildOutcome } from "./project/build-project.js";
export type { CheckOutcome } from "./project/check-project.js";
export type { ListedPrompt, Listing } from "./project/list-project.js";
export type { LoadedVersion, LoadOutcome } from "./project/load-version.js";
export { type Compilation, compile, openRegistry, type Registry, type RegistryOptions } from "./registry.js";
export { formatGithub, type GithubOptions } from "./report/format-github.js";
export { formatJson } from "./report/format-json.js";
export { formatText, type TextOptions } from "./report/format-text.js";
export { type SourceLookup, snapshotSources } from "./report/sources.js";
