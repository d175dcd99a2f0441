import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { createProject, createProjectFolder, greetProject } from "@cuecard/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { helpFooter } from "../src/support/command.js";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe("command lines", () => {
  it.each([
    [["chekc"], "Did you mean check?"],
    [["deploy"], "error: unknown command 'deploy'\nRun `cuecard --help` for usage."],
    [["check", "--fox"], "error: unknown option '--fox'\nRun `cuecard check --help` for usage."],
    [["check", "--oflfine"], "Did you mean --offline?"],
    [["check", "--formt", "json"], "Did you mean --format?"],
    [["check", "--format", "xml"], "Allowed choices are text, json, github"],
    [["check", "--json", "--format", "sarif"], "--json is the same as --format json: use either it or --format sarif"],
    [["test", "--format", "lcov", "--json"], "use either it or --format lcov"],
    [["review", "--format=text", "--json"], "use either it or --format text"],
    [["show"], "missing required argument 'ref'"],
    [["alias", "set", "greet"], "Run `cuecard alias set --help` for usage."],
    [["alias", "lst"], "Did you mean list?"],
    [["help", "relase"], "Did you mean release?"],
    [["help", "alias", "delte"], "Did you mean delete?"],
    [["check", "prompts/nothing.md"], "file not found: prompts/nothing.md"],
    [["check", "/"], "/ is outside the project's folder"],
    [["render", "greet", "--var", "name"], "Write name=value"],
    [["render", "greet", "--var", "name:={"], "not valid JSON"],
    [["render", "greet", "--input", "nothing.json"], "file not found: nothing.json"],
    [["list", "--cwd", "nowhere"], "folder not found:"],
    [["build", "--out", "../elsewhere"], "--out must stay inside the project's folder"],
  ])("%j is a usage error", async (args, message) => {
    const { code, stderr, stdout } = await runCommand(args, { cwd: createProjectFolder() });
    expect(stderr).toContain(message);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it("prints help and version", async () => {
    const cwd = createProjectFolder();
    const help = await runCommand(["--help"], { cwd });
    expect(help.code).toBe(0);
    for (const command of ["init", "check", "build", "lock", "list", "show", "render"])
      expect(help.stdout).toContain(`  ${command} `);
    const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    for (const args of [["--version"], ["version"]])
      expect(await runCommand(args, { cwd })).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
    expect(help.stdout).toContain("\nRun `cuecard help <command>` for the options and examples of a command.\n");
    expect(helpFooter("https://example.com/cuecard")).toContain("\nDocumentation: https://example.com/cuecard");
    const nested = await runCommand(["help", "alias", "set"], { cwd });
    expect(nested.stdout).toContain("cuecard alias set [options] <name> <alias> [version]");
  });

  it("lists a prompt whose working file has the same text as a version that is not built", async () => {
    const repository = greetProject();
    repository.write({ "aliases.json": "{}", "prompts/greet.md": "Hello {{name}}!" });
    const { code, stdout } = await runCommand(["list"], { cwd: repository.dir });
    expect(stdout).toMatch(/greet +v2/);
    expect(code).toBe(0);
  });

  it("rejects an unknown value of CUECARD_GIT", async () => {
    vi.stubEnv("CUECARD_GIT", "isomorhpic");
    onTestFinished(() => void vi.unstubAllEnvs());
    const { dir } = greetProject();
    for (const command of ["check", "build", "list", "lock"]) {
      const { code, stderr, stdout } = await runCommand([command], { cwd: dir });
      expect(stderr).toContain("use auto, native or isomorphic");
      expect([code, stdout]).toEqual([2, ""]);
    }
  });

  it("reports an error outside of a repository", async () => {
    const { code, stdout } = await runCommand(["check"], { cwd: createProjectFolder() });
    expect(stdout).toContain("git/not-a-repository");
    expect(code).toBe(1);
  });
});

