// Which branches of a template are rendered: rows of templates and inputs, and random templates, which render the same while they
// are counted.

import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { data, partials, template } from "../../test/arbitrary-template.js";
import { compileText, renderFunction } from "../../test/render.js";
import type { CompiledVersion } from "../model.js";
import { CoverageCounter } from "./coverage.js";

// Random cases take longer on a slow machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

function count(text: string, partialTexts: Readonly<Record<string, string>> = {}) {
  const { content, diagnostics } = compileText(text, partialTexts);
  if (content === undefined) return { diagnostics };
  const counter = new CoverageCounter();
  const files = Object.entries(partialTexts).map(([name, body]) => ({ path: `prompts/_${name}.md`, text: body }));
  const request = {
    ...{ name: "p", promptsDir: "prompts", helpers: [] },
    content: { prompt: { path: "prompts/p.md", text }, partials: files },
  };
  const { version } = counter.counting({ content } as CompiledVersion, request);
  return { content, counter, render: renderFunction(version.content, counter.helpers), diagnostics };
}

/** `prompts/p.md:1:3 {{#if a}} else 0 implied` */
function branchesOf(text: string, inputs: readonly object[], partialTexts: Readonly<Record<string, string>> = {}) {
  const { counter, render, diagnostics } = count(text, partialTexts);
  if (counter === undefined) throw new Error(JSON.stringify(diagnostics));
  for (const input of inputs) render(input, {});
  return counter
    .read()
    .files.flatMap(({ file, branches }) =>
      branches.map(
        ({ line, column, tag, side, written, count: times }) =>
          `${file.slice(8)}:${line}:${column} ${tag} ${side} ${times}${written ? "" : " implied"}`,
      ),
    );
}

describe("branches", () => {
  it.each<[string, readonly object[], readonly string[], Record<string, string>?]>([
    ["{{#if a}}x{{/if}}", [{ a: 1 }], ["p.md:1:1 {{#if a}} block 1", "p.md:1:1 {{#if a}} else 0 implied"]],
    [
      "{{#unless a}}x\n{{else}}y{{/unless}}",
      [{ a: 1 }, {}],
      ["p.md:1:1 {{#unless a}} block 1", "p.md:2:1 {{#unless a}} else 1"],
    ],
    [
      "{{#if a}}x{{else if b}}y{{else}}z{{/if}}",
      [{ a: 1 }, {}],
      ["p.md:1:1 {{#if a}} block 1", "p.md:1:11 {{else if b}} block 0", "p.md:1:25 {{else if b}} else 1"],
    ],
    [
      "{{#each a}}{{#with this}}x{{/with}}{{else}}none{{/each}}",
      [{ a: [{}, {}] }],
      [
        "p.md:1:1 {{#each a}} block 2",
        "p.md:1:12 {{#with this}} block 2",
        "p.md:1:12 {{#with this}} else 0 implied",
        "p.md:1:36 {{#each a}} else 0",
      ],
    ],
    [
      "{{#a}}x{{/a}}{{^b}}y{{/b}}",
      [{ a: true }],
      [
        "p.md:1:1 {{#a}} block 1",
        "p.md:1:1 {{#a}} else 0 implied",
        "p.md:1:14 {{^b}} block 0 implied",
        "p.md:1:14 {{^b}} else 1",
      ],
    ],
    ["{{#if a}}{{/if}}", [], ["p.md:1:1 {{#if a}} block 0", "p.md:1:1 {{#if a}} else 0 implied"]],
    [
      "{{> one}}{{> one a=1}}",
      [{}],
      ["_one.md:1:1 {{#if a}} block 1", "_one.md:1:1 {{#if a}} else 1 implied"],
      { one: "{{#if a}}x{{/if}}" },
    ],
    [
      "{{> tree}}",
      [{ children: [{ children: [{}] }] }],
      ["_tree.md:1:1 {{#each children}} block 2", "_tree.md:1:1 {{#each children}} else 1 implied"],
      { tree: "{{#each children}}{{> tree}}{{/each}}" },
    ],
    [
      "---\ninput:\n  schema:\n    user: { name: string }\n    list(array): string\n---\n{{#with user}}{{name}}{{/with}}{{#each list}}x{{/each}}",
      [],
      [
        "p.md:7:1 {{#with user}} block 0",
        "p.md:7:32 {{#each list}} block 0",
        "p.md:7:32 {{#each list}} else 0 implied",
      ],
    ],
  ])("of %j", (text, inputs, expected, files = {}) => {
    expect(branchesOf(text, inputs, files)).toEqual(expected);
  });
});

it("lines are counted by the smallest part around them", () => {
  const text =
    "---\ndescription: Lines\n---\nOne\n\n{{#if a}}\nTwo\n{{else}}\nThree\n{{/if}}\n{{#> layout}}\nFour\n{{/layout}}";
  const { counter, render } = count(text, { layout: "Top\n{{#each b}}\n{{> @partial-block}}\n{{/each}}" });
  if (counter === undefined) throw new Error("does not compile");
  for (const input of [{ a: 1, b: [1, 2] }, { b: [3] }, { b: [] }]) render(input, {});
  expect(
    counter.read().files.map(({ file, lines }) => [file, lines.map(({ line, count: times }) => `${line}:${times}`)]),
  ).toEqual([
    ["prompts/_layout.md", ["1:3", "2:3", "3:3", "4:3"]],
    ["prompts/p.md", ["4:3", "6:3", "7:1", "8:3", "9:2", "10:3", "11:3", "12:3", "13:3"]],
  ]);
});

it("counting renders the same texts of random templates", () => {
  let compared = 0;
  fc.assert(
    fc.property(template, partials, fc.boolean(), data, (source, partialTexts, isChat, input) => {
      const text = isChat ? `{{role "system"}}${source}{{role "user"}}${source}` : source;
      const { content, render } = count(text, partialTexts);
      if (content === undefined || render === undefined) return;
      compared++;
      const outcome = (work: () => unknown) => {
        try {
          const result = work();
          // Where nothing is rendered, counting can leave a blank message, which otherwise is left out.
          return Array.isArray(result) ? result.filter(({ content: made }) => made.trim() !== "") : result;
        } catch (error) {
          return String(error);
        }
      };
      expect(outcome(() => render(input, {}))).toEqual(outcome(() => renderFunction(content)(input, {})));
    }),
    { seed: 11, numRuns: 200 },
  );
  expect(compared).toBeGreaterThan(75);
});
