// Prompts made by hand, as the compiler makes them: what a call does with its input and options.

import { rolldown } from "rolldown";
import { describe, expect, it } from "vitest";
import { PromptInputError } from "./errors.js";
import { plainInputValidator } from "./input.js";
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
const metadata = () => ({
  uri: "prompts:/a/1",
  get inputSchema() {
    return structuredClone(SCHEMA);
  },
});

type Template = Parameters<typeof textPrompt>[1];

function makeText(parts: Partial<Template> = {}): Callable {
  const render: Template["render"] = (_, options, input) =>
    JSON.stringify([input, options?.context ?? {}, options?.sections ?? {}]);
  return textPrompt(metadata, { render, isPolluted: () => false, ...parts }) as Callable;
}

const validated = { input: plainInputValidator };

/** The paths of objects that can be changed; getters make new ones. */
function changeable(value: unknown, path = "prompt"): string[] {
  if (typeof value !== "object" || value === null) return [];
  const members = Object.entries(Object.getOwnPropertyDescriptors(value)).flatMap(([name, { value: member }]) =>
    changeable(member, `${path}.${name}`),
  );
  return Object.isFrozen(value) ? members : [path, ...members];
}

it("is frozen with all that it contains, and so is what partial() makes", () => {
  const data = () => ({
    ...metadata(),
    inputSchema: SCHEMA,
    config: { stop: ["a"], more: { deep: [{}] } },
    tools: [{}],
  });
  for (const make of [textPrompt, chatPrompt]) {
    const prompt = make(data, { render: () => [] as never, isPolluted: () => false }) as Callable;
    expect(changeable(prompt)).toEqual([]);
    expect(changeable(prompt.partial({ who: "Ada" }))).toEqual([]);
  }
  const schema = makeText().inputSchema;
  expect(schema).not.toBe(makeText().inputSchema);
});

describe("a call", () => {
  it("validates, unless `validate` is false", () => {
    const prompt = makeText(validated);
    expect(() => prompt.format({})).toThrow(PromptInputError);
    expect(() => prompt.messages({}, { validate: true })).toThrow(PromptInputError);
    expect(prompt.format({}, { validate: false })).toBe("[{},{},{}]");
    expect(prompt.messages({}, { validate: false })).toEqual([{ role: "user", content: "[{},{},{}]" }]);
    expect(prompt.validate?.({})).toMatchObject([{ path: "who" }]);
  });

  it("fills in defaults and bound values without validation, too", () => {
    const prompt = makeText({ ...validated, defaults: { who: "Ada", mood: "calm" } });
    expect(prompt.format(undefined, { validate: false })).toBe('[{"who":"Ada","mood":"calm"},{},{}]');
    const bound = prompt.partial({ who: "Bob", mood: undefined });
    expect(bound.format({ mood: undefined, more: 1 }, { validate: false })).toBe(
      '[{"who":"Bob","mood":"calm","more":1},{},{}]',
    );
    expect(bound.format({ who: "Eve" })).toBe('[{"who":"Eve","mood":"calm"},{},{}]');
  });

  it("passes the caller's input if there is nothing to fill in", () => {
    const input = { who: "Ada" };
    const seen: unknown[] = [];
    makeText({ render: (...given) => String(seen.push(...given)) }).format(input);
    expect(seen[0]).toBe(input);
    expect(seen[2]).toBe(input);
  });

  it("hands on context and sections", () => {
    const options = { context: { now: 1 }, sections: { output: "JSON" } };
    expect(makeText().format({}, options)).toBe('[{},{"now":1},{"output":"JSON"}]');
    const chat = chatPrompt(metadata, {
      isPolluted: () => false,
      render: (_, options) => [{ role: "user", content: JSON.stringify([options?.context, options?.sections]) }],
    }) as Callable;
    expect(chat.messages({}, options)).toEqual([{ role: "user", content: '[{"now":1},{"output":"JSON"}]' }]);
  });

  it.each([null, "text", [1]])("takes no %j for an input", (input) => {
    expect(() => makeText({ ...validated, defaults: { who: "Ada" } }).format(input)).toThrow(PromptInputError);
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
    const prompt = chatPrompt(metadata, {
      isPolluted: () => false,
      render: () => [{ role: "system", content: [{ type: "media", url: "data:," }] }],
    }) as Callable;
    expect(() => prompt.format({})).toThrow("a system message of prompts:/a/1 contains media");
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
  const MACHINERY = /PromptInputError|PromptOutputError|did you mean|expected|JSON\.parse|toLowerCase/;

  it("contains no validation code if no prompt validates", async () => {
    const code = await bundle(
      'import { textPrompt, chatPrompt } from "./index.js"; console.log(textPrompt, chatPrompt);',
    );
    expect(code).toContain("const textPrompt");
    expect(code).not.toMatch(MACHINERY);
  });

  it("contains nothing of unused prompts", async () => {
    const code = await bundle(`
      import { compiledInputValidator, compiledOutputParser, plainInputValidator, textPrompt } from "./index.js";
      const makeInputCheck = () => () => true;
      const text = /* @__PURE__ */ ["a", "b"].join("\\n");
      const templateV1 = { render: (input) => text, input: plainInputValidator, isPolluted: (prototype) => "a" in prototype };
      const templateV2 = {
        render: (input) => text,
        input: compiledInputValidator,
        makeInputCheck,
        output: compiledOutputParser,
        makeOutputCheck: makeInputCheck,
        isPolluted: () => false,
      };
      const v1 = /* @__PURE__ */ textPrompt(() => ({}), templateV1);
      const v2 = /* @__PURE__ */ textPrompt(() => ({}), templateV2);
      console.log("only this");
    `);
    expect(code.replace(/^\/\/.*$/gm, "").trim()).toBe('console.log("only this");');
  });
});