describe("check", () => {
  it("reports no problems, and writes nothing", async () => {
    const { dir, git } = greetProject();
    await runCommand(["lock"], { cwd: dir });
    git("add", "prompts.lock");
    const before = git("status", "--short");
    const { code, stdout } = await runCommand(["check"], { cwd: dir });
    expect(stdout).toBe("✓ 1 prompt, 2 versions checked\n");
    expect(code).toBe(0);
    expect(git("status", "--short")).toBe(before);
    expect(existsSync(path.join(dir, "packages/prompts/dist"))).toBe(false);
  });

  it("warns about an outdated lock, except if the lock is frozen", async () => {
    const { dir } = greetProject();
    const local = await runCommand(["check"], { cwd: dir });
    expect(local.stdout).toContain("prompts.lock  warning  lock/out-of-date");
    expect(local.stdout).toContain('it lacks "greet@v1", "greet@v2"');
    expect(local.code).toBe(0);
    expect((await runCommand(["check", "--strict"], { cwd: dir })).code).toBe(1);
    const frozen = await runCommand(["check"], { cwd: dir, env: { CI: "true" } });
    expect(frozen.stdout).toContain("lock/missing-line");
    expect(frozen.stdout).not.toContain("lock/out-of-date");
    expect(frozen.code).toBe(1);
  });

  it("reports problems of a working file that no alias points at, each time", async () => {
    const repository = createProject({ "prompts/a.md": "---\ninput: { schema: { name: string } }\n---\nHi {{nme}}" });
    for (let round = 0; round < 2; round++) {
      const { code, stdout } = await runCommand(["check"], { cwd: repository.dir });
      expect(stdout).toContain("prompts/a.md:4:6  error  template/undeclared-variable");
      expect(stdout).toContain("> 4 | Hi {{nme}}\n      |      ^^^");
      expect(stdout).toContain('hint: did you mean "name"?');
      expect(code).toBe(1);
    }
  });

  it("prints only JSON with --format json and --json", async () => {
    const { dir } = createProject({ "prompts/a.md": "{{#if x}}", "aliases.json": "{}" });
    for (const args of [["--format", "json"], ["--json"]]) {
      const { code, stdout, stderr } = await runCommand(["check", ...args], { cwd: dir });
      const { diagnostics } = JSON.parse(stdout);
      expect(diagnostics.map(({ code }: { code: string }) => code)).toEqual(["template/syntax"]);
      expect(stderr).toBe("");
      expect(code).toBe(1);
    }
  });

  it("shows an excerpt of the version that a finding is about", async () => {
    const repository = createProject({
      "prompts/a.md": "Old {{#if x}} text",
      "aliases.json": '{ "a": { "production": "v1" } }',
    });
    repository.commit();
    repository.tag("a@v1");
    repository.write({ "prompts/a.md": "New text" });
    for (let round = 0; round < 2; round++) {
      const { stdout } = await runCommand(["check"], { cwd: repository.dir });
      expect(stdout).toMatch(/prompts\/a\.md@v1:1:\d+ {2}error/);
      expect(stdout).toContain("> 1 | Old {{#if x}} text");
    }
  });

  it("reports only problems of the named files, and of prompts that use a named partial", async () => {
    const repository = createProject({
      "prompts/a.md": "{{> shared}} {{#if x}}",
      "prompts/b.md": "{{#if y}}",
      "prompts/_shared.md": "Shared",
      "aliases.json": "{}",
      "notes.md": "",
      "src/x.ts": "",
    });
    const check = async (cwd: string, ...args: string[]) => {
      const { code, stdout } = await runCommand(["check", ...args], { cwd: path.join(repository.dir, cwd) });
      return [code, stdout.match(/^prompts\S+/gm) ?? [], stdout.match(/^.* elsewhere;.*$/m)?.[0]];
    };
    const elsewhere = "1 error elsewhere; run `cuecard check` for details";
    expect(await check(".", "prompts/a.md")).toEqual([1, ["prompts/a.md:1:14"], elsewhere]);
    expect(await check(".", path.join(repository.dir, "prompts/_shared.md"))).toEqual([
      1,
      ["prompts/a.md:1:14"],
      elsewhere,
    ]);
    expect(await check("src", "../prompts/b.md")).toEqual([1, ["prompts/b.md:1:1"], elsewhere]);
    expect(await check("src", "prompts")).toEqual([1, ["prompts/a.md:1:14", "prompts/b.md:1:1"], undefined]);
    const none = "2 errors elsewhere; run `cuecard check` for details";
    expect(await check(".", "notes.md", "src")).toEqual([0, [], none]);
    const json = await runCommand(["check", "--json", "prompts/b.md"], { cwd: repository.dir });
    expect(JSON.parse(json.stdout).diagnostics).toMatchObject([{ file: "prompts/b.md" }]);
    repository.write({ "cuecard.config.json": "{" });
    expect((await runCommand(["check", "prompts/a.md"], { cwd: repository.dir })).stdout).toContain(
      "cuecard.config.json",
    );
  });

  it("does not report released versions of a named file", async () => {
    const repository = createProject();
    repository.release("a", 1, "{{#if x}}");
    repository.write({ "prompts/a.md": "Fixed", "aliases.json": '{ "a": { "production": "v1" } }' });
    expect((await runCommand(["check"], { cwd: repository.dir })).code).toBe(1);
    const named = await runCommand(["check", "prompts/a.md"], { cwd: repository.dir });
    expect(named.stdout).toMatch(/^✓ 1 path checked\n1 error, 1 warning elsewhere;/);
    expect(named.code).toBe(0);
  });

  it("finds the project from a folder within it", async () => {
    const { dir } = greetProject();
    const { stdout } = await runCommand(["list"], { cwd: path.join(dir, "prompts") });
    expect(stdout).toContain("greet");
  });
});

