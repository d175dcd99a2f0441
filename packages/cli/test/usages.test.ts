// `cuecard usages`, on real repositories, with both git adapters.

import { createProjectFolder, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { greeting, today } from "./greeting.js";
import { runCommand } from "./run-command.js";

// This file runs many git commands: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

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

  it("shows where the code loads each prompt", async () => {
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

  it.each([undefined, 30])("prints control characters in names as text (columns: %s)", async (columns) => {
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

  it("reports code that a sparse checkout leaves out", async () => {
    const repository = service();
    repository.write("services/web/main.js", 'import { v1 } from "@acme/prompts/greet";\n').commit();
    const usages = () => runCommand(["usages", "--json"], { cwd: repository.dir });
    expect((await usages()).stderr).toBe("");
    repository.git("sparse-checkout", "set", "--no-cone", "/*", "!/services/", "!/docs/");
    const { stdout, stderr, code } = await usages();
    expect(stderr).toContain("code in services is left out of this sparse checkout, and was not searched");
    expect(stderr).toContain("`git sparse-checkout add services`");
    expect([JSON.parse(stdout).usages.length, code]).toEqual([5, 0]);
  });

  it("prints two lines per usage on a narrow terminal", async () => {
    const repository = service();
    const narrow = await runCommand(["usages", "greet", "--no-color"], { cwd: repository.dir, columns: 30 });
    expect(narrow.stdout).toMatch(/^src\/app\.ts:2:1\n {4}greet {2}production → v1\nsrc/);
    const history = await runCommand(["history", "greet", "--no-color"], { cwd: repository.dir, columns: 40 });
    expect(history.stdout).toContain(`${today}  production  v2 → v1\n    Ada  `);
  });

  it("fails if usages refer to prompts or versions that do not exist", async () => {
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

  it("reports that no code loads a prompt, or that the prompt does not exist", async () => {
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

it("usages reports that there is no repository", async () => {
  const { stderr, code } = await runCommand(["usages"], { cwd: createProjectFolder() });
  expect(stderr).toContain("git/not-a-repository");
  expect(code).toBe(1);
});
