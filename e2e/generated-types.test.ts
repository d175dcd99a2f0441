// The types of a generated package, judged by TypeScript 6 and 7 under strict settings: every right call passes, every
// wrong one fails where it stands, in words that name what is wrong.

import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { compile } from "@cuecard/build";
import type { AliasTarget } from "@cuecard/model";
import { createFolder } from "@cuecard/testing";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { makeSnapshot } from "../packages/build/test/make-snapshot.js";
import { writePackage } from "../packages/build/test/write-package.js";

// This file runs two TypeScript compilers: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const require = createRequire(import.meta.url);
const COMPILERS = ["typescript", "typescript7"].map(
  (name) => [name, join(dirname(require.resolve(`${name}/package.json`)), "bin/tsc")] as const,
);

const v = (version: number): AliasTarget => ({ kind: "version", version });
const COST = `---
description: Answers cost questions
model: anthropic/claude-sonnet-4
config: { temperature: 0.2, stop: [END] }
input:
  schema:
    user_context: string, who is asking
    query: string
    tone?(enum): [calm, brisk]
    rows?(array): { name: string, dollars: number }
  default: { user_context: admin }
output:
  schema:
    answer: string, what to tell the user
    sure?: boolean
    mood(enum): [calm, alarmed]
    rows?(array, what it rests on): { name: string, dollars?: number }
tags: { team: finops }
metadata: { owner: finance, limits: { rows: 20 } }
tools: [{ name: rates, inputSchema: { currency: string, "unit?(enum)": [cents, dollars] } }]
---
{{role "system"}}{{user_context}}{{tone}}{{#each rows}}{{name}}{{dollars}}{{/each}}{{role "user"}}{{query}}`;

const VERSIONS = {
  "cost@v1": { "cost.md": COST },
  "cost@v2": {
    "cost.md": COST.replace("query: string", "query: string\n    period: string").replace(
      "{{query}}",
      "{{query}}{{period}}",
    ),
  },
  "team/greet@v1": {
    "team/greet.md": "Hello {{name}}{{#if title}}, {{title}}{{/if}}! {{#each items}}{{label}}{{/each}}",
  },
  "old@v1": { "old.md": "{{price}}" },
  "old@v2": { "old.md": "{{price}} {{tax}}" },
  "ask@v1": {
    "ask.md": `---
input:
  schema:
    query: string, untrusted, what the user asks
    tone: string
    docs?(array, untrusted): { title: string, stars: integer }
---
{{tone}}{{untrusted query}}{{#each docs}}{{untrusted title}}{{untrusted stars}}{{/each}}`,
  },
  "ask@v2": { "ask.md": "---\ninput: { schema: { query: string, tone: string } }\n---\n{{tone}}{{query}}" },
  "summary@v1": { "summary.md": "{{untrusted page}}{{length}}" },
  "plain@v1": { "plain.md": "No variables at all" },
  "outline@v1": {
    "outline.md": "{{title}}{{#each chapters}}{{> tree}}{{/each}}",
    "_tree.md": "{{name}}{{#each parts}}{{> tree}}{{/each}}",
  },
  "shape@v1": { "shape.md": '{{#if a}}{{role "system"}}{{a}}{{/if}}' },
  "shape@v2": { "shape.md": "{{b}}" },
  "answer@v1": { "answer.md": "---\noutput: { schema: { a: string } }\n---\nx" },
  "answer@v2": { "answer.md": "---\noutput: { schema: { type: array, items: { type: integer } } }\n---\nx" },
  "answer@v3": { "answer.md": "x" },
  "answer@v4": { "answer.md": "---\noutput: { schema: { anyOf: [{ type: string }, { title: any }] } }\n---\nx" },
};