describe("lock", () => {
  it("adds each version once, and with --check only reports", async () => {
    const { dir } = greetProject();
    const lock = path.join(dir, "prompts.lock");
    const told = await runCommand(["lock", "--check"], { cwd: dir });
    expect([told.code, existsSync(lock)]).toEqual([1, false]);
    expect((await runCommand(["lock"], { cwd: dir })).stdout).toBe(
      '✓ prompts.lock: added 2 versions\nNext: commit the lock: git add prompts.lock && git commit -m "Lock greet@v1, greet@v2" prompts.lock\n',
    );
    expect(readFileSync(lock, "utf8")).toMatch(/^greet@v1 [0-9a-f]{40} sha256-\S+ "First version"\ngreet@v2 /);
    expect((await runCommand(["lock", "--check"], { cwd: dir })).code).toBe(0);
    expect((await runCommand(["lock"], { cwd: dir })).stdout).toBe("✓ prompts.lock is up to date (2 versions)\n");
  });
});

describe("list", () => {
  it("prints a table or JSON", async () => {
    const { dir } = greetProject();
    const { stdout } = await runCommand(["list"], { cwd: dir });
    expect(stdout.split("\n")[1]).toBe(
      "greet  v2      dev → working, production → v1, staging → v1 50% / v2 50%  text  Greets",
    );
    const json = JSON.parse((await runCommand(["list", "--json"], { cwd: dir })).stdout);
    expect(json.prompts[0]).toMatchObject({ name: "greet", latest: 2, versions: [1, 2], kind: "text" });
  });

  it("counts only locked versions if CI is set, like a build", async () => {
    const { dir } = greetProject();
    const ci = (...args: string[]) => runCommand(args, { cwd: dir, env: { CI: "true" } });
    const { code, stdout } = await ci("list", "--json");
    expect(JSON.parse(stdout).prompts[0]).toMatchObject({ name: "greet", versions: [], aliases: { dev: "working" } });
    expect(code).toBe(1); // production points at a version that the lock does not hold
    for (const command of ["show", "render"])
      expect((await ci(command, "greet@v1")).stderr).toContain("greet@v1 is missing from prompts.lock");
    expect((await ci("lock")).stdout).toContain("added 2 versions");
    expect((await ci("list")).stdout).toContain("v2");
  });

  it("fits a narrow terminal", async () => {
    const { dir } = greetProject();
    const { stdout } = await runCommand(["list", "--no-color"], { cwd: dir, columns: 40 });
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(40);
    expect(stdout).toContain("greet");
  });
});

