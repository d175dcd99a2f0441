// The page: a static site of all prompts, emitted from what the compiler knows of them. Pure; knows no disk and no git.

export type * from "./dev/model-runs.js";
export type * from "./dev/proposals.js";
export type * from "./dev/protocol.js";
export { emitSite } from "./emit-site.js";
export { commonAliases, compareAliases } from "./facts/order-aliases.js";
export { type PromptSummary, shownVersion, summarizePrompt } from "./facts/summarize-prompt.js";
export { promptOfPath } from "./links.js";
export { promptFiles } from "./prompt-files.js";
export { sharedFiles } from "./shared-files.js";
export type { SiteFile } from "./site-file.js";
export type {
  CatalogAlias,
  CatalogChange,
  CatalogExample,
  CatalogExampleChange,
  CatalogFacts,
  CatalogFinding,
  CatalogMove,
  CatalogPromotion,
  CatalogPrompt,
  CatalogSource,
  CatalogUsage,
  CatalogVersion,
} from "./source.js";
