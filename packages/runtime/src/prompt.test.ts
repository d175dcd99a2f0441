// Prompts made by hand as the compiler makes them: what a call does with its input and options.

import { rolldown } from "rolldown";
import { describe, expect, it } from "vitest";
import { PromptInputError } from "./errors.js";
import { plainInput } from "./input.js";
import { chatPrompt, textPrompt } from "./prompt.js";

type Call = (input?: unknown, options?: object) => unknown;
interface Callable {
  readonly format: Call;
  readonly messages: Call;
  readonly partial: (values: object) => Callable;
  readonly validate?: (input: unknown) => unknown;
  readonly inputSchema: object;
}

const SCHEMA = { type: "object", properties: { who: { type: "string" } }, required: ["who"] };
const facts = () => ({
  uri: "prompts:/a/1",
  get inputSchema() {
    return structuredClone(SCHEMA);
  },
});

type Parts = Parameters<typeof textPrompt>[1];

function makeText(parts: Partial<Parts> = {}): Callable {
  // As emitted code begins: it has an input judged, then renders it.
  const render: Parts["render"] =
    (demand) =>
    (input = {}, options) => {
      if (options?.validate !== false) demand?.(input);
      return JSON.stringify([input, options?.context ?? {}, options?.sections ?? {}]);
    };
  return textPrompt(facts, { render, ...parts }) as Callable;
}

const judged = { input: plainInput };

describe("a call", () => {
  it("validates, unless told not to", () => {
    const prompt = makeText(judged);
    expect(() => prompt.format({})).toThrow(PromptInputError);
    expect(() => prompt.messages({}, { validate: true })).toThrow(PromptInputError);
    expect(prompt.format({}, { validate: false })).toBe("[{},{},{}]");
    expect(prompt.messages({}, { validate: false })).toEqual([{ role: "user", content: "[{},{},{}]" }]);
    expect(prompt.validate?.({})).toMatchObject([{ path: "who" }]);
  });

  it("fills in defaults and bound values without validation, too", () => {
    const prompt = makeText({ ...judged, defaults: { who: "Ada", mood: "calm" } });
    expect(prompt.format(undefined, { validate: false })).toBe('[{"who":"Ada","mood":"calm"},{},{}]');
    const bound = prompt.partial({ who: "Bob", mood: undefined });
    expect(bound.format({ mood: undefined, more: 1 }, { validate: false })).toBe(
      '[{"who":"Bob","mood":"calm","more":1},{},{}]',
    );
    expect(bound.format({ who: "Eve" })).toBe('[{"who":"Eve","mood":"calm"},{},{}]');
  });

  it("hands on the very input where there is nothing to fill in", () => {
    const input = { who: "Ada" };
    const seen: unknown[] = [];
    makeText({ render: () => (given) => String(seen.push(given)) }).format(input);
    expect(seen[0]).toBe(input);
  });

  it("hands on context and sections", () => {
    const options = { context: { now: 1 }, sections: { output: "JSON" } };
    expect(makeText().format({}, options)).toBe('[{},{"now":1},{"output":"JSON"}]');
    const chat = chatPrompt(facts, {
      render: () => (_, options) => [{ role: "user", content: JSON.stringify([options?.context, options?.sections]) }],
    }) as Callable;
    expect(chat.messages({}, options)).toEqual([{ role: "user", content: '[{"now":1},{"output":"JSON"}]' }]);
  });

  it.each([null, "text", [1]])("takes no %j for an input", (input) => {
    expect(() => makeText({ ...judged, defaults: { who: "Ada" } }).format(input)).toThrow(PromptInputError);
  });

  it("fills in what is its own alone", () => {
    Object.defineProperty(Object.prototype, "polluted", {
      value: "everywhere",
      configurable: true,
      enumerable: true,
      writable: true,
    });
    try {
      const prompt = makeText({ defaults: { who: "Ada" } });
      const [input] = JSON.parse(String(prompt.format({ polluted: undefined })));
      expect(Object.entries(input)).toEqual([["who", "Ada"]]);
    } finally {
      Reflect.deleteProperty(Object.prototype, "polluted");
    }
  });

  it("works detached from its prompt", () => {
    const { format, messages, partial } = makeText();
    expect([format({ a: 1 }), messages({ a: 1 })]).toEqual([
      '[{"a":1},{},{}]',
      [{ role: "user", content: '[{"a":1},{},{}]' }],
    ]);
    expect(partial({ b: 1 }).format()).toBe('[{"b":1},{},{}]');
  });
});

describe("a prompt", () => {
  it("makes its schema for each asker anew", () => {
    const prompt = makeText();
    expect(prompt.inputSchema).toEqual(SCHEMA);
    expect(prompt.inputSchema).not.toBe(prompt.inputSchema);
    expect(prompt.partial({}).inputSchema).toEqual(SCHEMA);
  });

  it("names the variables of its schema", () => {
    expect(makeText()).toHaveProperty("variables", ["who"]);
  });

  it("without validation has neither validate nor parseOutput", () => {
    expect(makeText()).not.toHaveProperty("validate");
    expect(makeText()).not.toHaveProperty("parseOutput");
    expect(makeText().partial({})).not.toHaveProperty("validate");
  });

  it("refuses to put a system message's media apart from it", () => {
    const prompt = chatPrompt(facts, {
      render: () => () => [{ role: "system", content: [{ type: "media", url: "data:," }] }],
    }) as Callable;
    expect(() => prompt.format({})).toThrow("a system message of prompts:/a/1 holds media");
  });
});

describe("a bundle", () => {
  async function bundle(source: string): Promise<string> {
    const entry = new URL("entry.ts", import.meta.url).pathname;
    const build = await rolldown({
      input: entry,
      plugins: [
        { name: "entry", resolveId: (id) => (id === entry ? id : null), load: (id) => (id === entry ? source : null) },
      ],
    });
    const { output } = await build.generate({ format: "esm" });
    await build.close();
    return output[0].code;
  }
  const MACHINERY = /PromptInputError|PromptOutputError|did you mean|expected|JSON|toLowerCase/;

  it("holds nothing of validation where no prompt has it", async () => {
    const code = await bundle(
      'import { textPrompt, chatPrompt } from "./index.js"; console.log(textPrompt, chatPrompt);',
    );
    expect(code).toContain("function textPrompt");
    expect(code).not.toMatch(MACHINERY);
  });

  it("holds nothing of prompts that nobody uses", async () => {
    const code = await bundle(`
      import { inputJudge, outputReader, plainInput, ajvCheck, textPrompt } from "./index.js";
      const schema = () => ({});
      const plain = /* @__PURE__ */ textPrompt(() => ({}), { input: plainInput });
      const prompt = /* @__PURE__ */ textPrompt(() => ({}), {
        input: (given, uri, complete) => inputJudge(ajvCheck(schema, given), uri, complete),
        output: (given, uri) => outputReader(ajvCheck(schema, given), uri),
      });
      console.log("only this");
    `);
    expect(code.replace(/^\/\/.*$/gm, "").trim()).toBe('console.log("only this");');
  });
});