const RIGHT = `
import { aliasNames, at, find, isAlias, isPromptName, type LoadedPrompt, load, promptNames, references, trust, untrusted } from "./dist/index.js";
import type { AliasName, FoundPrompt, PromptInput, PromptName, PromptOutput, Prompts, Untrusted } from "./dist/index.js";
import type { V1Input as V1Ask } from "./dist/prompts/ask.js";
import { follow, FollowError, type FollowOptions, type FollowState, type LivePrompts, prompts } from "./dist/follow.js";
import { production, v1, type V1Input, type V1Output } from "./dist/prompts/cost.js";
import { production as split } from "./dist/prompts/team/greet.js";

const cost = load("cost", "production");
const answer = cost.format({ query: "q" });
const system: string = answer.system;
const maybe: string | undefined = load("shape", 1).format({ a: "x" }).system;
const [rates] = cost.tools;
if (rates !== undefined) {
  const unit: { type: ("string" | "null")[]; enum: ("cents" | "dollars" | null)[] } = rates.inputSchema.properties.unit;
  const required: "currency"[] = rates.inputSchema.required;
  const schema: Record<string, unknown> = rates.inputSchema;
  void [maybe, unit, required, schema];
}
for (const message of answer.messages) { const role: "user" | "assistant" = message.role; const content: string = message.content; void [role, content]; }
cost.messages({ query: "q", user_context: "me", tone: null, rows: [{ name: "a", dollars: 1 }] as const }, { history: [{ role: "user", content: "x" }], context: { now: 1 } });
load("cost", 1).format({ query: "q", tone: "calm", rows: undefined });
load("cost", "latest").format({ query: "q", period: "p" });
load("prompts:/cost@production").format({ query: "q" });
load("prompts:/cost/2").format({ query: "q", period: "p" });
load("prompts:/team/greet/latest").format({ name: 1, items: [{ label: "x" }] });
const text: string = load("team/greet", "production", { key: "user-1" }).format({ name: "Ada", items: [] });
const chosen: string = split.choose({ key: "user-1" }).format({ name: "Ada", items: [] });
const none: string = load("plain", 1).format();
const chapters = [{ name: "a", parts: [{ name: "b", parts: [] }] }];
const outline: string = load("outline", 1).format({ title: "t", chapters });
const environment = "production" as "production" | "staging";
load("cost", environment).format({ query: "q", period: "p" });
load("cost", 1).partial({ query: "q" }).format();
load("cost", 2).partial({ query: "q" }).format({ period: "p" });
const model: "anthropic/claude-sonnet-4" = cost.model;
const settings: { temperature: number; stop: string[] } = cost.config;
const team: "finops" = cost.tags.team;
const owner: "finance" = cost.metadata.owner;
const rowLimit: number = load("cost", environment).metadata.limits.rows;
const nothing: Record<never, never> = load("plain", 1).metadata;
const variables: readonly ("user_context" | "query" | "tone" | "rows")[] = cost.variables;
const version: 1 = production.version;
const input: V1Input = { query: "q" };
const same: PromptInput<"cost", "production"> = input;
v1.format(same);
const issues: string[] = v1.validate(JSON.parse("1")).map((issue) => issue.path);
const mixed = load("shape", "latest" as "latest" | "v1").format({ a: "x", b: "y" });
const either: string = typeof mixed === "string" ? mixed : (mixed.system ?? "");
const told: V1Output = v1.parseOutput("{}");
const toldToo: PromptOutput<"cost", "production" | "staging"> = cost.parseOutput({});
const mood: "calm" | "alarmed" = told.mood;
const rows: { name: string; dollars?: number | null }[] = told.rows ?? [];
const written: V1Output = { answer: "x", mood: "calm" };
const sure: boolean | null | undefined = written.sure;
const union: { a: string } | number[] = load("answer", "latest" as "v1" | "v2").parseOutput("[]");
const anything: unknown = load("answer", "v4").parseOutput("[]");
const rest: string = load("cost", 1).partial({ query: "q" }).parseOutput("{}").answer;
cost.format({ query: "q" }, { validate: false, context: {} });
cost.messages({ query: "q" }, { validate: true, history: [] });
const agent = [
  { role: "user" as const, content: "Weather?" },
  { role: "assistant" as const, content: null, tool_calls: [{ id: "c1" }] },
  { role: "tool" as const, content: "sunny", tool_call_id: "c1" },
];
const [turn] = cost.format({ query: "q" }, { history: agent }).messages;
const sender: "user" | "assistant" | "tool" | undefined = turn?.role;
const calls: string[] = cost.messages({ query: "q" }, { history: agent }).map((one) => ("tool_call_id" in one ? (one.tool_call_id ?? "") : one.role));
const foundMessages: string[] = find("prompts:/cost/1", { key: "k" })?.messages({ query: "q" }, { history: agent }).map(({ role }) => role) ?? [];
const shapes = load("shape", "latest" as "latest" | "v1").messages({ a: "x", b: "y" }, { history: agent });
void [toldToo, mood, rows, sure, union, anything, rest, sender, calls, foundMessages, shapes];
const byName = <N extends PromptName>(name: N): LoadedPrompt<N, "latest"> => load(name, "latest");
const byAlias = <N extends "cost" | "team/greet">(name: N, key: string) => load(name, "production", { key });
const byRef = <R extends "production" | "staging">(ref: R) => load("cost", ref);
const generic: string[] = [byName("team/greet").format({ name: 1, items: [] }), byAlias("team/greet", "k").format({ name: 1, items: [] })];
byRef("production").format({ query: "q" });
const latest = at("latest");
const viaAt = <N extends PromptName>(name: N) => latest(name);
viaAt("cost").format({ query: "q", period: "p" });
at("production")("team/greet", { key: "k" }).format({ name: 1, items: [] });
const outside: string | undefined = JSON.parse("1");
if (isAlias(outside)) { const alias: AliasName = outside; at(alias)("cost").format({ query: "q", period: "p" }); }
if (isAlias(outside, ["production"])) at(outside)("cost").format({ query: "q" });
if (isPromptName(outside)) { const known: PromptName = outside; load(known, "latest"); }
const found: FoundPrompt | undefined = find("any", "thing", { key: "k" }) ?? find("prompts:/any@thing", { key: "k" });
if (found?.kind === "text") { const words: string = found.partial({ x: 1 }).format({ anything: 1 }); void words; }
if (found !== undefined) void [found.validate({}), found.parseOutput?.("x"), found.messages(), found.config["temperature"], found.metadata["owner"], found.outputSchema?.["type"]];
const lists: [readonly string[], readonly string[], ("v1" | "v2" | "latest")[]] = [promptNames, aliasNames, references("old")];
const outputSchema: object = cost.outputSchema;
const noSchema: undefined = load("plain", 1).outputSchema;
void [generic, lists, outputSchema, noSchema];
const query = untrusted("q");
const docs = [{ title: untrusted("t"), stars: 1 }] as const;
load("ask", 1).format({ query, tone: "calm", docs });
load("ask", 1).format({ query: "q", tone: "calm", docs: untrusted([{ title: "t", stars: 1 }]) });
load("ask", 1).partial({ query }).format({ tone: "calm", docs: [{ title: "t", stars: untrusted(1) }] });
load("ask", 2).format({ query: trust(query), tone: "calm" });
load("summary", 1).format({ page: untrusted("p"), length: 3 });
const marked: Untrusted<string> = query;
const shared: V1Ask["query"] = marked;
void [shared, JSON.stringify({ query })];
const options: FollowOptions = { source: "https://config.example.com/pointers.json", interval: "30s", onError: (error: FollowError) => error.code };
const live: LivePrompts = prompts.follow(options);
const sameLoad: [typeof load, typeof live.load] = [live.load, load];
const sameFind: [typeof find, typeof live.find] = [live.find, find];
const sameAt: [typeof at, typeof live.at] = [live.at, at];
const followed: string = live.load("cost", "production").format({ query: "q" }).system;
live.at("production")("team/greet", { key: "k" }).format({ name: 1, items: [] });
const state: Promise<FollowState> = live.refresh({ maxAge: "10s" });
const target: string | { readonly [version: string]: number } | undefined = live.state.pointers["cost"]?.["production"];
const reason: string | undefined = live.state.refused[0]?.reason ?? live.state.lastError?.message;
live.close();
follow({ source: async () => ({ cost: { production: "v1" } }) })[Symbol.dispose]();
void [sameLoad, sameFind, sameAt, followed, state, target, reason];
type Given<T extends { "~standard": { types?: unknown } }> = NonNullable<T["~standard"]["types"]>;
const complete: Given<typeof cost.input> = { input: { query: "q" }, output: { query: "q", user_context: "me" } };
const result = cost.input["~standard"].validate(JSON.parse("1"));
if (result.issues === undefined) { const context: string = result.value.user_context; cost.format(result.value); void context; }
else { const keys: readonly (string | number)[] = result.issues[0]?.path ?? []; void keys; }
const checkedDocs = load("ask", 1).input["~standard"].validate({});
if (!checkedDocs.issues) load("ask", 1).format(checkedDocs.value);
void [complete, find("a", 1, { key: "k" })?.input["~standard"].validate({})];
type Names = keyof Prompts;
const name: Names = "team/greet";
void [system, text, chosen, none, outline, model, settings, team, variables, version, issues, either, name];
`;

