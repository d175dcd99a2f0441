// A configuration of promptfoo (https://www.promptfoo.dev/docs/configuration/reference/) that compares versions of prompts: the
// texts are rendered here, so that promptfoo only has to send them. Every text is written so that promptfoo's template
// language (Nunjucks) and its file references leave it as it is.

import type { Message } from "@cuecard/runtime";
import type { Expectation, JsonSchema } from "../model.js";
import { messageText } from "./message-text.js";

/** A version of a prompt: a column of promptfoo's table. */
export interface PromptfooColumn {
  /** `greet@v3` */
  readonly label: string;
  /** The model in the front matter. */
  readonly model: string | undefined;
}

export interface PromptfooTest {
  /** `greet: a visit` */
  readonly description: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What each column renders, by its label. */
  readonly rendered: ReadonlyMap<string, readonly Pick<Message, "role" | "content">[]>;
  readonly expect: readonly Expectation[];
  /** The answer that the author wants; `undefined` if the example has none. */
  readonly expected: unknown;
  readonly outputSchema: JsonSchema | undefined;
}

export interface PromptfooRequest {
  readonly columns: readonly PromptfooColumn[];
  readonly tests: readonly PromptfooTest[];
  /** The ids of providers. If there are none, each column is asked of the model in its front matter. */
  readonly providers: readonly string[];
}

/** The provider that returns what it is asked. */
const ECHO = "echo";

export function promptfooConfig({ columns, tests, providers }: PromptfooRequest): Readonly<Record<string, unknown>> {
  const variables = new Map(columns.map(({ label }, index) => [label, `cuecard_${index + 1}`]));
  return {
    description: `Prompts of Cuecard: ${columns.map(({ label }) => label).join(", ")}`,
    prompts: columns.map(({ label }) => ({ id: label, label, raw: `{{ ${variables.get(label)} }}` })),
    providers: providers.length > 0 ? providers : providersOf(columns),
    tests: tests.map((test) => {
      const rendered = [...test.rendered].flatMap(([label, messages]) => {
        const variable = variables.get(label);
        const chat = messages.map((message) => ({ role: message.role, content: messageText(message) }));
        return variable === undefined ? [] : [[variable, literal(JSON.stringify(chat))]];
      });
      const input = Object.entries(test.input).map(([name, value]) => [
        name,
        typeof value === "number" || typeof value === "boolean"
          ? value
          : literal(typeof value === "string" ? value : JSON.stringify(value)),
      ]);
      const assert = assertionsOf(test);
      return {
        description: literal(test.description),
        prompts: [...test.rendered.keys()],
        vars: Object.fromEntries([...input, ...rendered]),
        ...(assert.length === 0 ? {} : { assert }),
      };
    }),
  };
}

/** The models of the front matter as promptfoo's providers, each for its own columns. */
function providersOf(columns: readonly PromptfooColumn[]): unknown[] {
  const labels = new Map<string, string[]>();
  for (const { label, model } of columns) {
    const id = providerOf(model) ?? ECHO;
    labels.set(id, [...(labels.get(id) ?? []), label]);
  }
  if (labels.size === 1) return [...labels.keys()];
  return [...labels].map(([id, prompts]) => ({ id, prompts }));
}

/** `openai/gpt-5` → `openai:gpt-5`. */
function providerOf(model: string | undefined): string | undefined {
  const [, maker, name] = /^([a-z-]+)\/(.+)$/i.exec(model ?? "") ?? [];
  switch (maker?.toLowerCase()) {
    case "openai":
      return `openai:${name}`;
    case "anthropic":
      return `anthropic:messages:${name}`;
    case "google":
    case "googleai":
      return `google:${name}`;
    case "vertexai":
      return `vertex:${name}`;
    case "mistral":
      return `mistral:${name}`;
    default:
      return undefined;
  }
}

/** Expectations are about the prompt, so they read it and not the answer. What is expected of the answer follows. */
function assertionsOf({ expect, expected, outputSchema }: PromptfooTest): unknown[] {
  return [
    ...expect.flatMap((expectation) => {
      const code = conditionOf(expectation);
      return code === undefined ? [] : [{ type: "javascript", metric: "prompt", value: `\n${code}` }];
    }),
    ...(outputSchema === undefined ? [] : [{ type: "is-json", metric: "schema", value: outputSchema }]),
    ...(expected === undefined ? [] : [{ type: "equals", metric: "expected", value: literalValue(expected) }]),
  ];
}

/** JavaScript that is true if an expectation holds. Only `cuecard test` counts tokens, and compares JSON with a schema. */
function conditionOf({ role, kind, value }: Expectation): string | undefined {
  const all = "JSON.parse(context.prompt)";
  const own = role === undefined ? all : `${all}.filter((m) => m.role === ${code(role)})`;
  const text = `${own}.map((m) => m.content.replace(/^(?:[^\\S\\n]*\\n)+|(?:\\n[^\\S\\n]*)+$/g, "")).join("\\n\\n")`;
  switch (kind) {
    case "contains":
      return `return ${text}.includes(${code(value)});`;
    case "not-contains":
      return `return !${text}.includes(${code(value)});`;
    case "matches":
      return `return new RegExp(${code(value)}, "u").test(${text});`;
    case "equals":
      return `return ${text} === ${code(value.replace(/^\n+|\n+$/g, ""))};`;
    case "roles":
      return `return ${all}.map((m) => m.role).join() === ${code(value.join())};`;
    case "json":
      return `JSON.parse(${text});\nreturn true;`;
    case "max-tokens":
      return undefined;
  }
}

/** A string of JavaScript without braces, in which Nunjucks would look for tags. */
function code(text: string): string {
  return JSON.stringify(text).replace(
    /[{}#%\u2028\u2029]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** promptfoo renders texts, and those of lists, but not what is deeper. */
function literalValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => (typeof item === "string" ? literal(item) : item));
  return typeof value === "string" ? literal(value) : value;
}

/** A text that Nunjucks renders as it is, and that does not name a file. */
function literal(text: string): string {
  // Nunjucks also refuses the end of a comment that did not begin.
  const written = text.replace(/\{(?=[{%#])|#(?=\})/g, (found) => `{{"${found}"}}`);
  return /^(?:file|package):/.test(written) ? `{{""}}${written}` : written;
}
