// The text that every rendering begins with, compared with renderings.

import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { data, partials, template } from "../test/arbitrary-template.js";
import { compileText, renderFunction } from "../test/render.js";
import { staticPrefix } from "./static-prefix.js";

// Random cases take longer on a slow machine.
vi.setConfig({ testTimeout: 60_000 });

function prefixOf(text: string, partialTexts: Readonly<Record<string, string>> = {}) {
  const files = Object.entries(partialTexts).map(([name, body]) => ({ path: `prompts/_${name}.md`, text: body }));
  const content = { prompt: { path: "prompts/p.md", text }, partials: files };
  return staticPrefix({ name: "p", promptsDir: "prompts", content, helpers: [] });
}

describe("the static prefix", () => {
  it.each<[text: string, prefix: string, end: string | undefined]>([
    ["Always the same.", "Always the same.", undefined],
    ["---\nmodel: m\n---\nHi {{name}}!", "Hi ", "prompts/p.md:4 {{name}}"],
    ["{{#if a}}x{{/if}}y", "", "prompts/p.md:1 {{#if a}}"],
    ['{{role "system"}}Rules.{{role "user"}}Now {{q}}', "Rules.Now ", "prompts/p.md:1 {{q}}"],
    ['{{role "system"}}Rules.{{history}}Now', "Rules.", "prompts/p.md:1 {{history}}"],
    ["{{! a note }}One{{> rules}}", "OneBe kind to ", "prompts/_rules.md:1 {{who}}"],
    ["One\n  {{> list}}\n{{x}}", "One\n  - a\n  - b\n", "prompts/p.md:3 {{x}}"],
  ])("%j", (text, prefix, end) => {
    const found = prefixOf(text, { rules: "Be kind to {{who}}.", list: "- a\n- b\n" });
    expect(found?.text).toBe(prefix);
    const place = found?.end === undefined ? undefined : `${found.end.file}:${found.end.line} ${found.end.tag}`;
    expect(place).toBe(end);
  });

  it("is what every rendering begins with", () => {
    let compared = 0;
    fc.assert(
      fc.property(template, partials, data, (text, partialTexts, input) => {
        const { content } = compileText(text, partialTexts);
        if (content === undefined || content.kind !== "text") return;
        const prefix = prefixOf(text, partialTexts);
        if (prefix === undefined) throw new Error("it compiles, so it has a prefix");
        const rendered = renderFunction(content)(input, {});
        compared++;
        expect(rendered.slice(0, prefix.text.length)).toBe(prefix.text);
        if (prefix.end === undefined) expect(rendered).toBe(prefix.text);
      }),
      { seed: 1, numRuns: 400 },
    );
    expect(compared).toBeGreaterThan(100);
  });
});
