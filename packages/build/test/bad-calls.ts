// A package with a prompt of each kind, and values that no caller should pass.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AliasTarget } from "@cuecard/model";
import fc from "fast-check";
import { compile } from "../src/compile.js";
import { makeSnapshot } from "./make-snapshot.js";
import { writePackage } from "./write-package.js";

/** A prompt, as a caller sees it who knows no types. */
export interface AnyPrompt {
  readonly uri: string;
  format(input?: unknown, options?: unknown): unknown;
  messages(input?: unknown, options?: unknown): unknown;
  validate(input?: unknown): unknown;
  partial(values?: unknown): AnyPrompt;
  parseOutput?(answer: unknown): unknown;
  telemetry(input?: unknown, options?: unknown): unknown;
  readonly input: { readonly "~standard": { validate(value: unknown): unknown } };
}

/** What the package exports. */
export interface AnyPackage {
  load(...args: unknown[]): AnyPrompt;
  find(...args: unknown[]): AnyPrompt | undefined;
  at(...args: unknown[]): (...args: unknown[]) => AnyPrompt;
  references(name: unknown): readonly string[];
  isAlias(value: unknown, among?: unknown): boolean;
  isPromptName(value: unknown, among?: unknown): boolean;
  readonly [name: string]: unknown;
}

const PROMPTS = {
  text: `---
input: { schema: { query: string, limit?: number, tone?(enum): [calm, brisk], rows?(array): { name: string, cost: number }, tags?(array): string, more?: any } }
output: { schema: { answer: string, score?: number } }
---
{{query}} {{query}} {{limit}} {{tone}}{{#each rows}}{{name}}: {{cost}}{{/each}}{{#each tags}}{{this}},{{/each}}{{more}}{{json more}}`,
  optional: "---\ninput: { schema: { name?: string } }\n---\nHello {{name}}",
  defaults: "---\ninput: { schema: { who: string, mood: string }, default: { mood: calm } }\n---\n{{who}} is {{mood}}",
  checked: `---
input:
  schema:
    type: object
    properties:
      code: { type: string, pattern: "^[a-z]+$" }
      list: { type: array, items: { type: string, minLength: 1 }, uniqueItems: true }
      tree: { $ref: "#/$defs/node" }
    required: [code]
    additionalProperties: false
    $defs: { node: { type: object, properties: { next: { $ref: "#/$defs/node" } } } }
output: { schema: { type: object, properties: { words: { type: array, items: { type: string, minLength: 1 } } } } }
---
{{code}}{{#each list}}{{this}}{{/each}}{{json tree}}`,
  open: `---
input: { schema: { type: object, additionalProperties: true } }
---
{{name}}{{#each this}}{{@key}}={{this}};{{/each}}{{json this indent=2}}{{#with user}}{{name}}{{lookup this name}}{{/with}}{{#if list}}{{list.length}}{{/if}}`,
  chat: `---
input: { schema: { query: string, images?(array): string } }
output: { format: enum, schema: { type: string, enum: [a, b] } }
---
{{role "system"}}Be calm. {{@now}}{{history}}{{role "user"}}{{#each images}}{{media url=this}}{{/each}}{{section "output"}}{{query}}`,
  pictured: '---\ninput: { schema: { image: string } }\n---\n{{role "system"}}{{media url=image}}{{role "user"}}Hi',
  helped: "---\ninput: { schema: { name: any } }\n---\n{{shout name}}",
};

/** The names of its prompts. */
export const NAMES = Object.keys(PROMPTS) as readonly (keyof typeof PROMPTS)[];

const half: AliasTarget = { kind: "split", arms: [1, 2].map((version) => ({ version, weight: 1 })) };

