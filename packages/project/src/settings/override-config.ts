// Settings that a program passes, which override those of the settings file and follow the same rules.

import { type Diagnostic, parseJsonDocument } from "@cuecard/model";
import type { Config } from "./config.js";
import { parseConfig } from "./parse-config.js";

/** @returns The settings, with findings about those that were passed. */
export function overrideConfig(
  own: Config,
  overrides: Partial<Config>,
): { readonly config: Config; readonly diagnostics: readonly Diagnostic[] } {
  const { root, lines } = parseJsonDocument(JSON.stringify(overrides), ".");
  if (root === undefined) throw new Error("the settings were not printed as JSON");
  const { config, diagnostics } = parseConfig(root, lines, ".");
  const names = Object.keys(overrides) as (keyof Config)[];
  const passed = Object.fromEntries(names.map((name) => [name, config[name]]));
  return { config: { ...own, ...passed }, diagnostics: diagnostics.map(({ range, ...finding }) => finding) };
}
