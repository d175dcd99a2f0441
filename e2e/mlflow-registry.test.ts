// What users of MLflow's prompt registry do, one after the other, on a real repository: each test is one of their steps and
// goes on where the last one ended. Names in brackets are MLflow's.

import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { createFolder } from "@cuecard/testing";
import { formatText, openRegistry, type Registry } from "cuecard";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// This file runs programs: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const root = path.resolve(import.meta.dirname, "..");
const dir = createFolder();
let registry: Registry;

const git = async (...args: string[]): Promise<string> => (await runCommand("git", args, { cwd: dir })).trim();

beforeAll(async () => {
  await git("init", "--quiet", "--initial-branch=main");
  await git("config", "user.name", "Ada");
  await git("config", "user.email", "ada@example.com");
  await mkdir(path.join(dir, "packages/prompts"), { recursive: true });
  await writeFile(path.join(dir, "packages/prompts/package.json"), '{ "name": "@acme/prompts", "type": "module" }\n');
  await writeFile(path.join(dir, ".gitignore"), "node_modules/\ndist/\n");
  await mkdir(path.join(dir, "node_modules/@cuecard"), { recursive: true });
  await symlink(path.join(root, "packages/runtime"), path.join(dir, "node_modules/@cuecard/runtime"), "junction");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "An empty registry");
  registry = await openRegistry({ dir });
});
afterAll(() => registry.close());

/** What was done, or a test that fails with the findings. */
function done<T extends object>(outcome: {
  readonly result?: T | undefined;
  readonly plan?: T | undefined;
  readonly diagnostics: Parameters<typeof formatText>[0];
}): T {
  const value = outcome.result ?? outcome.plan;
  if (value === undefined) throw new Error(formatText(outcome.diagnostics));
  return value;
}

async function applyAliases(planned: Awaited<ReturnType<Registry["planAliases"]>>): Promise<void> {
  done(await registry.applyAliases(done(planned)));
}

/** A loaded prompt as code without types sees it. */
interface Loaded {
  readonly version: number;
  readonly digest: string;
  readonly notes: string;
  readonly model: string;
  readonly config: unknown;
  readonly tags: unknown;
  readonly template: string;
  readonly variables: readonly string[];
  readonly outputSchema: unknown;
  format(input: object): string;
  messages(input: object): unknown;
  partial(input: object): Loaded;
  parseOutput(text: string): unknown;
}

let builds = 0;

/** The generated package as a service loads it: built, and imported anew. */
async function load(name: string, ref: string | number): Promise<Loaded> {
  const { diagnostics } = await registry.build();
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(formatText(errors));
  const copy = path.join(dir, `packages/prompts/dist-${builds++}`);
  await runCommand("cp", ["-r", path.join(dir, "packages/prompts/dist"), copy], { cwd: dir });
  const module: { load(name: string, ref: string | number): Loaded } = await import(
    pathToFileURL(path.join(copy, "index.js")).href
  );
  return module.load(name, ref);
}

const SUMMARIZATION =
  "Summarize content you are provided with in {{num_sentences}} sentences.\n\nSentences: {{sentences}}";

it("registers a first version [register_prompt]", async () => {
  const registered = done(
    await registry.register({
      name: "summarization",
      template: SUMMARIZATION,
      notes: "Initial commit",
      tags: { author: "ada@example.com", task: "summarization", language: "en" },
    }),
  );
  expect(registered).toMatchObject({ name: "summarization", version: 1, created: true });
  expect(await git("tag", "--list")).toBe("summarization@v1");
  expect(await git("for-each-ref", "--format=%(contents:subject)", "refs/tags")).toBe("Initial commit");
});

it("registers a changed text as the next version, and the same text as none", async () => {
  const next = { name: "summarization", template: `${SUMMARIZATION}\nBe brief.`, notes: "Improvement" };
  expect(done(await registry.register(next))).toMatchObject({ version: 2, created: true });
  expect(done(await registry.register(next))).toMatchObject({ version: 2, created: false });
});