/** A wrong line and what the compiler's message must hold. */
const WRONG: readonly (readonly [line: string, ...named: string[]])[] = [
  ['load("cost", "production").format({});', "'query'"],
  ['follow({ source: "x" }).load("cost", "production").format({});', "'query'"],
  ['follow({ source: "x" }).load("cost", "prodution");', "not prodution; cost has latest, production, staging, v1, v2"],
  [
    'follow({ source: "x" }).load("team/greet", "production").format({ name: "Ada", items: [] });',
    "production (with { key })",
  ],
  ["follow({ source: 3 });", "'number'"],
  ['follow({ source: "x", intervall: "30s" });', "'intervall'"],
  ['follow({ source: "x", publicKey: undefined });', "exactOptionalPropertyTypes"],
  ['load("cost", "production").format();', "Expected 1-2 arguments"],
  ['load("cost", "production").format({ query: 3 });', "'number'", "'string'"],
  ['load("cost", "production").format({ quer: "x" });', "'quer'", "'query'"],
  ['load("cost", "production").format({ query: "q", tone: "loud" });', '"loud"', '"calm"'],
  ['load("cost", "production").format({ query: "q", rows: [{ name: "x" }] });', "'dollars'"],
  ['load("cost", "latest").format({ query: "q" });', "'period'"],
  ['load("cots", "production");', '"cots"', "the prompts are answer, ask, cost", "isPromptName()"],
  ['load(outside, "production");', "'string'", "isPromptName()", "find()"],
  ['load("cost", "prodution");', "not prodution; cost has latest, production, staging, v1, v2"],
  ['load("cost", 9);', "not 9; cost has latest"],
  ['load("cost", outside);', "isAlias()", "find()", "cost has latest"],
  ['load("prompts:/cots@production");', "no prompt is named cots"],
  ['load("prompts:/cost@prodution");', "not prodution; cost has latest"],
  ['load("prompts:/cost/9");', "not v9; cost has latest"],
  ['load("prompts:/team/greet@production");', "production of team/greet is weighted: pass { key }"],
  ['load("cost@production");', "cost@production is not a URI"],
  ['load("cost");', "pass a reference too; cost has latest"],
  ["load(outside);", "find()"],
  ['load("team/greet", "production").format({ name: "Ada", items: [] });', "production (with { key })"],
  ['load("team/greet", "production", {});', "production (with { key })"],
  ["const f = <N extends PromptName>(name: N) => load(name, 'production');", "not production"],
  ['at("prodution");', '"prodution"', "the aliases are production, staging"],
  ["at(outside);", "'string'", "isAlias()"],
  ['at("staging")("team/greet");', '"team/greet"', "no such prompt, or it lacks the alias"],
  ['at("production")("team/greet");', '"team/greet"', "pass { key }"],
  ['isAlias(outside, ["prodution"]);', '"prodution"'],
  ['find("cost", "v1");', "'SplitOptions'"],
  ['references("cots");', '"cots"'],
  ['const s: string = load("shape", 1).format({ a: "x" }).system;', "undefined"],
  ['const s: object = load("plain", 1).outputSchema;', "'undefined'"],
  ['load("cost", "production" as "production" | "staging").format({ query: "q" });', "'period'"],
  ['load("cost", "production" as string);', "string"],
  ['load("cost", 1).partial({ quer: "x" });', "'quer'"],
  ['load("cost", 2).partial({ query: "q" }).format({});', "'period'"],
  ['const m: "system" = load("cost", 1).format({ query: "q" }).messages[0]!.role;', '"system"'],
  ['load("outline", 1).format({ title: "t", chapters: [{ name: "a", parts: [{ name: "b" }] }] });', "'parts'"],
  ['load("answer", "v3").parseOutput("x");', "'parseOutput'"],
  ['load("answer", "v1" as "v1" | "v3").parseOutput("x");', "'parseOutput'"],
  ['const o: PromptOutput<"answer", "v3"> = {};', "'never'"],
  ['const o: { a: string } = load("answer", "v1" as "v1" | "v2").parseOutput("x");', "number[]"],
  ['const a: number = load("cost", 1).parseOutput("x").answer;', "'number'"],
  ['const d: number = load("cost", 1).parseOutput("x").rows![0]!.dollars;', "undefined"],
  ['const m: "sad" = load("cost", 1).parseOutput("x").mood;', '"calm"'],
  ['const o: V1Output = { answer: "x", mood: "calm", sure: undefined };', "exactOptionalPropertyTypes"],
  ['load("cost", 1).format({ query: "q" }, { sections: {} });', "'sections'"],
  ['load("cost", 1).format({ query: "q" }, { validate: 1 });', "'number'"],
  ['load("team/greet", 1).format({ name: "x", items: [] }, { history: [] });', "'history'"],
  ['load("cost", 1).messages({ query: "q" }, { history: [{ role: "system", content: "x" }] });', "'\"system\"'"],
  ['load("cost", 1).messages({ query: "q" }, { history: [{ role: "user", contnet: "x" }] });', "'content'"],
  ['load("cost", 1).format({ query: "q" }, { history: [{ role: "tool", content: 1 }] });', "'number'"],
  ['load("ask", 1).format({ query: "q", tone: untrusted("calm") });', "'Untrusted<string>'", "'string'"],
  ['load("ask", 2).format({ query: untrusted("q"), tone: "calm" });', "'Untrusted<string>'"],
  ['load("ask", "v1" as "v1" | "v2").format({ query: untrusted("q"), tone: "calm" });', "'Untrusted<string>'"],
  ['load("ask", 1).format({ query: untrusted(3), tone: "calm" });', "'Untrusted<number>'"],
  [
    'load("ask", 1).format({ query: "q", tone: "calm", docs: [{ title: "t", stars: untrusted("5") }] });',
    "'Untrusted<string>'",
  ],
  ['load("summary", 1).format({ page: "p", length: untrusted("3") });', "'Untrusted<string>'"],
  ['const s: string = untrusted("q");', "'Untrusted<string>'"],
  ['const s: string = load("shape", "latest" as "latest" | "v1").format({ a: "x", b: "y" });', "'string'"],
];

