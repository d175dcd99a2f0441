import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { compileText } from "../../test/render.js";
import { instantiate } from "../emit/instantiate.js";
import type { DraftMessage } from "./print-messages.js";
import { type PromptDraft, printPrompt } from "./print-prompt.js";

// Random cases take longer on a slow machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

function compiled(text: string) {
  // Random texts have characters that cannot be seen.
  const { content, diagnostics } = compileText(text, {}, new Map(), false, [], () => true);
  if (content === undefined) throw new Error(`${text}\n${diagnostics.map(({ message }) => message).join("; ")}`);
  return content;
}

function messagesOf(text: string): unknown {
  const facts = { name: "p", version: 1, commit: "", digest: "", notes: "", retired: undefined, scores: [] };
  return instantiate({ ...facts, content: compiled(text) }).messages({}, {});
}

describe("a printed prompt", () => {
  it("reads as people write one", () => {
    const text = printPrompt({
      description: "Answers cost questions: totals, trends",
      model: "anthropic/claude-sonnet-4",
      config: { temperature: 0.2, stop: ["END"] },
      inputSchema: { query: "string, what is asked", "tone?(enum)": ["calm", "brisk"] },
      defaults: { tone: "calm" },
      outputFormat: "json",
      outputSchema: { answer: "string" },
      tags: { team: "finops", urgent: true },
      messages: [
        { role: "system", content: "You are a cost analyst.\nBe {{tone}}." },
        "history",
        { role: "user", content: "{{query}}" },
      ],
    });
    expect(text).toBe(`---
description: "Answers cost questions: totals, trends"
model: anthropic/claude-sonnet-4
config:
  temperature: 0.2
  stop:
    - END
input:
  schema:
    query: string, what is asked
    tone?(enum):
      - calm
      - brisk
  default:
    tone: calm
output:
  format: json
  schema:
    answer: string
tags:
  team: finops
  urgent: true
---
{{role "system"~}}
You are a cost analyst.
Be {{tone}}.
{{~history}}
{{~role "user"~}}
{{query}}
`);
    expect(compiled(text)).toMatchObject({
      kind: "chat",
      roles: ["system", "user"],
      model: "anthropic/claude-sonnet-4",
    });
  });

  it.each<[draft: PromptDraft, text: string]>([
    [{ template: "x", description: "Two\n  lines\n" }, "---\ndescription: |\n  Two\n    lines\n---\nx\n"],
    [{ template: "x", description: " \n---\n" }, '---\ndescription: "\\ \\n---\\n"\n---\nx\n'],
    [{ template: "Hello {{name}}" }, "Hello {{name}}"],
    [{ template: " \n as it is \n\n" }, " \n as it is \n\n"],
    [{ template: "Hello\r\n", model: "x" }, "---\nmodel: x\n---\nHello\n"],
    [{ template: "---\nmodel: y\n---\nHello" }, "---\n---\n---\nmodel: y\n---\nHello\n"],
    [{ template: "--- js" }, "---\n---\n--- js\n"],
  ])("of %j is %j", (draft, text) => {
    expect(printPrompt(draft)).toBe(text);
    expect(compiled(text).description).toBe(draft.description);
    const kept =
      draft.model === undefined && !draft.template?.startsWith("---") ? draft.template : draft.template?.trim();
    expect(compiled(text).template).toBe(kept);
  });
});

// Not fast-check's own unit `binary`, which keeps a table of all characters in memory.
const anyText = fc.string({ unit: fc.nat({ max: 0x10ffff }).map((point) => String.fromCodePoint(point)) });

// Any text that is not a tag, with single braces and backslashes anywhere.
const plain = fc
  .array(
    fc.oneof(
      anyText,
      fc.constantFrom("\n", " ", "\\", "{", "}", "---", "\n---\n", "#", "é", '"', "'", "~", "\t", "\r\n"),
    ),
  )
  .map((parts) =>
    parts
      .join("")
      .replaceAll("\0", "")
      .replaceAll(/\{(?=\{)/g, "")
      .replaceAll("\r\n", "\n"),
  )
  .map((text) => text.replace(/\p{Surrogate}/gu, ""))
  .filter((text) => !text.includes("{{"));
const content = plain.filter((text) => text.trim() !== "" && !text.endsWith("{"));
const json = fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes("\\u0000"));
const record = fc.dictionary(
  anyText.filter((key) => key !== "__proto__" && !/\0|\p{Surrogate}/u.test(key)),
  json,
);
const facts = fc.record(
  {
    description: plain,
    model: plain,
    config: record,
    metadata: record,
    tools: fc.array(fc.oneof(plain, record), { maxLength: 3 }),
    tags: fc.dictionary(
      plain.filter((key) => key !== "__proto__"),
      plain,
    ),
    outputFormat: plain,
    examples: json.map((expected) => [{ name: "one", input: {}, expected }]),
  },
  { requiredKeys: [] },
);

/** YAML refuses integers that it would lose digits of: they are not written as numbers. */
function isKept(value: unknown): boolean {
  return !/(?<![\d.eE+-])-?\d{16,}/.test(JSON.stringify(value));
}

/** A compiled content that was read from the cache has also passed through JSON. */
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value ?? null));

describe("parsing gives a printed prompt again", () => {
  it("facts and the template of a text prompt", () => {
    fc.assert(
      fc.property(
        facts.filter(isKept),
        plain.filter((text) => !text.startsWith("\uFEFF")),
        (given, template) => {
          const text = printPrompt({ ...given, template });
          const back = compiled(text);
          expect(back.template).toBe(text.startsWith("---\n") ? template.trim() : template);
          expect(back.description).toBe(given.description);
          expect(back.model).toBe(given.model);
          expect(back.outputFormat).toBe(given.outputFormat);
          expect(back.config).toEqual(asJson(given.config ?? {}));
          expect(back.metadata).toEqual(asJson(given.metadata ?? {}));
          expect(back.tools).toEqual(asJson(given.tools ?? []));
          expect(back.tags).toEqual(given.tags ?? {});
          expect(back.examples).toEqual(asJson(given.examples ?? []));
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  it("the messages of a chat prompt", () => {
    const role = fc.constantFrom("system" as const, "user" as const, "assistant" as const, "tool" as const);
    const message: fc.Arbitrary<DraftMessage> = fc.oneof(
      { weight: 5, arbitrary: fc.record({ role, content }) },
      { weight: 1, arbitrary: fc.constant("history" as const) },
    );
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 5 }), fc.option(plain), (messages, model) => {
        const text = printPrompt({ messages, ...(model === null ? {} : { model }) });
        const spoken = messages.filter((one) => one !== "history");
        const last = messages.at(-1);
        const wanted = spoken.map((one) =>
          model !== null && one === last ? { ...one, content: one.content.trimEnd() } : one,
        );
        expect(messagesOf(text)).toEqual(wanted);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
