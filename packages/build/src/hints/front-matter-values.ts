// What to write instead of front-matter values that other tools accept and Cuecard does not: `tools: { read: true }`,
// `output: json`.

import { isObject } from "../schema/json-schema.js";
import { asVariables } from "./front-matter-keys.js";
import { yamlEntry, yamlValue } from "./inline-yaml.js";

/** How each key is written, for values that do not show what was meant. */
const FORMS: Readonly<Record<string, unknown>> = {
  config: { temperature: 0.2 },
  metadata: { owner: "finance" },
  ext: { acme: { owner: "finance" } },
  tags: { team: "finance" },
  tools: ["search"],
  toolDefs: [{ name: "search", inputSchema: { query: "string" } }],
  examples: [{ name: "a question", input: { query: "…" } }],
  input: { schema: { name: "string" } },
  output: { format: "json" },
  renamed_from: "hello",
};

/** @param path Where the value of the wrong kind is. */
export function suggestForValue(path: readonly string[], value: unknown): string | undefined {
  const [key = "", ...inner] = path;
  if (isTag(value))
    return `tags are not rendered in front matter: write the text itself, or put it in quotes: ${key}: "…"`;
  if (inner.length > 0) return suggestForInner(path, value);
  switch (key) {
    case "":
      return "write keys and values, such as description: what the prompt is for; if the text begins with a rule, write it as ***";
    case "description":
    case "name":
    case "variant":
      return suggestText(key, value);
    case "model":
      return suggestModel(value);
    case "tools":
      if (isObject(value)) return suggestTools(value);
      break;
    case "input":
      return asVariables(value);
    case "output":
      if (typeof value === "string" && /^[a-z]+$/.test(value)) return `write ${yamlEntry("output", { format: value })}`;
      break;
    case "examples":
      return `write a list: ${yamlEntry("examples", examplesOf(value))}`;
    default:
  }
  return key in FORMS ? `for example, ${yamlEntry(key, FORMS[key])}` : undefined;
}

/** A map whose key is a map is how YAML reads `{{name}}`. */
function isTag(value: unknown): boolean {
  return isObject(value) && Object.entries(value).some(([key, inner]) => /^\{.*\}$/.test(key) && inner === null);
}

function suggestText(key: string, value: unknown): string {
  if (isObject(value) || Array.isArray(value)) return `put the text in quotes: ${key}: "…"`;
  return `put it in quotes: ${yamlEntry(key, String(value))}`;
}

function suggestModel(value: unknown): string {
  const name = isObject(value) ? nameOfModel(value) : [value].flat().find((item) => typeof item === "string");
  const rest = isObject(value) ? "; put its settings in config" : "";
  const kept =
    isObject(value) || Array.isArray(value) ? '; to keep it in `metadata`, add "model" to "metadataKeys"' : "";
  return `write one model's name: ${yamlEntry("model", name ?? "anthropic/claude-sonnet-4")}${rest}${kept}`;
}

/** The name in an object about a model; Prompty has it in `configuration`. */
function nameOfModel(value: Readonly<Record<string, unknown>>): string | undefined {
  const { name, id, model, azure_deployment: deployment, configuration } = value;
  const found = [name, id, model, deployment].find((candidate) => typeof candidate === "string");
  return found ?? (isObject(configuration) ? nameOfModel(configuration) : undefined);
}

function suggestTools(value: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(value).filter((name) => value[name] !== false);
  const areFlags = Object.values(value).every((flag) => flag === null || typeof flag === "boolean");
  return areFlags
    ? `write ${yamlEntry("tools", names)}`
    : `write a list: ${yamlEntry(
        "tools",
        names.map((name) => ({ name })),
      )}`;
}

function examplesOf(value: unknown): unknown {
  if (!isObject(value)) return FORMS["examples"];
  return "name" in value ? [value] : Object.entries(value).map(([name, input]) => ({ name, input }));
}

function suggestForInner(path: readonly string[], value: unknown): string | undefined {
  const [key, second] = path;
  const place = path.join(".");
  if (place === "input.schema") return asVariables(value);
  if (place === "output.schema") return "list the members of the answer: { answer: string }";
  if (place === "output.constrained") return "write constrained: true or constrained: false";
  if (place === "output.format") return "write output: { format: json }";
  if (place === "input.default") return "write the values by variable: { name: Ada }";
  if (key === "examples" && path.length === 2) {
    if (isObject(value))
      return `name it: ${yamlValue({ name: "…", ...("input" in value ? value : { input: value }) })}`;
    return 'write { name: "…", input: { … } }';
  }
  if (key === "examples" && path.length > 2 && path[2] === "expect") return suggestForExpectation(path.slice(3), value);
  if (key === "examples" && path.at(-1) === "input") return "write the values by variable: { name: Ada }";
  if (key === "examples" && path.at(-1) === "name" && value !== undefined)
    return `write ${yamlEntry("name", String(value))}`;
  if (key === "tags" && Number.isInteger(Number(second)))
    return isObject(value) ? `write ${yamlEntry("tags", value)}` : "write each tag as text: tags: [billing, draft]";
  if (key === "tags" && Array.isArray(value)) return `write ${yamlEntry(second ?? "", value.join(", "))}`;
  if (key === "tags") return "a tag's value is text, a number, or true or false";
  if (key === "toolDefs") return `write ${yamlEntry("tools", [value])}; or write a definition as an object`;
  if (key === "tools") return "write a tool's name, or its definition as an object";
  return undefined;
}

/** @param path Within `expect`. */
function suggestForExpectation(path: readonly string[], value: unknown): string | undefined {
  const key = path.at(-1) ?? "";
  if (path.length === 0 || ["system", "user", "assistant", "tool"].includes(key))
    return typeof value === "string"
      ? `write ${yamlEntry(key || "expect", { contains: value })}${path.length === 0 ? "; the answer that you want is written as expected" : ""}`
      : `for example, ${yamlEntry(key || "expect", { contains: "…" })}`;
  if (key === "json") return "write json: true, or a schema: json: { answer: string }";
  if (key === "max-tokens") return "write a number: max-tokens: 1200";
  return undefined;
}
