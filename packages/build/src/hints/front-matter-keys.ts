// Front-matter keys of other tools (dotprompt's neighbors, GitHub Models, Prompty, LangChain, agents): where their
// values belong in Cuecard.

import { isObject } from "../schema/json-schema.js";
import { yamlEntry, yamlValue } from "./inline-yaml.js";
import { asVariableDefinitions } from "./write-definition.js";

/** Case and the choice of `-`, `_` and `.` do not matter. */
export const fold = (key: string): string => key.toLowerCase().replace(/[-_.\s]/g, "");

export const table = (rows: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(rows).flatMap(([place, keys]) => keys.split(" ").map((key) => [fold(key), place] as const)));

/** Settings of models, by the names that dotprompt gives them. */
export const SETTINGS: ReadonlyMap<string, string> = table({
  temperature: "temperature temp",
  topP: "top_p nucleus",
  topK: "top_k",
  maxOutputTokens: "max_tokens max_output_tokens max_completion_tokens max_new_tokens token_limit max_length",
  stopSequences: "stop stops stop_sequence stop_sequences stop_words",
  seed: "seed",
  frequencyPenalty: "frequency_penalty",
  presencePenalty: "presence_penalty",
  candidateCount: "n candidate_count",
  reasoningEffort: "reasoning_effort",
  safetySettings: "safety_settings",
});

/** Objects of settings. */
const GROUPS =
  "model_parameters model_params model_config model_settings llm_config generation_config settings options";

/** Words for what the template takes, and for objects of settings: their content decides. */
export const PARAMETERS = "parameters params";

const VARIABLES =
  "schema variables vars var input_schema input_variables inputs args arguments placeholders props fields context_schema";

export const ELSEWHERE: ReadonlyMap<string, string> = table({
  "input.default": "default defaults default_values input_defaults",
  "output.schema": "output_schema response_schema result_schema json_schema answer_schema returns outputs",
  "output.format": "format response_format output_format",
  config: `${GROUPS} configuration`,
  "input.schema": VARIABLES,
  description: "summary about purpose desc",
  model: "model_name model_id llm llm_model deployment models",
  tools: "functions allowed_tools tool_definitions",
  tags: "labels keywords",
  examples: "example samples sample few_shot shots tests test_data test_cases",
  renamed_from: "renamed previous_name former_name old_name was",
  toolDefs: "tool_defs",
});

export const MESSAGES = "messages chat conversation dialog";
const ROLES: Readonly<Record<string, string>> = {
  system: "system system_prompt system_message system_instruction instructions preamble persona",
  user: "user user_prompt user_message human",
  assistant: "assistant assistant_message ai",
};
export const ROLE_KEYS: ReadonlyMap<string, string> = table(ROLES);
export const TEXTS: ReadonlyMap<string, string> = table({
  text: "template prompt prompt_template text content body message",
});

const NOTES = new Map(
  Object.entries({
    role: 'write {{role "system"}}, {{role "user"}} or {{role "assistant"}} before each message, below the front matter',
    partials: "include partials in the template: {{> name}}",
    include: "include partials in the template: {{> name}}",
    includes: "include partials in the template: {{> name}}",
    imports: "include partials in the template: {{> name}}",
    extends: "include partials in the template: {{> name}}",
    helpers: 'set "helpers" in cuecard.config.json to the module with your helpers',
    alias: "aliases are in aliases.json: run `cuecard alias set`",
    aliases: "aliases are in aliases.json: run `cuecard alias set`",
    env: "environments are aliases in aliases.json: run `cuecard alias set`",
    environment: "environments are aliases in aliases.json: run `cuecard alias set`",
    stage: "environments are aliases in aliases.json: run `cuecard alias set`",
    changelog: "a version's notes are its tag's message: `cuecard release` asks for them",
    notes: "a version's notes are its tag's message: `cuecard release` asks for them",
    id: "remove it: a prompt's name is its path in the prompts folder",
    promptname: "remove it: a prompt's name is its path in the prompts folder",
    templateformat: "remove it: templates are Handlebars",
    templateengine: "remove it: templates are Handlebars",
    engine: "remove it: templates are Handlebars",
  }),
);

/** Where the content of an unknown key belongs; `undefined` if it is not a key of another tool. */
export function suggestForKey(key: string, value: unknown): string | undefined {
  const folded = fold(key);
  const setting = SETTINGS.get(folded);
  if (setting !== undefined) return `write ${yamlEntry("config", { [setting]: value })}`;
  if (NOTES.has(folded)) return NOTES.get(folded);
  const role = ROLE_KEYS.get(folded);
  if (role !== undefined)
    return `write the text below the front matter, after {{role "${role}"}}${role === "system" ? "" : " on a line of its own"}`;
  if (MESSAGES.split(" ").includes(folded))
    return 'write the messages below the front matter, each after {{role "system"}}, {{role "user"}} or {{role "assistant"}}';
  // Prompty's `template: { format: jinja2 }`.
  if (TEXTS.has(folded) && isObject(value)) return NOTES.get("templateformat");
  if (TEXTS.has(folded)) return "write the text of the prompt below the front matter";
  if (PARAMETERS.split(" ").includes(folded)) return isSettings(value) ? asConfig(value) : asVariables(value);
  const place = ELSEWHERE.get(folded);
  return place === undefined ? undefined : suggestPlace(place, value);
}

