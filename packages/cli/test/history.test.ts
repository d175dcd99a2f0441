// `cuecard history`, on real repositories, with both git adapters.

import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { createProjectFolder } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { greeting, settled, today } from "./greeting.js";
import { runCommand } from "./run-command.js";

// This file runs many git commands: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

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

  it("shows only the moves of one alias, and notes if the alias never existed", async () => {
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

  it("prints everything as JSON", async () => {
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

  it("shows scores and retired versions", async () => {
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

  it("includes the prompt's earlier names", async () => {
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

  it("shows a prompt whose file was deleted, and one that has no version", async () => {
    const repository = greeting(git);
    rmSync(path.join(repository.dir, "prompts/greet.md"));
    repository.write({ "prompts/young.md": "Hi" });
    const commit = repository.commit("Remove it");
    const { stdout } = await runCommand(["history", "greet"], { cwd: repository.dir });
    expect(stdout).toContain(`Deleted on ${today} by Ada in ${commit.slice(0, 10)}\n\ngreet@v2`);
    const young = await runCommand(["history", "young"], { cwd: repository.dir });
    expect([young.stdout, young.code]).toEqual(["young has no versions yet\n", 0]);
  });

  it("reports why a version cannot be used", async () => {
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

  it("notes that a shallow clone lacks commits", async () => {
    const { dir } = greeting(git);
    const clone = createProjectFolder();
    execFileSync("git", ["clone", "--quiet", "--depth=1", "--no-tags", `file://${dir}`, path.join(clone, "x")]);
    const { stdout } = await runCommand(["history", "greet"], { cwd: path.join(clone, "x") });
    expect(stdout).toBe(
      "greet has no versions yet\n\nThis clone lacks older alias moves; run `git fetch --unshallow` to get them.\n",
    );
  });
});

it("history reports that there is no repository", async () => {
  const { stderr, code } = await runCommand(["history", "x"], { cwd: createProjectFolder() });
  expect(stderr).toContain("git/not-a-repository");
  expect(code).toBe(1);
});