/** What emitted types of a prompt with media and sections give; no template is needed to have such a type. */
const GALLERY = `
import type { ChatPrompt, ContentPart, PromptSpec, TextPrompt } from "@cuecard/runtime";
interface Gallery extends PromptSpec {
  readonly kind: "chat"; readonly input: { photo: string }; readonly role: "system" | "user"; readonly system: string;
  readonly section: "output" | "style"; readonly media: true; readonly validated: false; readonly output: { a: string };
}
declare const gallery: ChatPrompt<Gallery>;
interface Letter extends Omit<Gallery, "kind" | "media"> { readonly kind: "text"; readonly media: false }
declare const letter: TextPrompt<Letter>;
const options = { sections: { output: "JSON" }, validate: false } as const;
const content: string | ContentPart[] = gallery.messages({ photo: "x" }, options)[0]!.content;
const history = [{ role: "user" as const, content: [{ type: "media" as const, url: "data:," }] }];
gallery.format({ photo: "x" }, options).messages[0]!.content;
gallery.messages({ photo: "x" }, { ...options, history });
const text: string = letter.messages({ photo: "x" }, { sections: {} })[0]!.content;
void [content, text];
`;

const WRONG_GALLERY: typeof WRONG = [
  ['gallery.messages({ photo: "x" }, { sections: { outptu: "x" } });', "'outptu'", "'output'"],
  ['const c: string = gallery.messages({ photo: "x" })[0]!.content;', "ContentPart[]"],
  ["gallery.validate({});", "'validate'"],
  ["gallery.input;", "'input'"],
  ['gallery.parseOutput("{}");', "'parseOutput'"],
  ['const c: string = letter.messages({ photo: "x" }, { history })[0]!.content;', "'string'"],
];