it("sets an alias [set_prompt_alias]", async () => {
  await applyAliases(await registry.planAliases({ kind: "set", name: "summarization", alias: "production", to: "v1" }));
  expect(JSON.parse(await readFile(path.join(dir, "aliases.json"), "utf8"))).toMatchObject({
    summarization: { production: "v1" },
  });
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "Point production at v1");
});

it("loads by alias, by version and the latest [load_prompt], and formats", async () => {
  const production = await load("summarization", "production");
  expect(production.version).toBe(1);
  expect(production.format({ num_sentences: 1, sentences: "One. Two." })).toBe(
    "Summarize content you are provided with in 1 sentences.\n\nSentences: One. Two.",
  );
  expect((await load("summarization", 2)).notes).toBe("Improvement");
  expect((await load("summarization", "v1")).tags).toMatchObject({ task: "summarization" });
  expect((await load("summarization", "latest")).version).toBe(2);
  await expect(load("summarization", 3)).rejects.toThrow(/summarization.*v?3/);
  await expect(load("sumarization", "production")).rejects.toThrow(/did you mean "summarization"/);
});

it("formats in steps [format with allow_partial]", async () => {
  const prompt = await load("summarization", "production");
  const filled = prompt.partial({ num_sentences: 2 });
  expect(filled.format({ sentences: "One." })).toContain("in 2 sentences");
  expect(() => prompt.format({})).toThrow(/num_sentences[\s\S]*sentences/);
});

it("moves production, and rolls it back", async () => {
  await applyAliases(await registry.planAliases({ kind: "set", name: "summarization", alias: "production", to: "v2" }));
  await git("commit", "--quiet", "--all", "--message", "Point production at v2");
  expect((await load("summarization", "production")).version).toBe(2);
  await applyAliases(await registry.planRollback({ name: "summarization", alias: "production" }));
  await git("commit", "--quiet", "--all", "--message", "Roll production back");
  expect((await load("summarization", "production")).version).toBe(1);
});

it("deletes an alias [delete_prompt_alias]; who loads it is told its name", async () => {
  await applyAliases(await registry.planAliases({ kind: "set", name: "summarization", alias: "beta", to: "v2" }));
  expect((await load("summarization", "beta")).version).toBe(2);
  await applyAliases(await registry.planAliases({ kind: "delete", name: "summarization", alias: "beta" }));
  await expect(load("summarization", "beta")).rejects.toThrow(/no version or alias "beta" \(summarization@beta\)/);
  const { kind, problem } = (await registry.load("summarization@beta")) as { kind: string; problem?: string };
  expect([kind, problem]).toEqual(["unknown", expect.stringContaining("beta")]);
});

it("registers a chat prompt with a response format and a model's settings [template as messages]", async () => {
  done(
    await registry.register({
      name: "agent/qa",
      messages: [
        { role: "system", content: "You are a helpful assistant of {{company}}." },
        { role: "user", content: "{{question}}" },
      ],
      outputSchema: { type: "object", properties: { answer: { type: "string" } }, required: ["answer"] },
      model: "openai/gpt-5-mini",
      config: { temperature: 0.2, maxOutputTokens: 500 },
      tags: { team: "finops", task: "qa" },
      description: "Answers questions",
    }),
  );
  const prompt = await load("agent/qa", "latest");
  expect(prompt.messages({ company: "Acme", question: "What is {{this}}?" })).toEqual([
    { role: "system", content: "You are a helpful assistant of Acme." },
    { role: "user", content: "What is {{this}}?" },
  ]);
  expect(prompt.outputSchema).toMatchObject({ required: ["answer"] });
  expect(prompt.parseOutput('{ "answer": "42" }')).toEqual({ answer: "42" });
  expect(() => prompt.parseOutput("{}")).toThrow(/answer/);
  expect([prompt.model, prompt.config]).toEqual(["openai/gpt-5-mini", { temperature: 0.2, maxOutputTokens: 500 }]);
  expect(prompt.variables).toEqual(["company", "question"]);
});

