// Setup of every test file, named in vitest.config.ts: the file's temporary folders are removed after its last test.

import { afterAll } from "vitest";
import { removeFolders } from "./folders.js";

afterAll(removeFolders, 60_000);