const OPTIONS = {
  target: "es2022",
  module: "nodenext",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  skipLibCheck: false,
  types: [],
};

const WORLDS = [
  ["with no retired version", {}],
  ["with a retired version", { "old@v1": "It left out the tax" }],
] as const;

const IMPORTS = `import { at, find, isAlias, load, type PromptName, type PromptOutput, references, untrusted } from "./dist/index.js"; import { follow } from "./dist/follow.js"; import type { V1Output } from "./dist/prompts/cost.js"; declare const outside: string;`;

/** The modules that each compiler checks beside the package of each world, in one run. */
const MODULES: Readonly<Record<string, string>> = {
  "right.ts": RIGHT,
  "wrong.ts": wrongModule(IMPORTS, WRONG),
  "gallery.ts": GALLERY,
  "wrong-gallery.ts": wrongModule(GALLERY.trim().replaceAll("\n", " "), WRONG_GALLERY),
};

/** The folders of the packages. */
const folders = new Map<string, string>();

beforeAll(() => {
  for (const [world, retired] of WORLDS) {
    const { dir } = writePackage(compileWorld(retired));
    for (const [name, text] of Object.entries(MODULES)) writeFileSync(join(dir, name), text);
    folders.set(world, dir);
  }
});

function compileWorld(retired: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const aliases = {
    cost: { production: v(1), staging: v(2) },
    "team/greet": {
      production: {
        kind: "split",
        arms: [
          { version: 1, weight: 1 },
          { version: 2, weight: 1 },
        ],
      } as AliasTarget,
    },
  };
  const versions = { ...VERSIONS, "team/greet@v2": VERSIONS["team/greet@v1"] };
  const snapshot = makeSnapshot({ versions, aliases, retired });
  const { files, diagnostics } = compile(snapshot, { versions: "all", working: false });
  expect(diagnostics).toEqual([]);
  return files;
}

