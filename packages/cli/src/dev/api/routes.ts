// All requests, by their path below /@api/.

import type { Route } from "./api.js";
import { check, files, save, source } from "./edit.js";

export const routes: Readonly<Record<string, Route>> = { files, source, check, save };
