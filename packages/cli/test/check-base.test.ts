// `check --base`: what a branch changes in prompts.lock and aliases.json, and the text that it adds.

import { readFileSync } from "node:fs";
import path from "node:path";
import { createFolder, createProject, openRepository, runGit, type TestRepository } from "@cuecard/testing";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const LOCK = "prompts.lock";
const lockOf = ({ dir }: TestRepository) => readFileSync(path.join(dir, LOCK), "utf8");

/** Three versions on main; production points at the last, and v1 is retired. A branch is checked out. */
async function branched(): Promise<TestRepository> {
  const repository = createProject({ "prompts/_p.md": "P\n", "aliases.json": "{}\n" });
  for (const version of [1, 2, 3]) repository.release("greet", version, `Hello ${version} {{name}} {{> p}}\n`, "Notes");
  const { dir } = repository;
  expect((await runCommand(["lock"], { cwd: dir })).code).toBe(0);
  repository.write({
    [LOCK]: lockOf(repository).replace(/^(greet@v1 .*)$/m, '$1 retired "wrong"'),
    "aliases.json": '{ "greet": { "production": "v3", "beta": { "v2": 1, "v3": 1 } } }\n',
  });
  repository.commit("Promote");
  repository.git("checkout", "--quiet", "-b", "branch");
  return repository;
}

async function check(dir: string, ...args: string[]) {
  const { stdout } = await runCommand(["check", "--json", ...args], { cwd: dir });
  const { diagnostics, added } = JSON.parse(stdout);
  return { codes: diagnostics.map(({ code }: { code: string }) => code), diagnostics, added };
}

describe.each(["native", "isomorphic"])("check --base with the %s reader", (git) => {
  beforeEach(() => {
    vi.stubEnv("CUECARD_GIT", git);
    return () => vi.unstubAllEnvs();
  });

  it("reports what a branch removes and changes", async () => {
    const repository = await branched();
    const { dir, write } = repository;
    const own = lockOf(repository);
    expect(await check(dir, "--base", "main")).toMatchObject({ codes: [], added: [] });
    const changes: readonly [code: string, text: string][] = [
      ["lock/removed-line", own.replace(/^greet@v2 .*\n/m, "")],
      ["lock/changed-line", own.replace(/^(greet@v2 ).{4}/m, "$10000")],
      ["lock/changed-line", own.replace(/^(greet@v2 .*sha256-).{4}/m, "$1AAAA")],
      ["lock/changed-notes", own.replace(/^(greet@v2 .*)"Notes"$/m, '$1"Other notes"')],
      ["lock/unretired", own.replace(' retired "wrong"', "")],
    ];
    for (const [code, text] of changes) {
      write(LOCK, text);
      expect((await check(dir, "--base", "main")).codes).toContain(code);
      expect((await check(dir)).codes).not.toContain(code);
    }
    write(LOCK, own).write({ "aliases.json": '{ "greet": { "production": "v2", "beta": "v2", "new": "v1" } }\n' });
    const { codes } = await check(dir, "--base", "main");
    expect(codes.filter((code: string) => code === "alias/moved-back")).toHaveLength(2);
    // Nearly all callers of an alias go back, or it is gone.
    write({ "aliases.json": '{ "greet": { "production": { "v1": 99, "v3": 1 } } }\n' });
    const weighted = (await check(dir, "--base", "main")).diagnostics;
    expect(weighted.filter(({ code }: { code: string }) => /alias\/(?:moved-back|removed)/.test(code))).toMatchObject([
      { code: "alias/removed", message: expect.stringContaining("greet@beta") },
      { code: "alias/moved-back", message: "greet@production goes back from v3 to v1 99% / v3 1%" },
    ]);
    repository.git("tag", "-d", "greet@v2");
    expect((await check(dir, "--base", "main")).codes).toContain("tag/gone");
  });

  it("compares with the commit where the branch began, and shows what it adds", async () => {
    const repository = await branched();
    const { dir, write } = repository;
    write({ "prompts/_p.md": "Q\n" }).commit("Change the partial\n\nWith a reason");
    repository.tag("greet@v4", "Fourth");
    await runCommand(["lock"], { cwd: dir });
    repository.commit("Lock");
    repository.git("checkout", "--quiet", "main");
    repository.release("other", 1, "Other\n", "First");
    await runCommand(["lock"], { cwd: dir });
    repository.commit("Lock other");
    repository.git("checkout", "--quiet", "branch");
    const { codes, added } = await check(dir, "--base", "main");
    expect(codes).not.toContain("lock/removed-line");
    expect(added).toMatchObject([
      {
        ...{ name: "greet", version: 4, before: 3, subject: "Change the partial" },
        files: [
          {
            path: "prompts/_p.md",
            lines: [
              { kind: "removed", text: "P" },
              { kind: "added", text: "Q" },
            ],
          },
        ],
      },
    ]);
    const { stdout } = await runCommand(["check", "--base", "main"], { cwd: dir });
    expect(stdout).toMatch(
      /New in prompts\.lock since main:\n {2}greet@v4 {2}[0-9a-f]{12} {2}Change the partial\n {4}since v3: \+1 -1, in 1 file\n {6}prompts\/_p\.md\n {4}- P\n {4}\+ Q\n/,
    );
  });

  it("names the command that fetches a base that is missing", async () => {
    const repository = await branched();
    const hints = async (dir: string, base: string) =>
      (await check(dir, "--base", base)).diagnostics
        .filter(({ code }: { code: string }) => code.startsWith("base/"))
        .map(({ code, hint }: { code: string; hint: string }) => [code, hint]);
    expect(await hints(repository.dir, "origin/main")).toEqual([
      ["base/unknown", "run `git fetch origin +refs/heads/main:refs/remotes/origin/main`"],
    ]);
    repository.write("prompts/greet.md", "Hello\n").commit();
    repository.commit("Nothing");
    const clone = openRepository(createFolder("clone"));
    runGit(clone.dir, ["clone", "--quiet", "--depth=1", "--no-single-branch", `file://${repository.dir}`, "."]);
    expect(await hints(clone.dir, "origin/main")).toEqual([
      [
        "base/no-common-commit",
        "run `git fetch --unshallow origin +refs/heads/main:refs/remotes/origin/main` (in GitHub Actions: `fetch-depth: 0`)",
      ],
    ]);
  });
});
