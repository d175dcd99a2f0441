// The commands that look back and around, on real repositories, by both readers of git.

import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { createProject, createProjectFolder, greetProject, type TestRepository } from "@cuecard/testing";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { openRegistry } from "../src/index.js";
import { type CommandResult, runCommand } from "./run-command.js";

// This file runs many git commands: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const today = "2026-01-01"; // when the repositories of tests are made

/** Output without what differs from run to run. */
function settled({ stdout }: CommandResult): string {
  return stdout
    .replaceAll(today, "<today>")
    .replace(/\b[0-9a-f]{10}\b/g, "<commit>")
    .replace(/sha256-\S+/g, "<digest>");
}

/** `greet` with two versions, three aliases and moves of them; read by one of the readers. */
function greeting(git: string): TestRepository {
  const repository = greetProject();
  repository.write({ "cuecard.config.json": JSON.stringify({ git }) });
  const move = (aliases: object, message: string) => {
    repository.write({ "aliases.json": `${JSON.stringify({ greet: aliases })}\n` });
    repository.commit(message);
  };
  move({ production: "v2", staging: { v1: 1, v2: 3 } }, "Promote greet\n\nIt is better.");
  move({ production: "v1", staging: { v1: 1, v2: 3 } }, "Roll back");
  return repository;
}

