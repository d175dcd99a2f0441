// What a call records is read back as it was passed, whatever the values are, and lines are read whatever the chunks.

import { instantiate } from "@cuecard/build";
import type { PromptTelemetry } from "@cuecard/runtime";
import fc from "fast-check";
import { expect, it } from "vitest";
import { compileText } from "../../../build/test/render.js";
import { decodeInput } from "./decode-input.js";
import { recordedCalls } from "./recorded-calls.js";
import { readLines } from "./trace-lines.js";

const TEXT = `---
input: { schema: { a: any, b?: any, text?: string, list?(array): string } }
---
{{json a}} {{json b}} {{json text}} {{json list}}`;

const { content } = compileText(TEXT, {});
if (content === undefined) throw new Error("it does not compile");
const facts = { name: "p", version: 1, commit: "c", digest: "sha256-x", notes: "", retired: undefined, scores: [] };
const prompt = instantiate({ ...facts, content });

const value = fc.oneof(fc.jsonValue(), fc.anything(), fc.string({ unit: "binary" }));

it("gives the input of a call, or why it is not whole", () => {
  const input = fc.record({ a: value, b: value, text: fc.string(), list: fc.array(fc.string()) }, { requiredKeys: [] });
  let whole = 0;
  fc.assert(
    fc.property(input, (given) => {
      const { telemetry } = prompt as unknown as { telemetry(input: unknown): PromptTelemetry };
      const span = JSON.parse(JSON.stringify({ attributes: telemetry(given) }));
      const [call] = recordedCalls(span, 1);
      if (call === undefined) throw new Error("no call");
      const decoded = decodeInput(call, content, content);
      if ("reason" in decoded) {
        expect(decoded.reason).toBe("not-recorded");
        return;
      }
      whole++;
      const render = (values: object) => prompt.messages(values as never, { validate: false } as never);
      expect(render(decoded.input)).toEqual(render(given));
    }),
    { seed: 7, numRuns: 500 },
  );
  expect(whole).toBeGreaterThan(150);
});

it("reads the same lines in any chunks", async () => {
  const line = fc.stringMatching(/^[^\n\r\uFEFF]*$/);
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 9 }), fc.boolean(), async (lines, size, ends) => {
      const bytes = Buffer.from(lines.join("\n") + (ends ? "\n" : ""));
      async function* chunks() {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      }
      const found: unknown[] = [];
      for await (const read of readLines(chunks(), 40)) found.push([read.number, read.text]);
      const text = (one: string) => (Buffer.byteLength(one) > 40 ? undefined : Buffer.from(one).toString());
      const expected = lines.map((one, index) => [index + 1, text(one)] as const);
      expect(found).toEqual(expected.filter(([, one]) => one === undefined || one.trim() !== ""));
    }),
    { seed: 3, numRuns: 200 },
  );
});
