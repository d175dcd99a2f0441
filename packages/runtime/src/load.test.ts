// Looking up prompts: what a URI that was read before gives is what reading it again would give.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFind, createLoad, Split } from "./load.js";
import { parsePromptUri } from "./uri.js";

const [one, two] = [{ version: 1 }, { version: 2 }];
const arms = [one, two].map((value) => ({ weight: 1, value }));
const makePrompts = () =>
  new Map([
    ["greet", () => ({ __proto__: null, v1: one, v2: two, latest: two, half: new Split("greet:half", arms) })],
    ["team/greet", () => ({ __proto__: null, v1: one, latest: one })],
  ]) as unknown as Parameters<typeof createLoad>[0];

/** What a call returns, or the error that it throws. */
function outcome(call: () => unknown): unknown {
  try {
    return { found: call() };
  } catch (error) {
    return { error: `${error}` };
  }
}

const names = fc.constantFrom("greet", "team/greet", "gret", "", "constructor", "a@b");
const refs = fc.constantFrom(
  "1",
  "v1",
  "2",
  "03",
  "0",
  "latest",
  "half",
  "constructor",
  "",
  "v1/2",
  "v1@2",
  "__proto__",
);
const uris = fc.oneof(
  fc.tuple(fc.constantFrom("prompts:/", "prompts:", "Prompts:/", ""), names, fc.constantFrom("@", "/", ""), refs),
  fc.tuple(fc.constant("prompts:/"), fc.string()),
);
const options = fc.constantFrom(
  undefined,
  null,
  {},
  { key: "a" },
  { key: "b" },
  { key: 1 },
  Object.create({ key: "a" }),
);

describe("load and find", () => {
  it("give for a URI what they give for its name and reference, the first time and later", () => {
    const [load, find] = [createLoad(makePrompts()), createFind(makePrompts())];
    fc.assert(
      fc.property(uris, options, (parts, given) => {
        const uri = parts.join("");
        const read = parsePromptUri(uri);
        for (const call of [load, find]) {
          const expected = outcome(() => (read === undefined ? call(uri, given) : call(read.name, read.ref, given)));
          for (let time = 0; time < 3; time++) expect(outcome(() => call(uri, given))).toEqual(expected);
        }
      }),
      { seed: 13, numRuns: 500 },
    );
  });

  it("read a URI as one whatever follows it", () => {
    const load = createLoad(makePrompts());
    for (let time = 0; time < 2; time++) {
      expect(load("prompts:/greet/1")).toBe(one);
      expect(load("prompts:/greet/1", "v2")).toBe(one);
      expect(() => load("greet")).toThrow("pass load() a prompt's name");
      expect(() => load(1, "v1")).toThrow("pass load() a prompt's name");
    }
  });
});
