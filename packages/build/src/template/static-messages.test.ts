import fc from "fast-check";
import { expect, it } from "vitest";
import { compileText, renderFunction } from "../../test/render.js";

const PARTIALS = { rules: "Be brief.", turn: 'Hi{{role "assistant"}}Hello{{role "user"}}', named: "{{name}}" };

it.each([
  ['{{role "system"}}Be brief.{{role "user"}}{{q}}', 1],
  ['{{role "system"}}Be brief.{{role "user"}}Hi{{role "assistant"}}Hello{{role "user"}}{{q}}', 3],
  ['{{role "system"}}Be brief, {{name}}.{{role "user"}}Hi', 0],
  ['{{role "system"}}{{> rules}}{{role "user"}}{{q}}', 1],
  ['{{role "system"}}\n  {{> rules}}\n{{role "user"}}{{q}}', 1],
  ['{{role "system"}}{{> named}}{{role "user"}}{{q}}', 0],
  ['{{role "user"}}{{> turn}}{{q}}', 2],
  ['{{role "system"}}Be brief.{{#if q}}{{role "user"}}{{q}}{{/if}}', 0],
  ['{{role "system"}}Be brief.{{role "user"}}{{#if q}}{{q}}{{/if}}', 1],
  ['{{role "system"}}Be brief.{{history}}Well', 1],
  ['{{role "system"}}Be brief.{{section "x"}}{{role "user"}}Hi', 0],
  ['{{role "system"}} \n{{role "user"}}Hi', 1],
  ['{{role "system"}}Be brief.{{role "user"}}Hi', 2],
  ["{{q}}", 0],
  ["Hi", 0],
])("%s has %i", (template, count) => {
  expect(compileText(template, PARTIALS).content?.staticMessages ?? 0).toBe(count);
});

it("counts messages that are the same for every input", () => {
  const piece = fc.constantFrom(
    ...["Hello", " \n", '{{role "system"}}', '{{role "user"}}', '{{role "assistant"}}', "{{history}}", "{{q}}"],
    ...["{{#if q}}", "{{else}}", "{{/if}}", "{{> rules}}", "{{> turn}}", '{{section "s"}}', "{{media url=q}}"],
  );
  let counted = 0;
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.boolean(), (pieces, trims) => {
      const { content } = compileText(`{{role "user"}}${pieces.join("")}`, PARTIALS, undefined, trims);
      if (content === undefined) return;
      const count = content.staticMessages ?? 0;
      const render = renderFunction(content);
      const [first, ...others] = ["", "x"].flatMap((q) =>
        ["", "y"].map((s) => (render({ q }, {}, { s }, []) as unknown as readonly unknown[]).slice(0, count)),
      );
      expect(first).toHaveLength(count);
      for (const other of others) expect(other).toEqual(first);
      counted += count;
    }),
    { seed: 1, numRuns: 400 },
  );
  expect(counted).toBeGreaterThan(50);
});
