// Run by this package's build: copies the action's files to where `init` reads them.

import { cpSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SHIPPED_ACTION } from "./vendored-action.js";

rmSync(SHIPPED_ACTION, { recursive: true, force: true });
cpSync(fileURLToPath(new URL("../../../action", import.meta.url)), SHIPPED_ACTION, { recursive: true });
