// Run by this package's build: copies the action's files to where `init` reads them.

import { cpSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const shipped = fileURLToPath(new URL("../dist/action", import.meta.url));
rmSync(shipped, { recursive: true, force: true });
cpSync(fileURLToPath(new URL("../../action", import.meta.url)), shipped, { recursive: true });
