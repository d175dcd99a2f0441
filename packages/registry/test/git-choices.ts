// For tests: the adapters that every reading is tried with.

import type { GitChoice } from "../src/git/open-git.js";

export type { GitChoice };

export const gitChoices: readonly GitChoice[] = ["native", "isomorphic"];
