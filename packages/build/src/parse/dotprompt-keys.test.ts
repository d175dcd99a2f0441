// Compares front-matter keys with dotprompt's own parser: they mean the same as in a `.prompt` file.

import { Dotprompt } from "dotprompt";
import { describe, expect, it } from "vitest";
import { compileText } from "../../test/render.js";

const parse = (source: string) => new Dotprompt().parse(source);

function compiled(frontMatter: string) {
  const { content, diagnostics } = compileText(`---\n${frontMatter}\n---\nHello`);
  if (content === undefined) throw new Error(diagnostics.map(({ message }) => message).join("; "));
  return content;
}

describe("keys of dotprompt", () => {
  it.each([
    "model: googleai/gemini-1.5-flash",
    "description: Greets",
    "config: { temperature: 0.9, stopSequences: [a, b] }",
    "input: { schema: { a: string }, default: { a: x } }",
    "output: { format: json, schema: { ok: boolean } }",
    "output: { format: text }",
    "tools: [search, calendar]",
    "myext.setting: 1",
    "myext.one: 1\nmyext.two: [2]\nother.deep.three: { x: 3 }",
    "a.b.c: 1\na.b: 2\na.b.d: 3",
    "a.: 1\n.b: 2\n1.5: x",
  ])("%s", (frontMatter) => {
    const theirs = parse(`---\n${frontMatter}\n---\nHello`);
    const ours = compiled(frontMatter);
    expect(ours.ext).toEqual(theirs.ext);
    expect(ours.model).toEqual(theirs.model);
    expect(ours.description).toEqual(theirs.description);
    expect(ours.config).toEqual(theirs.config);
    expect(ours.tools).toEqual(theirs.tools ?? []);
    expect(ours.defaults).toEqual(theirs.input?.default ?? {});
    expect(ours.outputFormat).toEqual(theirs.output?.format);
    expect(ours.template).toBe(theirs.template);
  });

  it("keeps definitions of tools beside their names, as dotprompt's own key has them", () => {
    const frontMatter = "tools: [search]\ntoolDefs: [{ name: now, inputSchema: { type: object } }]";
    const theirs = parse(`---\n${frontMatter}\n---\nHello`);
    expect(compiled(frontMatter).tools).toEqual([...(theirs.tools ?? []), ...(theirs.toolDefs ?? [])]);
  });

  it("merges dotted keys with the content of ext, which dotprompt drops", () => {
    expect(compiled("ext: { a: { x: 1, y: 2 }, b: 3 }\na.x: 4\nb.z: 5").ext).toEqual({
      a: { x: 4, y: 2 },
      b: { z: 5 },
    });
  });

  it("takes no namespace for what objects inherit, as dotprompt does", () => {
    const { ext } = compiled("__proto__.polluted: 1\nconstructor.x: 1");
    expect(Object.entries(ext)).toEqual([
      ["__proto__", { polluted: 1 }],
      ["constructor", { x: 1 }],
    ]);
    expect(Object.getPrototypeOf(ext)).toBe(Object.prototype);
  });
});
