// All requests, by their path below /@api/.

import type { Route } from "./api.js";
import { check, fields, files, save, set, source } from "./edit.js";
import { models, run } from "./models.js";
import { changes, countChanges, planProposal, propose, pushProposal } from "./propose.js";

export const routes: Readonly<Record<string, Route>> = {
  files,
  source,
  check,
  fields,
  set,
  save,
  models,
  run,
  changes,
  "count-changes": countChanges,
  "plan-proposal": planProposal,
  propose,
  "push-proposal": pushProposal,
};
