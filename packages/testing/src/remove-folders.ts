// Setup of every test file, named in vitest.config.ts: the file's temporary folders are removed after its last test.

import { afterAll } from "vitest";
import { removeFolders } from "./folders.js";

// Tests that install packages leave tens of thousands of files, which take minutes to delete on a busy disk.
afterAll(removeFolders, 300_000);
