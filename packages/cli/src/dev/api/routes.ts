// All requests, by their path below /@api/.

import type { Route } from "./api.js";
import { check, files, save, source } from "./edit.js";
import { models, run } from "./models.js";

export const routes: Readonly<Record<string, Route>> = { files, source, check, save, models, run };
