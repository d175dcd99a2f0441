// The parts of a version that the code around it depends on.

import type { CompiledContent } from "../model.js";

export const CONTRACT_MEMBERS = [
  "kind",
  "roles",
  "media",
  "system",
  "sections",
  "inputSchema",
  "defaults",
  "variables",
  "privateVariables",
  "outputFormat",
  "outputSchema",
  "model",
  "config",
  "tags",
  "metadata",
  "tools",
] as const;

/** What callers can tell versions apart by, beside literal values: their types, and what SDK functions and telemetry do with them. */
export type Contract = Pick<CompiledContent, (typeof CONTRACT_MEMBERS)[number]>;
