// What shell completion needs of a project: an entry of its own, because it runs at each press of the Tab key and must load
// little.

export { listReferences } from "./read/list-references.js";
export { GIT_CHOICES } from "./settings/config.js";
export { findProject } from "./settings/find-project.js";