function suggestPlace(place: string, value: unknown): string | undefined {
  switch (place) {
    case "config":
      return asConfig(value);
    case "input.schema":
      if (isObject(value) && ("schema" in value || "default" in value)) return 'did you mean "input"?';
      return asVariables(value);
    case "output.schema":
      if (isObject(value) && ("schema" in value || "format" in value)) return 'did you mean "output"?';
      return `write ${yamlEntry("output", { format: "json", schema: asDefinitions(value) ?? value })}`;
    case "examples":
      if (!isObject(value)) break;
      return `write ${yamlEntry("examples", [{ name: "sample", input: value }])}`;
    case "output.format": {
      const format = typeof value === "string" && !value.includes("json") ? value : "json";
      return `write ${yamlEntry("output", { format })}`;
    }
    case "input.default":
      return `write ${yamlEntry("input", { default: value })}`;
    case "model":
      return `write ${yamlEntry("model", Array.isArray(value) ? value[0] : value)}`;
    default:
  }
  return `did you mean "${place}"?`;
}

export const isSettings = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isObject(value) && Object.keys(value).some((key) => SETTINGS.has(fold(key)));

/** Settings under the names that dotprompt gives them. */
function asConfig(value: unknown): string {
  if (!isObject(value)) return 'did you mean "config"?';
  const settings = Object.entries(value).map(([key, setting]) => [SETTINGS.get(fold(key)) ?? key, setting]);
  return `write ${yamlEntry("config", Object.fromEntries(settings))}`;
}

/** The hint for variables. */
export function asVariables(value: unknown): string {
  const schema = asDefinitions(value);
  if (schema === undefined) return "write the variables as input: { schema: { name: string } }";
  return `write ${yamlEntry("input", { schema })}`;
}

/** A schema of variables, of which LangChain gives only the names, and Prompty a list of objects, also as `properties`. */
function asDefinitions(value: unknown): unknown {
  const listed = isObject(value) && Array.isArray(value["properties"]) ? value["properties"] : value;
  const members = Array.isArray(listed) ? Object.fromEntries(listed.flatMap(namedDefinition)) : listed;
  if (!isObject(members) || Object.keys(members).length === 0) return undefined;
  const isJsonSchema = "properties" in members || typeof members["type"] === "string";
  return isJsonSchema ? members : asVariableDefinitions(members);
}

function namedDefinition(item: unknown): [name: string, definition: unknown][] {
  if (typeof item === "string") return [[item, "string"]];
  if (!isObject(item) || typeof item["name"] !== "string") return [];
  const { name, type, kind = type, description } = item;
  return [[name, { type: kind ?? "string", ...(typeof description === "string" ? { description } : {}) }]];
}

/**
 * A key inside `input`, `output` or an example that Cuecard does not know.
 *
 * @param unknown All such keys of the object, with their values.
 */
export function suggestForMember(
  path: readonly string[],
  key: string,
  unknown: Readonly<Record<string, unknown>>,
): string | undefined {
  const folded = fold(key);
  const value = unknown[key];
  switch (path[0]) {
    case "input":
      if (ELSEWHERE.get(folded) === "input.default") return 'did you mean "default"?';
      if (ELSEWHERE.get(folded) === "input.schema") return 'did you mean "schema"?';
      if (folded === "examples" || ELSEWHERE.get(folded) === "examples")
        return "move examples to the top level, next to input";
      return `variables belong in input.schema: write ${yamlEntry("input", { schema: unknown })}`;
    case "output":
      if (folded === "type" || folded === "contenttype" || folded === "mimetype")
        return "write output: { format: json }";
      if (SETTINGS.has(folded)) return suggestForKey(key, value);
      if (ELSEWHERE.get(folded) === "output.schema" || ELSEWHERE.get(folded) === "input.schema")
        return 'did you mean "schema"?';
      return `the members of the answer belong in output.schema: write ${yamlEntry("output", { schema: unknown })}`;
    case "examples":
      return path[2] === "expect" ? suggestForExpectation(key, path.length > 3) : suggestForExample(key, unknown);
    default:
      return undefined;
  }
}

function suggestForExample(key: string, unknown: Readonly<Record<string, unknown>>): string {
  const folded = fold(key);
  if (["output", "answer", "expectedoutput", "result"].includes(folded)) return 'did you mean "expected"?';
  if (["assert", "asserts", "assertions", "expectation", "expectations", "checks", "tests", "should"].includes(folded))
    return "write what the rendered text contains as expect: { contains: … }; assertions about the answer stay with your evaluations";
  if (["inputs", "variables", "vars", "args", "data"].includes(folded)) return 'did you mean "input"?';
  if (["title", "description", "label", "id"].includes(folded)) return 'did you mean "name"?';
  return `variables belong in the example's input: write ${yamlValue({ name: "…", input: unknown })}`;
}

const EXPECTATIONS: ReadonlyMap<string, string> = table({
  contains: "include includes has icontains substring",
  "not-contains": "not_contain excludes exclude without not_includes absent",
  matches: "regex regexp match pattern like",
  equals: "equal is text exact exactly be",
  "max-tokens": "tokens token_limit max_length length budget",
  json: "is_json schema json_schema",
  roles: "role messages order",
  system: "developer instructions",
  assistant: "model ai bot",
  user: "human",
});

const OF_TEXTS = ["contains", "not-contains", "matches", "equals", "max-tokens", "json"];
const OF_MESSAGES = ["roles", "system", "user", "assistant", "tool"];

/** A key inside `expect`, or inside one of its roles, where there are fewer. */
function suggestForExpectation(key: string, isInRole: boolean): string {
  const known = isInRole ? OF_TEXTS : [...OF_TEXTS, ...OF_MESSAGES];
  const folded = fold(key);
  if (isInRole && OF_MESSAGES.some((name) => fold(name) === folded)) return `write ${key} directly in expect`;
  const meant = EXPECTATIONS.get(folded);
  return meant !== undefined && known.includes(meant)
    ? `did you mean "${meant}"?`
    : `the members of ${isInRole ? "a role in expect" : "expect"} are ${known.slice(0, -1).join(", ")} and ${known.at(-1)}`;
}
