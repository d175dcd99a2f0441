import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { templateTokens } from "./template-tokens.js";

describe("templateTokens", () => {
  it.each([
    ["Hello {{name}}!", ["text Hello ", "value {{name}}", "text !"]],
    ["{{#if a}}{{b}}{{else}}c{{/if}}", ["block {{#if a}}", "value {{b}}", "block {{else}}", "text c", "block {{/if}}"]],
    [
      "{{#each a}}{{#if b}}{{/if}}{{/each}}",
      ["block {{#each a}}", "block {{#if b}}", "block {{/if}}", "block {{/each}}"],
    ],
    ['{{role "system"}}Hi{{history}}', ['role {{role "system"}}', "text Hi", "role {{history}}"]],
    ["{{> tone}}{{!-- {{x}} --}}", ["partial {{> tone}}", "comment {{!-- {{x}} --}}"]],
    ["{{#if}}", ["text {{#if}}"]],
    ["", []],
  ])("%s", (template, expected) => {
    expect(templateTokens(template).map(({ kind, text }) => `${kind} ${text}`)).toEqual(expected);
  });

  it.each([
    ["{{a}} {{b.c}}", ["a", "b"]],
    ["{{#if a}}{{b}}{{else}}{{c}}{{/if}}", ["b", "c"]],
    // Within these blocks, names are those of the value.
    ["{{#each a}}{{b}}{{/each}}{{#with c}}{{d}}{{/with}}{{#e}}{{f}}{{/e}}", []],
    ["{{json a}}{{untrusted b.c}}", ["a", "b"]],
    ["{{date a}}{{@index}}{{../b}}{{this}}", []],
    ['{{history}}{{role "user"}}', []],
  ])("names the variables of the input that %s inserts", (template, expected) => {
    const names = templateTokens(template).flatMap(({ kind, name }) =>
      kind === "value" && name !== undefined ? [name] : [],
    );
    expect(names).toEqual(expected);
  });

  it("loses nothing of a template", () => {
    const part = fc.constantFrom(
      "text\n",
      "{{a}}",
      "{{{b}}}",
      "{{#if a}}",
      "{{/if}}",
      "{{else}}",
      "\\{{c}}",
      "{{~d~}}",
      "{{!x}}",
      "{{> p}}",
      " ",
      "{{{{raw}}}}{{x}}{{{{/raw}}}}",
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const template = parts.join("");
        expect(
          templateTokens(template)
            .map(({ text }) => text)
            .join(""),
        ).toBe(template);
      }),
    );
  });
});
