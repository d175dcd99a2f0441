// The setting `trimMessages`: template and input → messages.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileText, renderFunction } from "../../test/render.js";

function render(text: string, input: object, trims = true, section = ""): unknown {
  const { content, diagnostics } = compileText(text, { rules: "\nBe kind.\n" }, undefined, trims);
  if (content === undefined) return diagnostics;
  const messages = renderFunction(content)(input, {}, { s: section }) as unknown as readonly {
    role: string;
    content: unknown;
  }[];
  return messages.map(({ role, content: said }) => [role, said]);
}

const system = (...lines: readonly string[]) => `{{role "system"}}\n${lines.join("\n")}\n{{role "user"}}\n{{query}}\n`;
const values = { query: "\nWhy?\n\n", none: "", items: ["a\n", "b\n"], yes: true };
const user = ["user", "\nWhy?\n\n"];

function trimEdges(text: string, atStart: boolean, atEnd: boolean): string {
  const rest = atStart ? text.replace(/^\s*\n/, "") : text;
  return atEnd ? rest.replace(/\n\s*$/, "") : rest;
}

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

  it("trims what is around values, in any chat template", () => {
    const text = fc.constantFrom("\n", "a", " ", "\n\n", "b\n", "\n c");
    const piece = fc.oneof(
      { weight: 4, arbitrary: text },
      {
        weight: 2,
        arbitrary: fc.constantFrom("{{v}}", "{{none}}", '{{section "s"}}', "{{media url=v}}", "{{> rules}}"),
      },
      { weight: 1, arbitrary: fc.constantFrom('{{role "system"}}', '{{role "user"}}', "{{history}}") },
    );
    const block = fc.tuple(fc.constantFrom("#if v", "#if no", "#each items"), fc.array(piece, { maxLength: 3 }));
    const blocks = block.map(([open, body]) => `{{${open}}}${body.join("")}{{/${open.slice(1).split(" ")[0]}}}`);
    const template = fc.array(fc.oneof({ weight: 3, arbitrary: piece }, blocks), { maxLength: 10 });
    const items = (v: string, none: string) => [
      { v, none },
      { v, none },
    ];
    // A value whose edges cannot be trimmed shows what is around it.
    fc.assert(
      fc.property(template, (parts) => {
        const written = `{{role "user"}}${parts.join("")}`;
        const plain = JSON.stringify(
          render(written, { v: "<V>", none: "<N>", items: items("<V>", "<N>") }, false, "<N>"),
        );
        const expected = (JSON.parse(plain) as [string, string | { type: string; text?: string }[]][]).map(
          ([role, said]) => {
            if (typeof said === "string") return [role, trimEdges(said, true, true)];
            const last = said.length - 1;
            return [
              role,
              said.map((part, at) => ({
                ...part,
                ...(part.text === undefined ? {} : { text: trimEdges(part.text, at === 0, at === last) }),
              })),
            ];
          },
        );
        const actual = JSON.stringify(render(written, { v: "\n<V>\n", none: "", items: items("\n<V>\n", "") }));
        const filled = JSON.stringify(expected).replaceAll("<V>", "\\n<V>\\n").replaceAll("<N>", "");
        expect(actual).toBe(filled);
      }),
      { seed: 1, numRuns: 500 },
    );
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
