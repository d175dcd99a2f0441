// The page: a static site of all prompts, emitted from what the compiler knows of them. Pure; knows no disk and no git.

export type * from "./dev/model-runs.js";
export type * from "./dev/protocol.js";
export { emitSite } from "./emit-site.js";
export { compareAliases } from "./facts/order-aliases.js";
export type { SiteFile } from "./site-file.js";
export type {
  CatalogAlias,
  CatalogChange,
  CatalogExample,
  CatalogExampleChange,
  CatalogFinding,
  CatalogMove,
  CatalogPromotion,
  CatalogPrompt,
  CatalogSource,
  CatalogUsage,
  CatalogVersion,
} from "./source.js";
