// The JSON Schemas in the package: what fits them, and what an editor says about what does not, by the library that VS Code uses.

import { readdirSync, readFileSync } from "node:fs";
import { frontMatterSchema } from "@cuecard/build";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import languageService from "vscode-json-languageservice";

const folder = new URL("../schemas/", import.meta.url);
const files = readdirSync(folder);

function readSchema(file: string): object {
  return JSON.parse(readFileSync(new URL(file, folder), "utf8")) as object;
}

/** Words for editors, which validators ignore. */
const EDITOR_KEYWORDS = ["patternErrorMessage", "errorMessage"];

// Optimizing the code of a validator takes most of the time of compiling it.
const ajv = new Ajv2020({ strict: true, strictTypes: false, keywords: EDITOR_KEYWORDS, code: { optimize: false } });

function compile(file: string): ValidateFunction {
  // The schemas name each other by their files.
  for (const each of files) if (ajv.schemas[each] === undefined) ajv.addSchema(readSchema(each), each);
  const validate = ajv.getSchema(file);
  if (validate === undefined) throw new Error(`there is no ${file}`);
  return validate;
}

/** What an editor shows for a file with this schema. */
async function messages(file: string, value: unknown): Promise<string[]> {
  const service = languageService.getLanguageService({});
  const text = JSON.stringify(value);
  const document = languageService.TextDocument.create("file:///file.json", "json", 1, text);
  const json = service.parseJSONDocument(document);
  const found = await service.doValidation(document, json, {}, readSchema(file));
  return found.map(({ message }) => (typeof message === "string" ? message : message.value));
}

const NAME = "Write the name of a prompt: its path in the prompts folder without .md, such as finance/forecast.";
const ALIAS =
  "Write an alias of letters, digits, _ and -, such as production. The names latest, working, v1 and plain numbers are reserved.";
const TARGET = 'Write a version such as "v3", "latest" or "working".';
const ANY_TARGET = 'Write a version such as "v3", "latest" or "working", or weights such as { "v3": 90, "v4": 10 }.';
const WEIGHTS = 'Write the versions that share the callers, such as { "v3": 90, "v4": 10 }.';

describe("the shipped schemas", () => {
  it.each([
    ["aliases", { $schema: "x", a: { production: "v1", staging: "latest", dev: "working", "x-y": { v1: 1, v2: 3 } } }],
    ["aliases", { "finance/forecast": { staging: "v12" } }],
    ["config", { prompts: "p", versions: "aliased", tagPrefix: "bot/", helpers: "helpers.mts" }],
  ])("accept %s %j", async (name, value) => {
    expect(compile(`${name}.schema.json`)(value)).toBe(true);
    expect(await messages(`${name}.schema.json`, value)).toEqual([]);
  });

  it.each([
    ["aliases", { "a b": {} }, NAME],
    ["aliases", { _a: {} }, NAME],
    ["aliases", { a: { latest: "v1" } }, ALIAS],
    ["aliases", { a: { V2: "v1" } }, ALIAS],
    ["aliases", { a: { "my alias": "v1" } }, ALIAS],
    ["aliases", { a: { production: "1" } }, TARGET],
    ["aliases", { a: { production: "v01" } }, TARGET],
    ["aliases", { a: { production: "newest" } }, TARGET],
    ["aliases", { a: { production: 1 } }, ANY_TARGET],
    ["aliases", { a: { production: {} } }, ANY_TARGET],
    ["aliases", { a: { production: { 3: 50 } } }, WEIGHTS],
    ["aliases", { a: { production: { v3: "50" } } }, "A weight is a positive whole number."],
    ["aliases", { a: { production: { v1: 0 } } }, "Value is below the minimum of 1."],
    ["aliases", { a: "v1" }, 'Write the aliases of the prompt, such as { "production": "v3" }.'],
    ["config", { promts: "p" }, "Property promts is not allowed."],
    ["config", { tagPrefix: "bot" }, "Write a prefix for git tags that ends in /, such as bot/."],
    ["config", { helpers: "helpers.py" }, "Write the path of a TypeScript or JavaScript module, such as helpers.ts."],
  ])("reject %s %j", async (name, value, message) => {
    expect(compile(`${name}.schema.json`)(value)).toBe(false);
    expect(await messages(`${name}.schema.json`, value)).toEqual([message]);
  });

  it.each(["aliases.schema.json", "config.schema.json"])("%s has a sentence for each pattern", (file) => {
    const without: string[] = [];
    JSON.stringify(readSchema(file), (_, value: unknown) => {
      if (typeof value === "object" && value !== null && "pattern" in value && typeof value.pattern === "string")
        if (!("patternErrorMessage" in value)) without.push(value.pattern);
      return value;
    });
    expect(without).toEqual([]);
  });

  it.each(files)("%s is a schema, except for what editors read", (file) => {
    expect(() => compile(file)).not.toThrow();
  });

  it("have the front matter of the compiler", () => {
    expect(readSchema("front-matter.schema.json")).toEqual(JSON.parse(JSON.stringify(frontMatterSchema)));
  });
});

it("describe the reviews of all scenarios", () => {
  const validate = compile("review.schema.json");
  const reviews = new URL("reviews/", import.meta.url);
  for (const name of readdirSync(reviews).filter((file) => file.endsWith(".json"))) {
    validate(JSON.parse(readFileSync(new URL(name, reviews), "utf8")));
    expect([name, validate.errors]).toEqual([name, null]);
  }
});
