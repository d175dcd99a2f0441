// Where the built command line is, for tests that start it as a process.

import { fileURLToPath } from "node:url";

/** The program that packages install. */
export const CUECARD: string = fileURLToPath(new URL("../bin/cuecard.js", import.meta.url));
