// Emitted code reads only what values own, in every block, while Object.prototype has the members that a template reads.

import { afterEach, describe, expect, it } from "vitest";
import { makeSnapshot } from "../../test/make-snapshot.js";
import { compile } from "../compile.js";
import { type HelperFunction, instantiate, type RunningPrompt } from "./instantiate.js";

function prompt(
  body: string,
  partials: Readonly<Record<string, string>> = {},
  functions: Readonly<Record<string, HelperFunction>> = {},
): RunningPrompt {
  const files = Object.fromEntries(Object.entries(partials).map(([name, text]) => [`_${name}.md`, text]));
  const text = `---\ninput: { schema: { type: object, additionalProperties: true } }\n---\n${body}`;
  const { prompts, diagnostics } = compile(makeSnapshot({ versions: { "p@v1": { "p.md": text, ...files } } }), {
    versions: "all",
    working: false,
    helpers: {
      signatures: Object.keys(functions).map((name) => ({ name, positional: [], named: [], returns: ["string"] })),
      entry: "helpers/helpers.js",
      commonJsEntry: "helpers/helpers.cjs",
      files: new Map(),
    },
  });
  const [version] = prompts[0]?.versions ?? [];
  if (version === undefined) throw new Error(JSON.stringify(diagnostics));
  return instantiate(version, new Map(Object.entries(functions)));
}

function pollute(...names: readonly string[]): void {
  for (const name of names)
    Object.defineProperty(Object.prototype, name, { value: "forged", configurable: true, writable: true });
}

const NAMES = ["name", "user", "rows", "children", "boom"];
afterEach(() => {
  for (const name of NAMES) Reflect.deleteProperty(Object.prototype, name);
});

const INPUT = { list: [{}, { name: "own" }], one: {}, tree: { children: [{ children: [] }] }, yes: true };

describe("members that every object inherits", () => {
  it.each<[string, string, Readonly<Record<string, string>>]>([
    ["the input", "{{name}}", {}],
    ["a member of a member", "{{one.name}}", {}],
    ["a loop", "{{#each list}}{{name}}{{/each}}", {}],
    ["a loop whose items are also used as values", "{{#each list}}{{name}}{{json this}}{{/each}}", {}],
    ["a loop in a loop", "{{#each list}}{{#each ../list}}{{name}}{{../name}}{{/each}}{{/each}}", {}],
    ["with", "{{#with one}}{{name}}{{/with}}", {}],
    ["a section", "{{#yes}}{{name}}{{/yes}}{{#one}}{{name}}{{/one}}", {}],
    ["a partial's context", "{{> card one}}", { card: "{{name}}" }],
    ["a partial's arguments", '{{> card a="b"}}', { card: "{{name}}{{#with this}}{{name}}{{/with}}" }],
    ["a partial that includes itself", "{{> node tree}}", { node: "{{name}}{{#each children}}{{> node}}{{/each}}" }],
    ["messages", '{{#each list}}{{role "user"}}{{name}}.{{/each}}', {}],
  ])("are not read: %s", (_, body, partials) => {
    const { messages } = prompt(body, partials);
    const clean = JSON.stringify(messages(INPUT));
    pollute("name");
    const polluted = JSON.stringify(messages(INPUT));
    Reflect.deleteProperty(Object.prototype, "name");
    expect(polluted).toBe(clean);
    expect(polluted).not.toContain("forged");
  });

  it("do not make an input valid", () => {
    const text = "---\ninput: { schema: { name: string } }\n---\n{{name}}";
    const { prompts } = compile(makeSnapshot({ versions: { "p@v1": { "p.md": text } } }), {
      versions: "all",
      working: false,
    });
    const [version] = prompts[0]?.versions ?? [];
    if (version === undefined) throw new Error("it did not compile");
    const { format } = instantiate(version);
    pollute("name");
    expect(() => format({})).toThrow("name: expected a string, got nothing");
    expect(format({ name: "own" })).toBe("own");
  });

  it("are checked by each rendering anew, also after an error", () => {
    const { format } = prompt("{{#each list}}{{name}}{{boom}}{{/each}}");
    const item = Object.freeze({ name: "own" });
    const failing = {
      get boom(): string {
        throw new Error("boom");
      },
    };
    expect(format({ list: [item] })).toBe("own");
    pollute("name");
    expect(() => format({ list: [{}, failing] })).toThrow("boom");
    expect(format({ list: [item, {}] })).toBe("own");
    Reflect.deleteProperty(Object.prototype, "name");
    expect(format({ list: [item, {}] })).toBe("own");
  });

  it("are not read by a rendering around another one", () => {
    const inner = prompt("{{other}}");
    const { format } = prompt("{{#each list}}{{name}}{{/each}}");
    pollute("name");
    const calling = {
      get name(): unknown {
        return inner.format({ other: "inner" });
      },
    };
    expect(format({ list: [calling, {}] })).toBe("inner");
  });

  describe("while a helper of the project renders another prompt that throws", () => {
    // The template of the inner prompt reads no forged name: it must not end the protection of the outer one.
    const inner = prompt("{{#each list}}{{other}}{{/each}}");
    const failing = {
      get other(): string {
        throw new Error("boom");
      },
    };
    const fail = () => inner.format({ list: [failing] });
    const body = "{{#each list}}[{{name}}]{{again}}[{{name}}]{{#with this}}{{name}}{{/with}}{{/each}}";

    it("are not read after the helper caught the error", () => {
      const again = () => {
        expect(fail).toThrow("boom");
        return "caught";
      };
      const { format } = prompt(body, {}, { again });
      pollute("name");
      expect(format({ list: [{}, { name: "own" }] })).toBe("[]caught[][own]caught[own]own");
    });

    it("are not read by the next rendering after the error ended this one", () => {
      let calls = 0;
      const again = () => (++calls === 1 ? fail() : "again");
      const { format } = prompt(body, {}, { again });
      pollute("name");
      expect(() => format({ list: [{}] })).toThrow("boom");
      expect(format({ list: [{}, { name: "own" }] })).toBe("[]again[][own]again[own]own");
    });
  });
});
