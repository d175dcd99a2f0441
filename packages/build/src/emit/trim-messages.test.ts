// The setting `trimMessages`: template and input → messages.

import { describe, expect, it } from "vitest";
import { compileText, renderFunction } from "../../test/render.js";

function render(text: string, input: object, trims = true): unknown {
  const { content, diagnostics } = compileText(text, { rules: "\nBe kind.\n" }, undefined, trims);
  if (content === undefined) return diagnostics;
  const messages = renderFunction(content)(input, {}) as unknown as readonly { role: string; content: unknown }[];
  return messages.map(({ role, content: said }) => [role, said]);
}

const system = (...lines: readonly string[]) => `{{role "system"}}\n${lines.join("\n")}\n{{role "user"}}\n{{query}}\n`;
const values = { query: "\nWhy?\n\n", none: "", items: ["a\n", "b\n"], yes: true };
const user = ["user", "\nWhy?\n\n"];

describe("trimMessages", () => {
  it.each<[name: string, template: string, expected: unknown]>([
    ["removes line ends at the edges, and never those of values", system("Be kind."), [["system", "Be kind."], user]],
    [
      "removes blank lines, and keeps the spaces of a line",
      system("", "  ", "  Be", "", "kind. ", " "),
      [["system", "  Be\n\nkind. "], user],
    ],
    ["keeps what is next to a value", system("{{none}}"), [["system", ""], user]],
    [
      "trims where a block at the end renders something",
      system("Be kind.", "{{#if yes}}", "Really.", "{{/if}}"),
      [["system", "Be kind.\nReally."], user],
    ],
    [
      "trims where a block at the end renders nothing",
      system("Be kind.", "{{#if no}}", "Really.", "{{/if}}"),
      [["system", "Be kind."], user],
    ],
    [
      "trims where a block at the beginning renders nothing",
      system("{{#if no}}", "Really.", "{{/if}}", "Be kind."),
      [["system", "Be kind."], user],
    ],
    [
      "keeps line ends of the last item",
      system("Items:", "{{#each items}}", "- {{this}}", "{{/each}}"),
      [["system", "Items:\n- a\n\n- b\n"], user],
    ],
    [
      "trims after the last item",
      system("Items:", "{{#each items}}", "- {{this}}!", "{{/each}}"),
      [["system", "Items:\n- a\n!\n- b\n!"], user],
    ],
    ["trims partials", system("{{> rules}}"), [["system", "Be kind."], user]],
    [
      "trims where roles depend on the input",
      `{{#if yes}}${system("Be kind.")}{{/if}}`,
      [["system", "Be kind."], user],
    ],
    ["keeps sections apart", system("Be kind.", '{{section "more"}}', ""), [["system", "Be kind.\n"], user]],
    [
      "trims text around media, at the edges only",
      '{{role "user"}}\nSee:\n{{media url=query}}\nWhat is it?\n',
      [
        [
          "user",
          [
            { type: "text", text: "See:\n" },
            { type: "media", url: "\nWhy?\n\n" },
            { type: "text", text: "\nWhat is it?" },
          ],
        ],
      ],
    ],
  ])("%s", (_, template, expected) => {
    expect(render(template, values)).toEqual(expected);
  });

  it("does not concern text prompts", () => {
    expect(compileText("\nHello\n", {}, undefined, true)).toEqual(compileText("\nHello\n"));
  });

  it("changes nothing without the setting", () => {
    expect(render(system("Be kind."), values, false)).toEqual([
      ["system", "\nBe kind.\n"],
      ["user", "\n\nWhy?\n\n\n"],
    ]);
  });
});