describe.each(["native", "isomorphic"])("history (%s)", (git) => {
  it("shows versions, and how aliases moved", async () => {
    const { dir } = greeting(git);
    const result = await runCommand(["history", "greet"], { cwd: dir });
    expect(settled(result)).toBe(
      `greet@v2  <today>  Ada  staging 75%
    <digest>  <commit>

greet@v1  <today>  Ada  production, staging 25%
    First version
    <digest>  <commit>

Alias moves
DATE        ALIAS       MOVE                               BY   COMMIT
<today>  production  v2 → v1                            Ada  <commit> Roll back
<today>  dev         working → deleted                  Ada  <commit> Promote greet
<today>  production  v1 → v2                            Ada  <commit> Promote greet
<today>  staging     v1 50% / v2 50% → v1 25% / v2 75%  Ada  <commit> Promote greet
<today>  dev         set to working                     Ada  <commit> Change
<today>  production  set to v1                          Ada  <commit> Change
<today>  staging     set to v1 50% / v2 50%             Ada  <commit> Change
`,
    );
    expect([result.code, result.stderr]).toEqual([0, ""]);
  });

  it("keeps to one alias, and says when that never was", async () => {
    const { dir } = greeting(git);
    const { stdout } = await runCommand(["history", "greet", "--alias", "production", "--json"], { cwd: dir });
    const { versions, moves } = JSON.parse(stdout);
    expect(versions).toHaveLength(2);
    expect(moves.map(({ from, to, subject }: Record<string, unknown>) => [from, to, subject])).toEqual([
      ["v2", "v1", "Roll back"],
      ["v1", "v2", "Promote greet"],
      [null, "v1", "Change"],
    ]);
    const misspelt = await runCommand(["history", "greet", "--alias", "prodution"], { cwd: dir });
    expect(misspelt.stderr).toBe('note: no commit ever set the alias "prodution"; did you mean "production"?\n');
  });

  it("gives everything as JSON", async () => {
    const { dir, git: run } = greeting(git);
    const { stdout } = await runCommand(["history", "greet", "--json"], { cwd: dir });
    const { versions, moves, ...rest } = JSON.parse(stdout);
    expect(rest).toEqual({ name: "greet", formerNames: [], renamedTo: null, removed: null, truncated: false });
    const ada = { name: "Ada", email: "ada@example.com", date: expect.stringContaining(today) };
    expect(versions[1]).toEqual({
      name: "greet",
      version: 1,
      commit: run("rev-parse", "greet@v1^{commit}").trim(),
      date: expect.stringContaining(today),
      author: ada,
      tagger: ada,
      notes: "First version",
      digest: expect.stringMatching(/^sha256-/),
      aliases: [
        { alias: "production", share: 1 },
        { alias: "staging", share: 0.25 },
      ],
      scores: [],
      retired: null,
      problem: null,
    });
    expect(versions[0]).toMatchObject({ version: 2, tagger: null, author: ada });
    expect(moves[0]).toEqual({
      name: "greet",
      alias: "production",
      from: "v2",
      to: "v1",
      commit: run("rev-parse", "HEAD").trim(),
      date: expect.stringContaining(today),
      author: ada,
      subject: "Roll back",
    });
  });

  it("shows scores, and that a version is retired", async () => {
    const repository = greeting(git);
    await runCommand(["lock"], { cwd: repository.dir });
    const { readFileSync } = await import("node:fs");
    const lock = readFileSync(path.join(repository.dir, "prompts.lock"), "utf8");
    repository.write({
      "prompts.lock": lock.replace(/^greet@v2.*$/m, '$& retired "It shouts"'),
      "aliases.json": '{ "greet": { "production": "v1" } }',
      "prompts/greet.scores.jsonl": [
        '{"version":"v1","metric":"accuracy","value":0.5,"dataset":"d"}',
        '{"version":"v1","metric":"accuracy","value":0.92,"dataset":"d"}',
        '{"version":"v1","metric":"cost","value":3}',
        "",
      ].join("\n"),
    });
    const { stdout } = await runCommand(["history", "greet"], { cwd: repository.dir });
    expect(stdout).toMatch(/greet@v2 .* retired\n {4}Retired: It shouts\n/);
    expect(stdout).toContain("\n    accuracy 0.92 on d, cost 3\n");
    expect(stdout).not.toContain("0.5");
  });

  it("goes on under the names that the prompt had before", async () => {
    const repository = greeting(git);
    repository.git("mv", "prompts/greet.md", "prompts/hello.md");
    repository.write({ "prompts/hello.md": "---\nrenamed_from: greet\n---\nHi {{name}}, welcome to {{place}}!\nBye." });
    repository.write({ "aliases.json": '{ "hello": { "production": "v1" } }' });
    repository.commit("Rename");
    repository.tag("hello@v1", "Renamed");
    const { stdout } = await runCommand(["history", "hello"], { cwd: repository.dir });
    expect([...stdout.matchAll(/^\S+@v\d/gm)].map(([version]) => version)).toEqual([
      "hello@v1",
      "greet@v2",
      "greet@v1",
    ]);
    expect(stdout).toMatch(/hello@production +set to v1/);
    expect(stdout).toMatch(/greet@production +v1 → deleted/);
    const blame = await runCommand(["blame", "hello"], { cwd: repository.dir });
    expect(blame.stdout.split("\n").map((line) => line.split(" ")[0])).toEqual([
      "greet@v2",
      "v1",
      "greet@v2",
      "greet@v2",
      "v1",
      "",
    ]);
    const former = await runCommand(["history", "greet"], { cwd: repository.dir });
    expect(former.stdout).toMatch(/^Renamed to hello\n\nDeleted on/);
  });

  it("still knows a prompt whose file is gone, and one that has no version", async () => {
    const repository = greeting(git);
    rmSync(path.join(repository.dir, "prompts/greet.md"));
    repository.write({ "prompts/young.md": "Hi" });
    const commit = repository.commit("Remove it");
    const { stdout } = await runCommand(["history", "greet"], { cwd: repository.dir });
    expect(stdout).toContain(`Deleted on ${today} by Ada in ${commit.slice(0, 10)}\n\ngreet@v2`);
    const young = await runCommand(["history", "young"], { cwd: repository.dir });
    expect([young.stdout, young.code]).toEqual(["young has no versions yet\n", 0]);
  });

  it("says what is wrong with a version that cannot be used", async () => {
    const repository = greeting(git);
    repository.write({ "prompts.lock": `greet@v1 ${"1".repeat(40)} sha256-${"A".repeat(43)}=\n` });
    const { stdout, stderr, code } = await runCommand(["history", "greet"], { cwd: repository.dir });
    expect(stdout).toMatch(/greet@v1 .*\n {4}.*greet@v1/);
    expect(stderr).toMatch(/\d errors?.*; run `cuecard check` for details/);
    expect(code).toBe(1);
  });

  it.each([
    ["gret", 'error: the prompt "gret" does not exist\nhint: did you mean "greet"?\n'],
    ["greet@v1", "error: history takes a prompt, not a version\nhint: run `cuecard history greet`\n"],
    ["../x", expect.stringContaining('the prompt "../x" does not exist')],
  ])("refuses %s", async (name, message) => {
    const { dir } = greeting(git);
    expect(await runCommand(["history", name], { cwd: dir })).toEqual({ code: 1, stdout: "", stderr: message });
  });

  it("says what a shallow clone lacks", async () => {
    const { dir } = greeting(git);
    const clone = createProjectFolder();
    execFileSync("git", ["clone", "--quiet", "--depth=1", "--no-tags", `file://${dir}`, path.join(clone, "x")]);
    const { stdout } = await runCommand(["history", "greet"], { cwd: path.join(clone, "x") });
    expect(stdout).toBe(
      "greet has no versions yet\n\nThis clone lacks older alias moves; run `git fetch --unshallow` to get them.\n",
    );
  });
});