it.each([
  ["name = 'summarization'", ["summarization@v1", "summarization@v2"]],
  ["name = 'summarization' AND version = 'latest'", ["summarization@v2"]],
  ["name LIKE 'agent%' AND tags.team = 'finops'", ["agent/qa@v1"]],
  ["tags.task = 'qa' OR alias = 'production'", ["agent/qa@v1", "summarization@v1"]],
  ["name ILIKE '%QA' AND tags.`task` != 'summarization'", ["agent/qa@v1"]],
  ["name LIKE 'agent%' AND tags.team = 'platform'", []],
])("searches by %s [search_prompts]", async (query, expected) => {
  const outcome = await registry.search(query);
  if (outcome.kind !== "found") throw new Error(JSON.stringify(outcome));
  const found = outcome.value.results.filter(({ version }) => version !== "working");
  expect(found.map(({ name, version }) => `${name}@v${version}`)).toEqual(expected);
});

it("tells a prompt's history: versions with notes, and where production was [search_prompt_versions]", async () => {
  const outcome = await registry.history("summarization");
  if (outcome.kind !== "found") throw new Error(JSON.stringify(outcome));
  const { versions, moves } = outcome.value;
  expect(versions.map(({ version, notes }) => [version, notes])).toEqual([
    [2, "Improvement"],
    [1, "Initial commit"],
  ]);
  expect(versions[0]?.author?.email).toBe("ada@example.com");
  expect(moves.map(({ alias, subject }) => `${alias}: ${subject}`)).toEqual([
    "production: Roll production back",
    "production: Point production at v2",
    "production: Point production at v1",
  ]);
});

it("compares two versions side by side", async () => {
  const outcome = await registry.compare("summarization@v1", "summarization@v2");
  expect(outcome.kind).toBe("found");
  expect(JSON.stringify(outcome)).toContain("Be brief.");
});

it("keeps versions as they are, whatever becomes of the file and of the labels [set_prompt_version_tag]", async () => {
  const before = await load("summarization", "v1");
  const file = path.join(dir, "prompts/summarization.md");
  await writeFile(file, "---\ntags: { task: other }\n---\nSomething else: {{text}}\n");
  await git("commit", "--quiet", "--all", "--message", "Rewrite it all");
  const after = await load("summarization", "v1");
  expect([after.template, after.digest, after.tags]).toEqual([before.template, before.digest, before.tags]);
  expect((await load("summarization", "latest")).version).toBe(2);
});

it("records what a version scored [log_metric], and shows it", async () => {
  done(
    await registry.applyScore(
      done(
        await registry.planScore({ reference: "summarization@v2", metrics: { accuracy: 0.92 }, dataset: "news-v1" }),
      ),
    ),
  );
  const outcome = await registry.history("summarization");
  if (outcome.kind !== "found") throw new Error(JSON.stringify(outcome));
  expect(outcome.value.versions[0]?.scores).toMatchObject([{ metric: "accuracy", value: 0.92, dataset: "news-v1" }]);
});

it("takes a version out of use [delete_prompt_version], but not one that an alias points at", async () => {
  const used = await registry.planRetire({ references: ["summarization@v1"], reason: "Too long" });
  expect(used.plan).toBeUndefined();
  expect(formatText(used.diagnostics)).toContain("production");
  done(
    await registry.applyRetire(
      done(await registry.planRetire({ references: ["summarization@v2"], reason: "It invents facts" })),
    ),
  );
  expect((await load("summarization", "latest")).version).toBe(1);
  const next = { name: "summarization", template: `${SUMMARIZATION}\nKeep to the facts.` };
  expect(done(await registry.register(next))).toMatchObject({ version: 3, created: true });
});