export async function importPackage(): Promise<AnyPackage> {
  const versions = Object.entries(PROMPTS).map(([name, text]) => [`${name}@v1`, { [`${name}.md`]: text }] as const);
  const { files, diagnostics } = compile(
    makeSnapshot({
      versions: { ...Object.fromEntries(versions), "text@v2": { "text.md": PROMPTS.text } },
      aliases: { text: { half } },
    }),
    {
      versions: "all",
      working: false,
      helpers: {
        signatures: [
          {
            name: "shout",
            positional: [{ name: "word", type: "any", optional: false }],
            named: [],
            returns: ["string"],
          },
        ],
        entry: "helpers/shout.js",
        commonJsEntry: "helpers/shout.cjs",
        files: new Map([["helpers/shout.js", "export const shout = (word) => word.toUpperCase();\n"]]),
      },
    },
  );
  if (files.size === 0) throw new Error(JSON.stringify(diagnostics));
  const { dir } = writePackage(files);
  return (await import(pathToFileURL(join(dir, "dist/index.js")).href)) as AnyPackage;
}

function hostile(of: object): unknown {
  return new Proxy(of, {
    get() {
      throw new Error("no reading");
    },
  });
}

/** Objects that do something when they are read. */
const ACTIVE: readonly (() => unknown)[] = [
  () => ({
    get query() {
      throw new Error("boom");
    },
  }),
  () => ({
    query: {
      toString() {
        throw new Error("no text");
      },
    },
  }),
  () => ({ name: { toJSON: () => Symbol("x") }, query: { [Symbol.toPrimitive]: () => ({}) } }),
  () => hostile({ query: "x" }),
  () => hostile([]),
  () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  () => {
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    return { query: "x", rows: proxy, tags: proxy, more: proxy };
  },
  () => {
    const cyclic: Record<string, unknown> = { query: "x", name: "y", code: "z" };
    return Object.assign(cyclic, { more: cyclic, rows: [cyclic], tree: cyclic, user: cyclic });
  },
  () => ({ query: "x", more: 10n, name: 10n, limit: Number.NaN }),
  () => ({
    query: "x",
    more: new (class Money {
      #amount = 1;
      toString() {
        return this.#amount.toFixed();
      }
    })(),
  }),
  () => ({
    query: "x",
    more: {
      *[Symbol.iterator]() {
        yield 1;
        throw new Error("no more");
      },
    },
    rows: new Map([["a", 1]]),
  }),
  () => ({ query: "\ud800", name: "\udfff", code: "a" }),
  () => JSON.parse('{"__proto__":{"query":"forged"},"constructor":1,"toString":2,"query":"x","name":"y"}'),
  () => Object.assign(Object.create(null), { query: "x", name: "y" }),
  () => Object.assign(Object.create({ query: "inherited" }), { name: "y" }),
  () => Object.freeze({ query: "x", tags: Object.freeze(["a"]), rows: [] }),
  () => ({
    query: "x",
    tags: Object.assign([], { length: 5 }),
    rows: Object.assign([], { 1: { name: "a", cost: 1 } }),
  }),
  () => ({ [Symbol("s")]: 1, query: Symbol("s"), name: Symbol("t"), code: () => "x" }),
  () => new Map([["query", "x"]]),
  () => new Set(["query"]),
  () => Promise.resolve({ query: "x" }),
  () => new Date(0),
  () => new String("query"),
  () => new Proxy(() => undefined, {}),
  () => class {},
  () => ({ query: new Date(Number.NaN), more: new Date(Number.NaN), name: new Date(0) }),
];

const MEMBERS =
  "query name code rows tags list more tree images who history role cost key then __proto__ constructor toString".split(
    " ",
  );

const data = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
  key: fc.constantFrom(...MEMBERS),
});

/** Makes anything that a caller without types may pass. A function, because printing such a value may throw. */
export const anything: fc.Arbitrary<() => unknown> = fc.oneof(
  fc.constantFrom(...ACTIVE),
  data.map((value) => () => value),
  fc.tuple(fc.constantFrom(...MEMBERS), fc.constantFrom(...ACTIVE)).map(([name, make]) => () => ({
    query: "x",
    code: "a",
    who: "y",
    [name]: make(),
  })),
);
