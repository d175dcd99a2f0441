// The names of a project's files. The registry defines them; here they stand without loading it, for a quick start.

import type * as registry from "@cuecard/registry";

export { ALIASES_FILE, LOCK_FILE } from "@cuecard/model";
export const SCORES_EXTENSION: typeof registry.SCORES_EXTENSION = ".scores.jsonl";