describe.each(["native", "isomorphic"])("blame (%s)", (git) => {
  it("shows who brought which line, partials where asked for", async () => {
    const repository = createProject({
      "prompts/a.md": "One {{x}}\nTwo\n",
      "cuecard.config.json": `{"git":"${git}"}`,
    });
    repository.commit();
    repository.tag("a@v1");
    repository.write({ "prompts/a.md": "Zero\nOne {{x}}\n{{> p}}\n", "prompts/_p.md": "P\n" });
    repository.commit();
    repository.tag("a@v2");
    repository.write({ "prompts/a.md": "Zero\nOne {{x}}\nNew\n{{> p}}\n", "prompts/_p.md": "P\nQ\n" });
    const working = await runCommand(["blame", "a", "--partials"], { cwd: repository.dir });
    expect(settled(working)).toBe(`prompts/a.md
v2       <today>  Ada  1 │ Zero
v1       <today>  Ada  2 │ One {{x}}
working                   3 │ New
v2       <today>  Ada  4 │ {{> p}}

prompts/_p.md
v2       <today>  Ada  1 │ P
working                   2 │ Q
`);
    const second = await runCommand(["blame", "a@v2", "--json"], { cwd: repository.dir });
    const { files, ...rest } = JSON.parse(second.stdout);
    expect(rest).toEqual({ name: "a", version: 2, skipped: [] });
    expect(files).toHaveLength(1);
    expect(files[0].path).toBe("prompts/a.md");
    expect(files[0].lines[1]).toEqual({
      line: 2,
      text: "One {{x}}",
      name: "a",
      version: 1,
      commit: repository.git("rev-parse", "a@v1").trim(),
      date: expect.stringContaining(today),
      author: { name: "Ada", email: "ada@example.com", date: expect.stringContaining(today) },
    });
    rmSync(path.join(repository.dir, "prompts/a.md"));
    const gone = await runCommand(["blame", "a"], { cwd: repository.dir });
    expect(gone.stdout.split("\n").map((line) => line.slice(0, 2))).toEqual(["v2", "v1", "v2", ""]);
  });

  it("passes over versions that cannot be read, and says so", async () => {
    const repository = greeting(git);
    repository.write({ "prompts.lock": `greet@v1 ${"1".repeat(40)} sha256-${"A".repeat(43)}=\n` });
    const { stdout, stderr } = await runCommand(["blame", "greet@v2"], { cwd: repository.dir });
    expect(stdout).toContain("v2  ");
    expect(stderr).toContain("greet@v1 cannot be read; their lines are attributed to the next version");
  });

  it.each([
    ["gret", 'the prompt "gret" does not exist'],
    ["greet@v9", "greet has no version v9"],
  ])("refuses %s", async (ref, message) => {
    const { dir } = greeting(git);
    const { stderr, code } = await runCommand(["blame", ref], { cwd: dir });
    expect(stderr).toContain(message);
    expect(code).toBe(1);
  });

  it("says what git blame says, mapped to versions", { timeout: 120_000 }, async () => {
    // Each edit replaces, adds or removes a line at a place; every line is new, so that there is one answer.
    const edit = fc.record({ kind: fc.constantFrom("add", "remove", "change"), at: fc.nat(12) });
    const history = fc.array(fc.array(edit, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(history, async (versions) => {
        const repository = createProject({ "cuecard.config.json": `{"git":"${git}"}` });
        const lines = ["Line 0"];
        let made = 0;
        const released = new Map<string, number>();
        for (const [index, edits] of versions.entries()) {
          for (const { kind, at } of edits) {
            const place = at % (lines.length + 1);
            if (kind === "add") lines.splice(place, 0, `Line ${++made}`);
            else if (lines.length > 1 && kind === "remove") lines.splice(Math.min(place, lines.length - 1), 1);
            else lines.splice(Math.min(place, lines.length - 1), 1, `Line ${++made}`);
          }
          repository.write({ "prompts/a.md": `${lines.join("\n")}\n` });
          released.set(repository.commit(), index + 1);
          repository.tag(`a@v${index + 1}`);
        }
        const porcelain = repository.git("blame", "--porcelain", "prompts/a.md");
        const expected = [...porcelain.matchAll(/^([0-9a-f]{40}) \d+ \d+/gm)].map(([, oid = ""]) => released.get(oid));
        const registry = await openRegistry({ dir: repository.dir });
        const outcome = await registry.blame("a");
        registry.close();
        if (outcome.kind !== "found") throw new Error(outcome.kind);
        expect(outcome.value.files[0]?.lines.map(({ version }) => version)).toEqual(expected);
      }),
      { seed: 1, numRuns: 12 },
    );
  });
});

describe.each(["native", "isomorphic"])("search (%s)", (git) => {
  function shop(): TestRepository {
    const repository = createProject({
      "cuecard.config.json": `{"git":"${git}"}`,
      "prompts/finance/forecast.md":
        "---\ndescription: Forecasts\nmodel: openai/gpt-5\ntags: { team: finops, tier: gold }\nconfig: { temperature: 0.2 }\n---\n{{> rules}}\nForecast {{horizon}}",
      "prompts/finance/_rules.md": "Never guess a figure.",
      "prompts/greet.md": "---\ntags: { team: support }\n---\nHello {{name}}!",
      "prompts/draft.md": "A draft for {{name}}",
    });
    repository.commit();
    repository.tag("finance/forecast@v1", "First");
    repository.tag("greet@v1");
    repository.write({ "prompts/greet.md": "---\ntags: { team: support }\n---\nHi {{name}}, welcome!" });
    repository.commit();
    repository.tag("greet@v2");
    repository.write({ "prompts/greet.md": "---\ntags: { team: support }\n---\nHi {{name}}, edited!" });
    repository.write({ "aliases.json": '{ "greet": { "production": "v1" } }' });
    return repository;
  }

  it.each<[string[], string[]]>([
    [[], ["draft@working", "finance/forecast@1", "greet@1", "greet@2"]],
    [
      ["--all-versions"],
      ["draft@working", "finance/forecast@1", "finance/forecast@working", "greet@1", "greet@2", "greet@working"],
    ],
    [["--text", "NEVER guess"], ["finance/forecast@1"]],
    [["--text", "hi", "--text", "welcome"], ["greet@2"]],
    [["--text", "100%"], []],
    [["--name", "cast"], ["finance/forecast@1"]],
    [["--name", "FINANCE/*"], ["finance/forecast@1"]],
    [["--name", "*e"], []],
    [["--tag", "team=support", "--alias", "production"], ["greet@1"]],
    [["--tag", "tier"], ["finance/forecast@1"]],
    [["--tag", "team=support", "--tag", "team=finops"], []],
    [["--tag", "team=finops", "--tag", "tier=gold"], ["finance/forecast@1"]],
    [
      ["--alias", "latest"],
      ["finance/forecast@1", "greet@2"],
    ],
    [["--model", "gpt"], ["finance/forecast@1"]],
    [
      ["--variable", "name"],
      ["draft@working", "greet@1", "greet@2"],
    ],
    [["--variable", "hor*"], ["finance/forecast@1"]],
    [["--partial", "rules"], ["finance/forecast@1"]],
    [["--partial", "finance/rules"], ["finance/forecast@1"]],
    [["name LIKE 'f%' AND tags.team = 'finops'"], ["finance/forecast@1"]],
    [["config.temperature < 0.5 OR alias IS NOT NULL"], ["finance/forecast@1", "greet@1"]],
    [["notes = 'First' AND kind = 'text' AND model LIKE 'openai/%'"], ["finance/forecast@1"]],
    [["version = 'working'", "--all-versions", "--text", "edited"], ["greet@working"]],
  ])("%j", async (args, expected) => {
    const { stdout, code } = await runCommand(["search", "--json", ...args], { cwd: shop().dir });
    const { results } = JSON.parse(stdout);
    expect(results.map(({ name, version }: Record<string, unknown>) => `${name}@${version}`)).toEqual(expected);
    expect(code).toBe(0);
  });

  it("shows what was found, and where", async () => {
    const { dir } = shop();
    const { stdout } = await runCommand(["search", "--text", "h"], { cwd: dir });
    expect(stdout).toBe(`NAME              VERSION  ALIASES     DESCRIPTION
finance/forecast  v1       latest      Forecasts
    Forecast {{horizon}}
greet             v1       production
    Hello {{name}}!
greet             v2       latest
    Hi {{name}}, welcome!
`);
    const partial = await runCommand(["search", "--text", "guess"], { cwd: dir });
    expect(partial.stdout).toContain("\n    prompts/finance/_rules.md: Never guess a figure.\n");
    const narrow = await runCommand(["search", "--text", "guess", "--no-color"], { cwd: dir, columns: 40 });
    expect(Math.max(...narrow.stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(40);
    const json = JSON.parse((await runCommand(["search", "--text", "welcome", "--json"], { cwd: dir })).stdout);
    expect(json.results).toEqual([
      {
        name: "greet",
        version: 2,
        aliases: ["latest"],
        kind: "text",
        description: null,
        model: null,
        tags: { team: "support" },
        excerpt: { file: "prompts/greet.md", line: 1, text: "Hi {{name}}, welcome!", start: 13, end: 20 },
      },
    ]);
  });

  it("says that nothing fits, or why the query cannot be read", async () => {
    const { dir } = shop();
    expect(await runCommand(["search", "name = 'x'"], { cwd: dir })).toEqual({
      code: 0,
      stdout: "",
      stderr: "No match in 4 versions in use.\n",
    });
    expect(await runCommand(["search", "name = 'ü'\n AND nmae = 'x'"], { cwd: dir })).toEqual({
      code: 2,
      stdout: "",
      stderr: `error: column 6 of the query: unknown field "nmae"\n   AND nmae = 'x'\n       ^^^^\nhint: did you mean "name"?\n`,
    });
  });

  it("does not hide that some prompts cannot be searched", async () => {
    const repository = shop();
    repository.write({ "prompts/broken.md": "{{#if}}" });
    const { stdout, stderr, code } = await runCommand(["search"], { cwd: repository.dir });
    expect(stdout).toContain("finance/forecast");
    expect(stderr).toMatch(/^1 error.*; run `cuecard check` for details\n$/);
    expect(code).toBe(1);
  });
});

describe.each(["native", "isomorphic"])("usages (%s)", (git) => {
  function service(): TestRepository {
    const repository = greeting(git);
    repository.write({
      "packages/prompts/package.json": '{ "name": "@acme/prompts" }',
      "src/app.ts": `import { load } from "@acme/prompts";
load("greet", "production").format({ name: "Ada" });
load("greet", "staging", { key: "me" });
load("prompts:/greet/2");
load("greet", process.env.REF);
`,
      "src/one.ts": 'import { v1 } from "@acme/prompts/greet";\n',
    });
    return repository;
  }

  it("shows where the code loads what", async () => {
    const repository = service();
    const { stdout, stderr, code } = await runCommand(["usages"], { cwd: repository.dir });
    expect(stdout).toBe(
      `PLACE           PROMPT  LOADS
src/app.ts:2:1  greet   production → v1
src/app.ts:3:1  greet   staging → v1, v2
src/app.ts:4:1  greet   v2
src/app.ts:5:1  greet   ? (known only at run time)
src/one.ts:1:10  greet   v1
`.replace(/^(\S+) +/gm, (_, place: string) => `${place.padEnd(17)}`),
    );
    expect([stderr, code]).toEqual(["", 0]);
    const json = JSON.parse((await runCommand(["usages", "greet@v2", "--json"], { cwd: repository.dir })).stdout);
    expect(json.usages.map(({ line, ref }: Record<string, unknown>) => [line, ref])).toEqual([
      [3, "staging"],
      [4, "v2"],
      [5, null],
    ]);
    expect(json.usages[0]).toEqual({
      kind: "load",
      name: "greet",
      ref: "staging",
      file: "src/app.ts",
      line: 3,
      column: 1,
      dynamic: false,
      versions: [1, 2],
      problem: null,
    });
  });

  it.each([undefined, 30])("shows names as they are, and obeys none (columns: %s)", async (columns) => {
    const repository = service();
    repository.write({
      "src/evil.js": 'const { load } = require("@acme/prompts"); load("gr\\u001b[31m\\neet", "v1");',
    });
    const { stdout } = await runCommand(["--no-color", "usages"], {
      cwd: repository.dir,
      ...(columns === undefined ? {} : { columns }),
    });
    expect(stdout).toContain("gr␛[31m eet");
    expect(stdout).not.toContain("\u001b");
  });

  it("takes two lines each on a narrow terminal", async () => {
    const repository = service();
    const narrow = await runCommand(["usages", "greet", "--no-color"], { cwd: repository.dir, columns: 30 });
    expect(narrow.stdout).toMatch(/^src\/app\.ts:2:1\n {4}greet {2}production → v1\nsrc/);
    const history = await runCommand(["history", "greet", "--no-color"], { cwd: repository.dir, columns: 40 });
    expect(history.stdout).toContain(`${today}  production  v2 → v1\n    Ada  `);
  });

  it("fails on usages refer to prompts or versions that do not exist", async () => {
    const repository = service();
    repository.write({
      "src/bad.js":
        'const { load } = require("@acme/prompts"); load("gret", "v1"); load("greet", "v9"); load("greet");',
    });
    const { stdout, stderr, code } = await runCommand(["usages"], { cwd: repository.dir });
    expect(stdout).toContain('gret    v1: the prompt "gret" does not exist\n');
    expect(stdout).toContain("greet   v9: greet has no version v9\n");
    expect(stdout).toContain("greet   ?: load takes an alias or a version beside the name\n");
    expect([stderr, code]).toEqual(["3 usages refer to prompts or versions that do not exist\n", 1]);
    expect((await runCommand(["usages", "gret"], { cwd: repository.dir })).stdout.split("\n")).toHaveLength(3);
  });

  it("says that no code loads a prompt, or that there is none", async () => {
    const repository = greeting(git);
    expect(await runCommand(["usages"], { cwd: repository.dir })).toMatchObject({
      stderr: "No code loads a prompt.\n",
    });
    expect(await runCommand(["usages", "gret"], { cwd: repository.dir })).toMatchObject({
      code: 1,
      stderr:
        'error: the prompt "gret" does not exist, and no code loads one of this name\nhint: did you mean "greet"?\n',
    });
  });
});

it("they say so outside of a repository", async () => {
  for (const args of [["history", "x"], ["search"], ["blame", "x"], ["usages"]]) {
    const { stderr, code } = await runCommand(args, { cwd: createProjectFolder() });
    expect(stderr).toContain("git/not-a-repository");
    expect(code).toBe(1);
  }
});
