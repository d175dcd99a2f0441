// Setup of every test file, named in vitest.config.ts: tests do not see the machine's settings, and the file's temporary folders
// are removed after its last test.

import { afterAll } from "vitest";
import { removeFolders } from "./folders.js";
import { hideMachine } from "./hide-machine.js";

hideMachine();

// Tests that install packages leave tens of thousands of files, which take minutes to delete on a busy disk.
afterAll(removeFolders, 300_000);