describe("show and render", () => {
  it.each([
    ["greet", "Hi Ada, welcome to Rome!\n"],
    ["greet@v1", "Hello Ada!\n"],
    ["greet@production", "Hello Ada!\n"],
    ["greet@working", "Hi Ada, welcome to Rome!\n"],
    ["prompts:/greet/1", "Hello Ada!\n"],
    ["prompts:/greet@latest", "Hi Ada, welcome to Rome!\n"],
  ])("renders %s", async (reference, expected) => {
    const { dir } = greetProject();
    const args = [
      "render",
      reference,
      "--var",
      "name=Ada",
      ...(expected.includes("Rome") ? ["--var", "place=Rome"] : []),
    ];
    expect(await runCommand(args, { cwd: dir })).toMatchObject({ code: 0, stdout: expected });
  });

  it.each([
    [".", "prompts/greet.md@v1"],
    ["prompts", "./greet.md@production"],
    ["packages", "prompts/greet.md@v1"],
    [".", "absolute"],
  ])("takes the path of a prompt's file: from %s, %s", async (from, written) => {
    const { dir } = greetProject();
    const reference = written === "absolute" ? path.join(dir, "prompts/greet.md@v1") : written;
    const { stdout } = await runCommand(["render", reference, "--var", "name=Ada"], { cwd: path.join(dir, from) });
    expect(stdout).toBe("Hello Ada!\n");
  });

  it("takes the name of a prompt that ends like a file", async () => {
    const { dir } = createProject({ "prompts/a.md.md": "Hello" });
    for (const reference of ["a.md", "prompts/a.md.md"])
      expect((await runCommand(["render", reference], { cwd: dir })).stdout).toBe("Hello\n");
  });

  it.each([
    ["prompts/_rules.md", "prompts/_rules.md is a partial, not a prompt"],
    ["docs/greet.md", "docs/greet.md is not a prompt: it is not in prompts/"],
    ["prompts/gret.md", 'the prompt "gret" does not exist'],
    ["prompts/my prompt.md", "prompts/my prompt.md is not a prompt: the segment"],
  ])("refuses the path %s", async (reference, problem) => {
    const { dir } = greetProject();
    const { code, stderr } = await runCommand(["render", reference], { cwd: dir });
    expect(stderr).toContain(`error: ${problem}`);
    expect(code).toBe(1);
  });

  it("shows how to write JSON if a variable is not a text", async () => {
    const schema = "{ months(array): string, limits(object): { low: number }, n: number, tone?: string }";
    const { dir } = createProject({
      "prompts/a.md": `---\ninput: { schema: ${schema} }\n---\n{{n}} {{tone}} {{#each months}}{{this}}{{/each}} {{limits.low}}`,
    });
    const values = ["months=May, June", "limits={}", "n=3", "tone=warm"].flatMap((value) => ["--var", value]);
    const { code, stderr } = await runCommand(["render", "a", ...values], { cwd: dir });
    expect(stderr).toContain(
      'hint: write := before a JSON value: --var "months:=[…]" --var "limits:={}" --var "n:=3"\n',
    );
    expect(code).toBe(1);
  });

  it.each([
    ["gret@v1", 'the prompt "gret" does not exist', 'did you mean "greet"?'],
    ["greet@v7", "greet has no version v7", 'did you mean "greet@v2"?'],
    ["greet@prodution", 'no version or alias "prodution"', 'did you mean "greet@production"?'],
    ["greet@staging", "is split between v1 and v2", "--key"],
    ["../x", '"../x" is not a valid reference', "name@production"],
    ["_tone", '"_tone" is a partial, and not a prompt', "prompts/_tone.md is part of the prompts that include it"],
  ])("%s does not exist", async (reference, problem, hint) => {
    const { dir } = greetProject().write("prompts/_tone.md", "Be kind.\n");
    const { code, stderr, stdout } = await runCommand(["show", reference], { cwd: dir });
    expect(stderr).toContain(problem);
    expect(stderr).toContain(hint);
    expect([code, stdout]).toEqual([1, ""]);
  });

  it("suggests the newer of two equally similar versions", async () => {
    const repository = greetProject();
    repository.tag("greet@v4");
    const { stderr } = await runCommand(["show", "greet@v3"], { cwd: repository.dir });
    expect(stderr).toContain('did you mean "greet@v4"?');
  });

  it("always selects the same arm for the same caller", async () => {
    const { dir } = greetProject();
    const arms = new Set<string>();
    for (const key of ["a", "b", "c", "d", "e", "f", "g", "h"]) {
      const { stdout } = await runCommand(["show", "greet@staging", "--key", key, "--json"], { cwd: dir });
      arms.add(JSON.parse(stdout).uri);
    }
    expect([...arms].sort()).toEqual(["prompts:/greet/1", "prompts:/greet/2"]);
  });

  it("reads input from a file, standard input and --var, which takes precedence", async () => {
    const repository = greetProject();
    repository.write({ "input.json": '{ "name": "File", "place": "Rome" }' });
    const { dir } = repository;
    const file = ["render", "greet", "--input", "input.json"];
    expect((await runCommand(file, { cwd: dir })).stdout).toBe("Hi File, welcome to Rome!\n");
    expect((await runCommand([...file, "--var", "name=Ada"], { cwd: dir })).stdout).toBe("Hi Ada, welcome to Rome!\n");
    const piped = { cwd: dir, stdin: '{ "name": "Pipe", "place": "Oslo" }' };
    expect((await runCommand(["render", "greet", "--input", "-"], piped)).stdout).toBe("Hi Pipe, welcome to Oslo!\n");
    expect((await runCommand(["render", "greet", "--input", "-"], { cwd: dir, stdin: "[]" })).code).toBe(2);
  });

  it("lists every missing variable", async () => {
    const { dir } = greetProject();
    const { code, stderr, stdout } = await runCommand(["render", "greet", "--var", "nam=Ada"], { cwd: dir });
    expect(stderr).toMatch(/name[\s\S]*place/);
    expect([code, stdout]).toEqual([1, ""]);
  });

  it.each([
    ["single", "city", 'single@working has no variable "city"', "write {{city}} with two braces on each side"],
    ["one", "nam", 'one@working has no variable "nam"', 'did you mean "name"?'],
    ["one", "name", "", "Hi Ada"],
    ["all", "any", "", '{"any":"Ada","name":"x"}'],
  ])("takes only variables that the prompt has: %s --var %s=Ada", async (prompt, name, problem, expected) => {
    const { dir } = createProject({
      "prompts/single.md": "Live in {city}.",
      "prompts/one.md": "Hi {{name}}",
      "prompts/all.md": "{{json this}}",
    });
    const given = ["--var", `${name}=Ada`, ...(name === "name" ? [] : ["--var", "name=x"])];
    const { code, stdout, stderr } = await runCommand(
      ["render", prompt, ...(prompt === "single" ? given.slice(0, 2) : given)],
      { cwd: dir },
    );
    expect(code).toBe(problem === "" ? 0 : 1);
    expect(problem === "" ? stdout : stderr).toContain(expected);
    expect(stderr).toContain(problem);
  });

  it("prints a chat prompt by role, as messages, and as the result of format()", async () => {
    const { dir } = createProject({ "prompts/chat.md": '{{role "system"}}Be kind.{{role "user"}}I am {{n}}.' });
    const render = async (...args: string[]) =>
      (await runCommand(["render", "chat", "--var", "n=Ada", ...args], { cwd: dir })).stdout;
    expect(await render()).toBe("[system]\nBe kind.\n\n[user]\nI am Ada.\n");
    expect(JSON.parse(await render("--messages"))).toEqual([
      { role: "system", content: "Be kind." },
      { role: "user", content: "I am Ada." },
    ]);
    expect(JSON.parse(await render("--json"))).toEqual({
      system: "Be kind.",
      messages: [{ role: "user", content: "I am Ada." }],
    });
  });

  it("shows variables, template, notes and aliases", async () => {
    const { dir } = greetProject();
    const { stdout } = await runCommand(["show", "greet@v1"], { cwd: dir });
    for (const part of [
      "greet@v1  text prompt",
      "prompts:/greet/1",
      "production → v1",
      "│ Hello {{name}}!",
      "│ First version",
    ])
      expect(stdout).toContain(part);
    const json = JSON.parse((await runCommand(["show", "greet@v1", "--json"], { cwd: dir })).stdout);
    expect(json).toMatchObject({ name: "greet", version: 1, notes: "First version", template: "Hello {{name}}!" });
  });

  it("shows marks, and only the defaults that a prompt applies", async () => {
    const { dir } = createProject({
      "prompts/a.md": `---
input:
  schema:
    type: object
    properties: { name: { type: string, default: Bob }, tone: { type: string }, city: { type: string, untrusted: true, private: true } }
    required: [name, tone]
  default: { tone: warm }
---
{{name}} {{tone}} {{untrusted city}}`,
    });
    const { stdout } = await runCommand(["show", "a"], { cwd: dir });
    expect(stdout).toContain(
      '  name  string\n  tone  string  default "warm"\n  city  string  untrusted; private; optional\n',
    );
    const { variables } = JSON.parse((await runCommand(["show", "a", "--json"], { cwd: dir })).stdout);
    expect(variables).toEqual([
      { name: "name", type: "string", required: true },
      { name: "tone", type: "string", required: false, default: "warm" },
      { name: "city", type: "string", required: false, marks: ["untrusted", "private"] },
    ]);
  });

  it("reports that a tag was moved instead of an unknown version", async () => {
    const { dir, git } = greetProject();
    await runCommand(["lock"], { cwd: dir });
    git("tag", "-f", "greet@v1", "HEAD");
    for (const reference of ["greet@v1", "greet@production", "prompts:/greet/1"])
      for (const command of ["show", "render"]) {
        const { code, stderr } = await runCommand([command, reference], { cwd: dir });
        expect(stderr).toContain("the tag greet@v1 was moved");
        expect(stderr).not.toContain("did you mean");
        expect(code).toBe(1);
      }
    expect((await runCommand(["show", "greet@v7"], { cwd: dir })).stderr).toContain("greet has no version v7");
    const listed = await runCommand(["list"], { cwd: dir });
    expect(listed.stdout).toContain("production → v1 (broken)");
    expect(listed.stderr).toContain("run `cuecard check` for details");
    expect(listed.code).toBe(1);
  });

  it("reports the errors of a prompt that does not compile", async () => {
    const { dir } = createProject({ "prompts/a.md": "{{#if x}}" });
    const { code, stderr } = await runCommand(["show", "a"], { cwd: dir });
    expect(stderr).toContain("template/syntax");
    expect(code).toBe(1);
  });
});

describe("colors", () => {
  const repository = { "prompts/a.md": "{{#if x}}" };
  it.each([
    ["a terminal", { columns: 80 }, [], true],
    ["a pipe", {}, [], false],
    ["NO_COLOR", { columns: 80, env: { NO_COLOR: "1" } }, [], false],
    ["a dumb terminal", { columns: 80, env: { TERM: "dumb" } }, [], false],
    ["--no-color", { columns: 80 }, ["--no-color"], false],
    ["FORCE_COLOR in a pipe", { env: { FORCE_COLOR: "1" } }, [], true],
    ["FORCE_COLOR=0", { columns: 80, env: { FORCE_COLOR: "0" } }, [], false],
  ])("%s", async (_, options, args, expected) => {
    const { stdout } = await runCommand(["check", ...args], { cwd: createProject(repository).dir, ...options });
    expect(stdout).toContain("template/syntax");
    expect(stdout.includes("\x1b[")).toBe(expected);
  });
});
