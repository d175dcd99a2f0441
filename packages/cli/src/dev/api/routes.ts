// All requests, by their path below /@api/.

import type { Route } from "./api.js";

export const routes: Readonly<Record<string, Route>> = {};
