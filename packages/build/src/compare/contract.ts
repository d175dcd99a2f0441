// The parts of a version that the code around it depends on.

import type { CompiledContent } from "../model.js";

/** What callers can tell versions apart by, beside literal values: their types, and what SDK functions and telemetry do with them. */
export type Contract = Pick<
  CompiledContent,
  | "kind"
  | "roles"
  | "media"
  | "system"
  | "sections"
  | "inputSchema"
  | "defaults"
  | "variables"
  | "privateVariables"
  | "outputFormat"
  | "outputSchema"
  | "model"
  | "config"
  | "tags"
  | "metadata"
  | "tools"
>;

/** A record, so that none can be forgotten. */
const MEMBERS: Readonly<Record<keyof Contract, true>> = {
  kind: true,
  roles: true,
  media: true,
  system: true,
  sections: true,
  inputSchema: true,
  defaults: true,
  variables: true,
  privateVariables: true,
  outputFormat: true,
  outputSchema: true,
  model: true,
  config: true,
  tags: true,
  metadata: true,
  tools: true,
};

export const CONTRACT_MEMBERS: readonly (keyof Contract)[] = Object.keys(MEMBERS) as (keyof Contract)[];
