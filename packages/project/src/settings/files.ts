// The names of a project's files. The registry defines them; here they stand without loading it, for a quick start.

import type * as registry from "@cuecard/registry";

export const ALIASES_FILE: typeof registry.ALIASES_FILE = "aliases.json";
export const LOCK_FILE: typeof registry.LOCK_FILE = "prompts.lock";
export const SCORES_EXTENSION: typeof registry.SCORES_EXTENSION = ".scores.jsonl";
