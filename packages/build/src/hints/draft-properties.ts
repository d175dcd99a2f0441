// Properties that a program passes to `register` under the names of front matter or of other tools: which of a prompt's own
// properties are meant.

import { isObject } from "../schema/json-schema.js";
import {
  ELSEWHERE,
  fold,
  isSettings,
  MESSAGES,
  PARAMETERS,
  ROLE_KEYS,
  SETTINGS,
  TEXTS,
  table,
} from "./front-matter-keys.js";

/** What front matter has in another place than a prompt as data. */
const PLACES: Readonly<Record<string, string>> = {
  "input.default": "defaults",
  "input.schema": "inputSchema",
  "output.schema": "outputSchema",
  "output.format": "outputFormat",
  renamed_from: "renamedFrom",
  toolDefs: "tools",
};

const PROPERTIES = table({
  message: "commit_message commit_msg",
  notes: "changelog release_notes version_description version_notes",
  name: "id prompt_name prompt_id",
  "inputSchema` and `defaults": "input",
  "outputSchema` and `outputFormat": "output",
  renamedFrom: "renamed_from",
  tools: "tool_defs",
});

/**
 * The property of a prompt as data (`register`) that has the name in another tool, or in a file; `undefined` for other names.
 * Settings are members of `config`.
 */
export function suggestForProperty(name: string, value: unknown): string | undefined {
  const folded = fold(name);
  const setting = SETTINGS.get(folded);
  if (setting !== undefined) return `write config: { ${setting}: … }`;
  const role = ROLE_KEYS.get(folded);
  if (role !== undefined) return `write messages: [{ role: "${role}", content: "…" }]`;
  if (MESSAGES.split(" ").includes(folded)) return "write messages: [{ role, content }]";
  if (TEXTS.has(folded)) return "write `template`; or `source`, if the text is a whole file with its front matter";
  const property = PROPERTIES.get(folded);
  if (property !== undefined) return `write \`${property}\``;
  if (PARAMETERS.split(" ").includes(folded)) return `write \`${isSettings(value) ? "config" : "inputSchema"}\``;
  const place = ELSEWHERE.get(folded);
  if (place === "output.format" && isObject(value) && ("json_schema" in value || "schema" in value))
    return 'write `outputSchema` with the schema, and outputFormat: "json"';
  return place === undefined ? undefined : `write \`${PLACES[place] ?? place}\``;
}