describe.each(COMPILERS)("under %s", (_, tsc) => {
  /** What the compiler says of each module, by its absolute path. */
  const messages = new Map<string, string[]>();

  beforeAll(() => {
    const dir = createFolder("check");
    const files = [...folders.values()].flatMap((folder) => Object.keys(MODULES).map((name) => join(folder, name)));
    writeFileSync(join(dir, "tsconfig.json"), JSON.stringify({ compilerOptions: OPTIONS, files }));
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", "."], { cwd: dir, encoding: "utf8" });
    for (const message of stdout.trim().split(/\n(?=\S)/)) {
      const [file = ""] = message.split("(");
      const found = resolve(dir, file);
      messages.set(found, [...(messages.get(found) ?? []), message]);
    }
  });

  describe.each(WORLDS)("%s", (world) => {
    const messagesOf = (file: string) => messages.get(join(folders.get(world) ?? "", file)) ?? [];

    it("the compiler is there, and complains only about wrong modules", () => {
      expect(existsSync(tsc)).toBe(true);
      const wrong = [...folders.values()].flatMap((dir) => [join(dir, "wrong-gallery.ts"), join(dir, "wrong.ts")]);
      expect([...messages.keys()].sort()).toEqual(wrong.sort());
    });

    it("every right call passes", () => {
      expect(messagesOf("right.ts")).toEqual([]);
    });

    it("every wrong call fails, and the message names what is wrong", () => {
      expect(findUnnamed(WRONG, messagesOf("wrong.ts"))).toEqual([]);
    });

    it("media, sections and what validates are there for the prompts that have them", () => {
      expect(messagesOf("gallery.ts")).toEqual([]);
      expect(findUnnamed(WRONG_GALLERY, messagesOf("wrong-gallery.ts"))).toEqual([]);
    });
  });
});

/** One wrong call a line, below a line of imports. */
function wrongModule(imports: string, wrong: typeof WRONG): string {
  return `${imports}\n${wrong.map(([line]) => `{ ${line} }`).join("\n")}\n`;
}

/** The wrong calls that no message, or another one, is about. */
function findUnnamed(wrong: typeof WRONG, messages: readonly string[]): string[] {
  const byLine = new Map<number, string>();
  for (const message of messages) {
    const line = Number(/^[^(]+\.ts\((\d+),/.exec(message)?.[1]);
    byLine.set(line, `${byLine.get(line) ?? ""}${message}`);
  }
  return wrong.flatMap(([line, ...named], index) => {
    const message = byLine.get(index + 2) ?? "nothing";
    return named.every((text) => message.includes(text)) ? [] : [`${line}: ${message}`];
  });
}
