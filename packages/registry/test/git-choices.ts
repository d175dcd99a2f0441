// For tests: the adapters that reading is tested with.

import type { GitChoice } from "../src/git/open-git.js";

export type { GitChoice };

export const gitChoices: readonly GitChoice[] = ["native", "isomorphic"];
