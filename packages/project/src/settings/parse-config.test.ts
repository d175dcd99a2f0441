import { parseJsonDocument } from "@cuecard/model";
import { describe, expect, it } from "vitest";
import { type Config, defaultConfig } from "./config.js";
import { parseConfig } from "./parse-config.js";

function parse(text: string) {
  const { root, lines } = parseJsonDocument(text, "cuecard.config.json");
  if (root === undefined) throw new Error("the test's JSON is wrong");
  return parseConfig(root, lines, "cuecard.config.json");
}

describe("settings", () => {
  it.each<[string, Partial<Config>]>([
    ["{}", {}],
    ['{ "$schema": "x" }', {}],
    ['{ "helpers": "./lib//helpers.mts" }', { helpers: "lib/helpers.mts" }],
    ['{ "prompts": "./a//b/", "out": "." }', { prompts: "a/b", out: "." }],
    [
      '{ "versions": "aliased", "working": true, "validation": false, "git": "native" }',
      { versions: "aliased", working: true, validation: false, git: "native" },
    ],
    ['{ "metadataKeys": ["claude", "owner", "model"] }', { metadataKeys: ["claude", "owner", "model"] }],
    [
      '{ "gates": { "production": [{ "metric": "accuracy", "min": 0.9, "prompts": "finance/*" }], "staging": [] } }',
      { gates: { production: [{ metric: "accuracy", min: 0.9, prompts: "finance/*" }], staging: [] } },
    ],
    ['{ "rules": { "prompt/unreleased": "off" } }', { rules: { "prompt/unreleased": "off" } }],
  ])("%s", (text, expected) => {
    expect(parse(text)).toMatchObject({ config: { ...defaultConfig, ...expected }, diagnostics: [] });
  });

  it.each([
    ['{ "helpers": 1 }', "config/invalid", '"helpers" must be a TypeScript or JavaScript module', 14],
    ['{ "helpers": "helpers.json" }', "config/invalid", "must be a TypeScript or JavaScript module", 14],
    ['{ "helpers": "types.d.ts" }', "config/invalid", "must be a TypeScript or JavaScript module", 14],
    ['{ "helpers": "../helpers.ts" }', "config/invalid", "must stay inside the project's folder", 14],
    ['{ "helpers": "node_modules/a/b.js" }', "config/invalid", "must not be inside .git or node_modules", 14],
    ["[]", "config/invalid", "the settings must be a JSON object", 1],
    ['{ "promts": "x" }', "config/unknown-key", 'unknown setting "promts"', 3],
    ['{ "versions": "aliasd" }', "config/invalid", 'did you mean "aliased"?', 15],
    ['{ "working": "yes" }', "config/invalid", '"working" must be true or false', 14],
    ['{ "validation": 0 }', "config/invalid", '"validation" must be true or false', 17],
    ['{ "prompts": "../x" }', "config/invalid", "must stay inside", 14],
    ['{ "prompts": "a/../../x" }', "config/invalid", "must stay inside", 14],
    ['{ "prompts": "/x" }', "config/invalid", "must be relative", 14],
    ['{ "prompts": "C:/x" }', "config/invalid", "must be relative", 14],
    ['{ "prompts": "." }', "config/invalid", "a folder of its own", 14],
    ['{ "out": "a\\\\b" }', "config/invalid", "must be written with", 10],
    ['{ "out": ".git/x" }', "config/invalid", "must not be inside .git", 10],
    ['{ "out": 1 }', "config/invalid", "must be a folder", 10],
    ['{ "gates": [] }', "config/invalid", '"gates" must be an object of lists', 12],
    ['{ "gates": { "v1": [] } }', "config/invalid", 'names the alias "v1"', 14],
    ['{ "gates": { "production": {} } }', "config/invalid", 'must have a list for "production"', 28],
    ['{ "gates": { "production": [1] } }', "config/invalid", "must hold objects", 29],
    ['{ "gates": { "production": [{}] } }', "config/invalid", 'must name a "metric"', 29],
    ['{ "gates": { "production": [{ "metrik": "a" }] } }', "config/invalid", 'did you mean "metric"?', 31],
    ['{ "gates": { "p": [{ "metric": "a", "min": "1" }] } }', "config/invalid", 'a number as "min"', 44],
    ['{ "gates": { "p": [{ "metric": "a", "maxDrop": -1 }] } }', "config/invalid", "of 0 or more", 48],
    ['{ "gates": { "p": [{ "metric": "" }] } }', "config/invalid", 'an invalid "metric": it is empty', 32],
    ['{ "gates": { "p": [{ "metric": "a", "prompts": "/x" }] } }', "config/invalid", 'an invalid "prompts"', 48],
    ['{ "rules": { "prompt/unreleasd": "off" } }', "config/invalid", 'did you mean "prompt/unreleased"?', 14],
    ['{ "rules": { "prompt/unreleased": "warn" } }', "config/invalid", '"error" or "warning"', 35],
    ['{ "rules": { "tag/moved": "off" } }', "config/invalid", "it is an error", 27],
    ['{ "allowCharacters": "U+200F" }', "config/invalid", 'such as ["U+200F"]', 22],
    ['{ "allowCharacters": ["U+20-U+10"] }', "config/invalid", "write a code point", 22],
    ['{ "allowCharacters": ["U+200F-U+200E"] }', "config/invalid", "after the last", 22],
    ['{ "metadataKeys": "claude" }', "config/invalid", "(copilot, claude, cursor, genkit)", 19],
    ['{ "metadataKeys": ["tools"] }', "config/invalid", "Cuecard reads this key itself", 19],
    ['{ "metadataKeys": ["acme.owner"] }', "config/invalid", "extension data, which is always kept", 19],
    ['{ "toString": 1 }', "config/unknown-key", "toString", 3],
  ])("%s is refused", (text, code, message, column) => {
    const { diagnostics, config } = parse(text);
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
    expect(`${diagnostics[0]?.message} ${diagnostics[0]?.hint}`).toContain(message);
    expect(diagnostics[0]?.range?.start).toEqual({ line: 1, column });
    expect(config).toEqual(defaultConfig);
  });
});
