// Comparing versions by `cuecard diff`, and by programs.

import { createProject, prepared, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { openRegistry } from "../src/index.js";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const FIRST = `---
model: acme/small
input: { schema: { name: string } }
examples: [{ name: Ada, input: { name: Ada } }]
---
Hello {{name}}, how are you?

One.
Two.
Three.
Four.
Five.
Six.

{{> ending}}
`;

const project = prepared((): TestRepository => {
  const repository = createProject({ "prompts/greet.md": FIRST, "prompts/_ending.md": "Bye." });
  repository.commit();
  repository.tag("greet@v1", "First");
  repository.write({
    "prompts/greet.md": FIRST.replace("small", "large")
      .replace("name: string", "name: string, place?: string")
      .replace("Hello", "Good day")
      .replace("Six.\n", "Six.\nSeven.\n{{place}}\n")
      .replace("{{place}}", "{{#if place}}In {{place}}.{{/if}}"),
    "prompts/_ending.md": "Bye now.",
    "aliases.json": '{ "greet": { "production": "v1", "ab": { "v1": 1, "v2": 1 } } }\n',
  });
  repository.commit();
  repository.tag("greet@v2", "Second");
  return repository;
});

async function run(dir: string, line: string) {
  return runCommand(line.split(" "), { cwd: dir });
}

const EXPECTED = `greet@v1 → greet@v2
  - input "place" is new and optional
  - model changed from "acme/small" to "acme/large"

Template
  │ [-Hello-]{+Good day+} {{name}}, how are you?
  │
  │ One.
  ┆
  │ Five.
  │ Six.
  │ {+Seven.+}
  │ {+{{#if place}}In {{place}}.{{/if}}+}
  │
  │ {{> ending}}

_ending.md
  │ Bye{+ now+}.
`;

describe("diff", () => {
  it.each([
    ["greet@v1 greet@v2"],
    ["greet@v1 @v2"],
    ["greet@v1..v2"],
    ["greet v1 v2"],
    ["greet@v1 v2"],
    ["prompts/greet.md v1 latest"],
    ["greet@production"],
    ["greet production"],
    ["prompts:/greet/1 greet"],
  ])("`%s` tells what breaks, what else differs, then the texts by words", async (references) => {
    const { code, stdout, stderr } = await run(project().dir, `diff ${references}`);
    const isWorking = references.endsWith("production");
    expect(stderr).toBe("");
    expect(stdout).toBe(isWorking ? EXPECTED.replace("greet@v2", "greet@working") : EXPECTED);
    expect(code).toBe(0);
  });

  it("explains that a prompt without versions has nothing to be compared with", async () => {
    const { dir } = createProject({ "prompts/greet.md": "Hello\n" });
    const { code, stdout } = await run(dir, "diff greet");
    expect(stdout).toContain("no version has been released, so the working file was compared with itself\n");
    expect(code).toBe(0);
  });

  it("marks changes that break callers, in both directions", async () => {
    const { stdout } = await run(project().dir, "diff greet@v2 greet@v1");
    expect(stdout).toContain('greet@v2 → greet@v1  breaks callers\n  ! input "place" is no longer accepted\n');
  });

  it("renders the examples of both sides with both versions", async () => {
    const { dir } = project();
    const { stdout } = await run(dir, "diff greet@v1..v2 --rendered");
    expect(stdout.slice(stdout.indexOf("\nExample"))).toBe(`
Example: Ada
  │ [-Hello-]{+Good day+} Ada, how are you?
  │
  │ One.
  ┆
  │ Five.
  │ Six.
  │ {+Seven.+}
  │
  │
  │ Bye{+ now+}.
`);
  });

  it("reports which side rejects an example", async () => {
    const repository = project();
    repository.write({
      "prompts/greet.md": "---\nexamples: [{ name: both, input: { name: Ada, age: 3 } }]\n---\nHi {{name}}, {{age}}",
    });
    const { stdout } = await run(repository.dir, "diff greet@v2 --rendered");
    expect(stdout).toContain("Example: both\n");
    expect(stdout).toContain("  greet@working rejects it: the input is not valid for prompts:/greet/working: - age:");
  });

  it("shows messages by their roles", async () => {
    const repository = createProject({
      "prompts/chat.md":
        '---\nexamples: [{ name: one, input: { q: x } }]\n---\n{{role "system"}}Be kind.{{role "user"}}{{q}}',
    });
    repository.commit();
    repository.tag("chat@v1");
    repository.write({
      "prompts/chat.md": (await import("node:fs"))
        .readFileSync(`${repository.dir}/prompts/chat.md`, "utf8")
        .replace("kind", "brief"),
    });
    const { stdout } = await run(repository.dir, "diff chat@v1 --rendered");
    expect(stdout).toContain("Example: one\n  │ [system]\n  │ Be [-kind-]{+brief+}.\n");
  });

  it("prints JSON", async () => {
    const { stdout } = await run(project().dir, "diff greet@v1..v2 --json --rendered");
    expect(JSON.parse(stdout)).toMatchObject({
      before: { name: "greet", version: 1, ref: "v1" },
      after: { name: "greet", version: 2, ref: "v2" },
      breaking: false,
      changes: [
        { subject: "input", path: "place", change: "added", breaking: false },
        { subject: "model", change: "changed", before: "acme/small", after: "acme/large" },
      ],
      texts: [
        { path: "", change: "changed" },
        {
          path: "_ending.md",
          words: [
            { kind: "same", text: "Bye" },
            { kind: "added", text: " now" },
            { kind: "same", text: "." },
          ],
        },
      ],
      rendered: [{ name: "Ada", input: { name: "Ada" }, before: { text: expect.stringContaining("Hello Ada") } }],
    });
  });

  it("shows the scores of both sides if there are any", async () => {
    const { dir } = project();
    await run(dir, "score greet@v1 --metric accuracy=0.8 --dataset hellos");
    await run(dir, "score greet@v2 --metric accuracy=0.9 --dataset hellos");
    const { stdout } = await run(dir, "diff greet@v1..v2");
    expect(stdout).toContain(
      "\nScores\n  METRIC    v1   v2   v2 − v1        DATA SET\n  accuracy  0.8  0.9  +0.1 (+12.5%)  hellos\n",
    );
    expect(JSON.parse((await run(dir, "diff greet@v1 --json")).stdout).before.scores).toEqual([
      { metric: "accuracy", value: 0.8, dataset: "hellos" },
    ]);
  });

  it("exits with 1 if the versions differ, with --exit-code", async () => {
    const { dir } = project();
    expect((await run(dir, "diff greet@v1..v2 --exit-code")).code).toBe(1);
    const same = await run(dir, "diff greet@v2 --exit-code");
    expect([same.code, same.stdout]).toEqual([0, "greet@v2 → greet@working\n  no differences\n"]);
  });

  it("compares the arm that the key selects", async () => {
    const { dir } = project();
    expect((await run(dir, "diff greet@ab")).stderr).toContain("greet@ab is split between v1 and v2");
    expect((await run(dir, "diff greet@ab greet@v1 --key user-1")).code).toBe(0);
  });

  it.each([
    ["diff gret@v1", 1, 'the prompt "gret" does not exist'],
    ["diff greet@v1 greet@v7", 1, 'did you mean "greet@v2"?'],
    ["diff greet@v1..v2 greet@v1", 2, "already names both versions"],
    ["diff greet@v1 v2 v3", 2, "greet@v1 and v2 are two versions"],
    ["diff greet v1 v2 v3", 2, "two versions can be compared"],
    ["diff greet prodution", 1, 'did you mean "greet@production"?'],
    ["diff", 2, "missing required argument 'ref'"],
  ])("`%s` fails", async (line, code, message) => {
    const found = await run(project().dir, line);
    expect(found.stderr).toContain(message);
    expect(found.code).toBe(code);
  });

  it("shows the errors of a side that does not compile", async () => {
    const repository = project();
    repository.write({ "prompts/greet.md": "{{#if name}}" });
    const { code, stderr } = await run(repository.dir, "diff greet@v1");
    expect(stderr).toContain("prompts/greet.md:1:1  error  template/syntax");
    expect(code).toBe(1);
  });

  it("prints control characters of a prompt as visible text", async () => {
    const repository = project();
    repository.write({ "prompts/greet.md": "Hello \u001b[31m{{name}}" });
    const { stdout } = await run(repository.dir, "diff greet@v1");
    expect(stdout).not.toContain("\u001b");
  });
});

it("is available from a program", async () => {
  const registry = await openRegistry({ dir: project().dir });
  const compared = await registry.compare("greet@v1", "greet@v2", { rendered: true });
  if (compared.kind !== "found") throw new Error(compared.kind);
  expect(compared.value.comparison.breaking).toBe(false);
  expect(compared.value.rendered?.map(({ name }) => name)).toEqual(["Ada"]);
  expect((await registry.compare("greet@v1", "greet@nothing")).kind).toBe("unknown");
  registry.close();
});
