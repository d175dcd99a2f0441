// Registering prompts from code, on real repositories: what is committed, tagged and locked, and what stays as it was.

import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  copyFolder,
  createProject,
  killAtStep,
  prepared,
  readTags,
  recordSteps,
  restoreFolder,
  spread,
  type TestRepository,
  untilQuiet,
} from "@cuecard/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openRegistry, type RegisterOptions, type RegisterPlan, type Registry } from "../src/index.js";
import { CUECARD } from "./built-program.js";
import { runCommand } from "./run-command.js";

// This file runs many git commands: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const KILLS = 4;
const GREET = { name: "greet", template: "Hello {{name}}!", model: "m", tags: { team: "x" } };

async function open(repository: TestRepository): Promise<Registry> {
  const registry = await openRegistry({ dir: repository.dir });
  onTestFinished(() => registry.close());
  return registry;
}

/** A repository of Ada's, with one commit unless it is to be without. */
const project = prepared((files: Readonly<Record<string, string>> = {}, commits = true): TestRepository => {
  const repository = createProject({ "README.md": "Ours\n", "aliases.json": "{}\n", ...files });
  if (commits) repository.commit();
  return repository;
});

function hook({ dir }: TestRepository, name: string, script: string): void {
  const file = path.join(dir, ".git/hooks", name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

/** Everything that a refused registration leaves as it was: files, index, refs. */
function stateOf(repository: TestRepository): string {
  const { dir, git } = repository;
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !/[/\\](?:\.git|node_modules)[/\\]/.test(file))
    .sort();
  const folders = readdirSync(dir).sort();
  const index = git("ls-files", "--stage", "--debug").replaceAll(/^ {2}(?:ctime|mtime|dev|uid|size).*\n/gm, "");
  return JSON.stringify([
    folders,
    files.map((file) => [file, readFileSync(file, "utf8")]),
    index,
    git("for-each-ref"),
    git("status", "--porcelain"),
  ]);
}

const commitsOf = (repository: TestRepository) => repository.git("log", "--format=%s", "--reverse").trim().split("\n");
const filesOf = (repository: TestRepository, commit = "HEAD") =>
  repository.git("show", "--name-only", "--format=", commit).trim().split("\n");

describe("register", () => {
  it("commits only the prompt's file, tags the commit and adds the lock line", async () => {
    const repository = project({ "other.txt": "1\n" });
    repository.write({ "other.txt": "2\n", "new.txt": "new\n" });
    repository.git("add", "new.txt");
    repository.write({ "README.md": "Edited\n" });
    const registry = await open(repository);
    const { result, diagnostics } = await registry.register({
      name: "finance/forecast",
      description: "Forecasts costs",
      messages: [{ role: "system", content: "Be brief." }, "history", { role: "user", content: "Forecast {{month}}" }],
      inputSchema: { month: "string" },
      outputSchema: { dollars: "number" },
      config: { temperature: 0 },
      notes: "First version\n\nBy the optimiser",
      message: "Add the forecast",
    });
    expect(diagnostics).toEqual([]);
    const head = repository.git("rev-parse", "HEAD").trim();
    expect(result).toEqual({
      name: "finance/forecast",
      version: 1,
      commit: head,
      digest: expect.stringMatching(/^sha256-/),
      created: true,
      locked: true,
    });
    expect(filesOf(repository)).toEqual(["prompts/finance/forecast.md"]);
    expect(commitsOf(repository)).toEqual(["Change", "Add the forecast"]);
    expect(repository.git("tag", "-l", "--format=%(refname:short) %(objecttype) %(contents)")).toBe(
      "finance/forecast@v1 tag First version\n\nBy the optimiser",
    );
    expect(repository.git("status", "--porcelain")).toBe(" M README.md\nA  new.txt\n M other.txt\n?? prompts.lock");
    expect(readFileSync(path.join(repository.dir, "prompts.lock"), "utf8")).toBe(
      `finance/forecast@v1 ${head} ${result?.digest} "First version\\n\\nBy the optimiser"\n`,
    );
    const loaded = await registry.load("finance/forecast@v1");
    expect(loaded.kind === "found" && loaded.value.compiled.content).toMatchObject({
      kind: "chat",
      description: "Forecasts costs",
      config: { temperature: 0 },
      variables: ["month"],
    });
  });

  it("returns the existing version of the same content, and changes nothing", async () => {
    const repository = project();
    const registry = await open(repository);
    const first = await registry.register(GREET);
    const before = stateOf(repository);
    const again = await registry.register({ ...GREET, notes: "other notes", message: "other message" });
    expect(again).toEqual({ result: { ...first.result, created: false, locked: false }, diagnostics: [] });
    expect(stateOf(repository)).toBe(before);
    const changed = await registry.register({ ...GREET, template: "Hi {{name}}!" });
    expect(changed.result).toMatchObject({ version: 2, created: true });
    expect(commitsOf(repository)).toEqual(["Change", "Register greet", "Register greet"]);
  });

  it("returns an older version with the same content, unless it is retired", async () => {
    const repository = project();
    const registry = await open(repository);
    const first = await registry.register(GREET);
    await registry.register({ ...GREET, template: "Hi {{name}}!" });
    const before = stateOf(repository);
    expect(await registry.register(GREET)).toEqual({
      result: { ...first.result, created: false, locked: false },
      diagnostics: [],
    });
    expect(stateOf(repository)).toBe(before);
    // A line that prompts.lock lacks is written, and nothing else is released by that.
    repository.write({ "prompts.lock": "" });
    expect(await registry.register(GREET)).toEqual({
      result: { ...first.result, created: false, locked: true },
      diagnostics: [],
    });
    expect(stateOf(repository)).toBe(before);
    const retiring = await registry.planRetire({ references: ["greet@v1"], reason: "rude" });
    if (retiring.plan === undefined) throw new Error("there is no plan");
    await registry.applyRetire(retiring.plan);
    expect((await registry.register(GREET)).result).toMatchObject({ version: 3, created: true });
    expect((await registry.register(GREET)).result).toMatchObject({ version: 3, created: false });
  });

  it("rejects unknown options, and suggests similar ones", async () => {
    const repository = project();
    const typo = { ...GREET, descripton: "Greets" };
    const { result, diagnostics } = await (await open(repository)).register(typo);
    expect([result, diagnostics.map(({ code }) => code)]).toEqual([undefined, ["register/invalid-draft"]]);
    expect(diagnostics[0]?.message).toContain('unknown property "descripton"; did you mean "description"?');
  });

  it.each<[what: string, options: Omit<RegisterOptions, "name">]>([
    ["template", { template: "" }],
    ["template of white space", { template: " \n\t" }],
    ["source", { source: "" }],
    ["source of line ends", { source: "\uFEFF\r\n\n" }],
  ])("refuses an empty %s", async (_, options) => {
    const repository = project();
    const before = stateOf(repository);
    const { result, diagnostics } = await (await open(repository)).register({ name: "greet", ...options });
    expect([result, diagnostics.map(({ code }) => code)]).toEqual([undefined, ["register/invalid-draft"]]);
    expect(diagnostics[0]?.message).toContain("the text is empty");
    expect(stateOf(repository)).toBe(before);
  });

  it("releases committed content that has no version, without another commit", async () => {
    const repository = project({ "prompts/greet.md": "Hello {{name}}!", "prompts/prompts/x.md.md": "Hello" });
    const registry = await open(repository);
    // A prompt that has the name of a file keeps it.
    expect((await registry.register({ name: "prompts/x.md", template: "Hello" })).result).toMatchObject({ version: 1 });
    const { result } = await registry.register({ name: "greet", template: "Hello {{name}}!" });
    expect(result).toMatchObject({ version: 1, created: true, commit: repository.git("rev-parse", "HEAD").trim() });
    expect(commitsOf(repository)).toEqual(["Change"]);
  });

  it.each<[what: string, prepare: (repository: TestRepository) => void, commits: boolean]>([
    ["on a detached HEAD", ({ git }) => git("checkout", "--quiet", "--detach"), true],
    ["before the first commit, with another file staged", ({ git }) => git("add", "README.md"), false],
    ["before the first commit", () => {}, false],
    ["with autocrlf", ({ git }) => git("config", "core.autocrlf", "true"), true],
    [
      "from within a hook's environment",
      () => {
        process.env["GIT_DIR"] = "/nowhere";
        onTestFinished(() => void delete process.env["GIT_DIR"]);
      },
      true,
    ],
    ...["LITERAL", "GLOB", "NOGLOB", "ICASE"].map((how) => {
      const variable = `GIT_${how}_PATHSPECS`;
      const set = () => {
        process.env[variable] = "1";
        onTestFinished(() => void delete process.env[variable]);
      };
      return [`with ${variable}`, set, true] as [string, () => void, boolean];
    }),
  ])("works %s", async (_, prepare, commits) => {
    const repository = project({}, commits);
    prepare(repository);
    const registry = await open(repository);
    const first = await registry.register({ ...GREET, description: "two\nlines" });
    expect(first).toMatchObject({ diagnostics: [], result: { version: 1, created: true } });
    delete process.env["GIT_DIR"];
    expect(filesOf(repository)).toEqual(["prompts/greet.md"]);
    expect((await registry.register({ ...GREET, description: "two\nlines" })).result).toMatchObject({
      version: 1,
      created: false,
    });
    expect((await registry.register(GREET)).result).toMatchObject({ version: 2, created: true });
  });

  it("works in a project below the repository's top, and in a linked worktree", async () => {
    const repository = project({ "services/bot/aliases.json": "{}\n" });
    const nested = await openRegistry({ dir: path.join(repository.dir, "services/bot") });
    onTestFinished(() => nested.close());
    expect((await nested.register(GREET)).result).toMatchObject({ version: 1, created: true });
    expect(filesOf(repository)).toEqual(["services/bot/prompts/greet.md"]);
    const tree = path.join(repository.dir, "node_modules/tree");
    repository.git("worktree", "add", "--quiet", "-b", "other", tree);
    const linked = await openRegistry({ dir: tree });
    onTestFinished(() => linked.close());
    expect((await linked.register({ name: "hi", template: "Hi" })).result).toMatchObject({ version: 1, created: true });
    expect(repository.git("log", "-1", "--format=%s", "other").trim()).toBe("Register hi");
  });

  it("refuses a name that differs in case from one that only tags have, and calls back with the plan otherwise", async () => {
    const repository = project();
    const registry = await open(repository);
    const plans: string[] = [];
    const onPlan = ({ release }: RegisterPlan) => void plans.push(release?.tag ?? "");
    expect((await registry.register({ ...GREET, name: "team/Greet" }, { onPlan })).result).toMatchObject({
      version: 1,
    });
    repository.git("rm", "-rq", "prompts");
    repository.git("commit", "-qm", "Delete it");
    const { diagnostics } = await registry.register({ ...GREET, name: "team/greet" }, { onPlan });
    expect(diagnostics).toMatchObject([{ code: "prompt/case-conflict", subject: { name: "team/greet" } }]);
    expect(plans).toEqual(["team/Greet@v1"]);
  });

  it.each<[where: string, place: (repository: TestRepository, file: string) => void]>([
    [
      "the commit",
      (repository, file) => {
        repository.write({ [file]: "Hi" });
        repository.commit();
        repository.remove(file);
      },
    ],
    ["the working tree", (repository, file) => repository.write({ [file]: "Hi" })],
  ])("refuses a name that differs in case from one in %s, also in a folder of folders", async (_, place) => {
    const names = ["Greet", "support/Greet", "Support/greet", "a/B/c/greet"];
    for (const name of names) {
      const repository = project();
      place(repository, `prompts/${name}.md`);
      const registry = await open(repository);
      const { diagnostics } = await registry.register({ ...GREET, name: name.toLowerCase() });
      expect(diagnostics.map(({ code, message }) => [code, message.includes(`"${name}"`)])).toEqual([
        ["prompt/case-conflict", true],
      ]);
    }
  });

  it("uses the identity that is passed", async () => {
    const repository = project();
    vi.stubEnv("GIT_CONFIG_GLOBAL", "/dev/null");
    vi.stubEnv("HOME", repository.dir);
    onTestFinished(() => void vi.unstubAllEnvs());
    const registry = await open(repository);
    const before = stateOf(repository);
    expect((await registry.register(GREET)).diagnostics).toMatchObject([{ code: "git/no-identity" }]);
    expect(stateOf(repository)).toBe(before);
    const { result } = await registry.register(GREET, { identity: { name: "Bot", email: "bot@example.com" } });
    expect(result).toMatchObject({ version: 1, created: true });
    expect(repository.git("log", "-1", "--format=%an <%ae> %cn").trim()).toBe("Bot <bot@example.com> Bot");
    expect(repository.git("tag", "-l", "--format=%(taggername)").trim()).toBe("Bot");
  });
});

describe("a refused registration changes nothing", () => {
  const SLOW = "x".repeat(1_000_001);
  it.each<[what: string, options: RegisterOptions | object, ...said: string[]]>([
    ["no name", { ...GREET, name: "" }, "register/invalid-name", "it is empty"],
    ["a path", { ...GREET, name: "../secret" }, 'the segment ".." may contain only letters'],
    ["a partial's name", { ...GREET, name: "_greet" }, 'the segment "_greet"'],
    ["a long name", { ...GREET, name: "a".repeat(201) }, "longer than 200 characters"],
    ["a file's name", { ...GREET, name: "new.md" }, "register/invalid-name", "it ends in .md", 'write "new"'],
    ["a file's path", { ...GREET, name: "prompts/a/new.md" }, "begins with the prompts folder", 'write "a/new"'],
    ["a name that git refuses", { ...GREET, name: "a.lock" }, 'ends in ".lock"'],
    [
      "a name that differs in case",
      { ...GREET, name: "OLD" },
      "prompt/case-conflict",
      '"OLD" and "old" differ only in case',
    ],
    ["no text", { name: "greet" }, "either a template or messages"],
    ["two texts", { ...GREET, messages: [{ role: "user", content: "x" }] }, "either a template or messages"],
    ["a large text", { name: "greet", template: SLOW }, "prompt/too-large"],
    ["large front matter", { ...GREET, description: "x".repeat(40_000) }, "front-matter/too-large"],
    ["a broken template", { ...GREET, template: "{{#if}}" }, "template/syntax"],
    ["an undeclared variable", { ...GREET, inputSchema: { nam: "string" } }, "template/undeclared-variable"],
    ["an unknown partial", { ...GREET, template: "{{> nothing}}" }, "template/unknown-partial"],
    ["a wrong schema", { ...GREET, inputSchema: { name: "strin" } }, "schema/invalid"],
    ["no data", { ...GREET, config: { now: new Date() } }, '"config.now" is not plain data'],
    ["a function", { ...GREET, config: { f: () => 1 } }, '"config.f" is a function'],
    ["no number", { ...GREET, config: { a: [1, Number.NaN] } }, '"config.a[1]" is NaN'],
    ["half a character", { ...GREET, template: "\ud800" }, "lone surrogate"],
    ["a NUL", { ...GREET, template: "\0" }, "NUL"],
    ["an unknown role", { name: "greet", messages: [{ role: "bot", content: "x" }] }, 'messages[0] has the role "bot"'],
    ["a blank message", { name: "greet", messages: [{ role: "user", content: " " }] }, "messages[0] is blank"],
    [
      "an open block",
      {
        name: "greet",
        messages: [
          { role: "user", content: "{{#if a}}" },
          { role: "user", content: "{{/if}}" },
        ],
      },
      "messages[0] is not a valid template by itself",
    ],
    [
      "a role in a message",
      { name: "greet", messages: [{ role: "user", content: 'x {{role "system"}} y' }] },
      "messages[0] contains {{role}}",
    ],
    ["no messages", { name: "greet", messages: [] }, "it has no messages"],
    ["an empty message of the commit", { ...GREET, message: " " }, "the commit's message is empty"],
    ["notes like a signature", { ...GREET, notes: "x\n-----BEGIN PGP SIGNATURE-----" }, "release/invalid-notes"],
  ])("%s", async (_, options, ...said) => {
    const repository = project({ "prompts/old.md": "Old" });
    repository.write({ "README.md": "staged" });
    repository.git("add", "README.md");
    const before = stateOf(repository);
    const { result, diagnostics } = await (await open(repository)).register(options as RegisterOptions);
    const text = diagnostics.map(({ code, message, hint }) => `${code} ${message} ${hint}`).join("\n");
    for (const words of said) expect(text).toContain(words);
    expect(result).toBeUndefined();
    expect(stateOf(repository)).toBe(before);
  });

  it.each<[what: string, prepare: (repository: TestRepository) => void, ...said: string[]]>([
    [
      "edits of the file",
      ({ write }) => write({ "prompts/old.md": "Edited" }),
      "register/uncommitted",
      "in the working tree",
    ],
    [
      "staged edits of the file",
      (repository) => {
        repository.write({ "prompts/old.md": "Edited" });
        repository.git("add", "-A");
        repository.write({ "prompts/old.md": "Old" });
      },
      "register/uncommitted",
      "in the index",
    ],
    ["a removed file", ({ git }) => git("rm", "-q", "prompts/old.md"), "register/uncommitted"],
    [
      "a failing pre-commit hook",
      (repository) => hook(repository, "pre-commit", 'echo "no prompts today" >&2; exit 1'),
      "git/refused",
      "no prompts today",
    ],
    [
      "a failing commit-msg hook",
      (repository) => hook(repository, "commit-msg", 'echo "bad message" >&2; exit 1'),
      "bad message",
    ],
    [
      "a hook that stages another file and fails",
      (repository) => hook(repository, "pre-commit", "echo oops >&2; exit 3"),
      "oops",
    ],
    [
      "a merge under way",
      (repository) => {
        repository.git("checkout", "-q", "-b", "side");
        repository.write({ "README.md": "side" });
        repository.commit();
        repository.git("checkout", "-q", "main");
        repository.write({ "README.md": "main" });
        repository.commit();
        expect(() => repository.git("merge", "-q", "side")).toThrow();
      },
      "git/refused",
      "partial commit",
    ],
    [
      "a link in the file's place",
      (repository) => {
        repository.git("rm", "-q", "prompts/old.md");
        mkdirSync(path.join(repository.dir, "prompts"), { recursive: true });
        symlinkSync("../README.md", path.join(repository.dir, "prompts/old.md"));
      },
      "prompt/not-a-file",
      "a symbolic link",
    ],
    [
      "a linked folder",
      (repository) => {
        repository.git("mv", "prompts", "elsewhere");
        symlinkSync("elsewhere", path.join(repository.dir, "prompts"));
      },
      "prompt/not-a-file",
    ],
    [
      "an ignored path",
      (repository) => {
        repository.git("rm", "-q", "-r", "prompts");
        repository.write({ ".gitignore": "node_modules/\nprompts/\n" });
        repository.commit();
      },
      "git/refused",
      "ignored",
    ],
  ])("%s", async (_, prepare, ...said) => {
    const repository = project({ "prompts/old.md": "Old" });
    repository.write({ "other.txt": "staged" });
    prepare(repository);
    repository.write({ "other.txt": "staged" });
    repository.git("add", "other.txt");
    const before = stateOf(repository);
    const { result, diagnostics } = await (await open(repository)).register({ name: "old", template: "New" });
    const text = diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n");
    for (const words of said) expect(text).toContain(words);
    expect(result).toBeUndefined();
    expect(stateOf(repository)).toBe(before);
  });

  it("also for a new prompt in a new folder", async () => {
    const repository = project();
    hook(repository, "pre-commit", "exit 1");
    const before = stateOf(repository);
    const { result, diagnostics } = await (await open(repository)).register({ ...GREET, name: "a/b/c" });
    expect([result, diagnostics[0]?.code]).toEqual([undefined, "git/refused"]);
    expect(stateOf(repository)).toBe(before);
    hook(repository, "pre-commit", "exit 0");
    expect((await (await open(repository)).register({ ...GREET, name: "a/b/c" })).result).toMatchObject({ version: 1 });
  });
});

it("reports a commit without a version, and the next run creates the version", async () => {
  const repository = project({ "prompts/greet.md": "Old\n" });
  chmodSync(path.join(repository.dir, "prompts/greet.md"), 0o755);
  repository.commit();
  const before = commitsOf(repository).length;
  hook(repository, "reference-transaction", 'test "$1" != prepared || ! grep -q refs/tags/');
  const registry = await open(repository);
  const { result, diagnostics } = await registry.register(GREET);
  expect(result).toBeUndefined();
  expect(diagnostics.map(({ code }) => code)).toEqual(["git/refused", "register/committed-only"]);
  expect(diagnostics[1]?.message).toContain(repository.git("rev-parse", "HEAD").slice(0, 12));
  expect(commitsOf(repository)).toHaveLength(before + 1);
  expect(repository.git("ls-files", "--stage", "prompts/greet.md")).toContain("100755");
  hook(repository, "reference-transaction", "exit 0");
  expect((await registry.register(GREET)).result).toMatchObject({ version: 1, created: true });
  expect(commitsOf(repository)).toHaveLength(before + 1);
});

it("commits nothing if prompts.lock cannot be written", async () => {
  const repository = project({ "prompts/greet.md": "Old\n" });
  repository.commit();
  const registry = await open(repository);
  const { plan } = await registry.planRegister(GREET);
  mkdirSync(path.join(repository.dir, "prompts.lock"));
  const before = commitsOf(repository);
  const { result, diagnostics } = await registry.applyRegister(plan as NonNullable<typeof plan>);
  expect([result, diagnostics.map(({ code }) => code)]).toEqual([undefined, ["project/not-a-file"]]);
  expect(commitsOf(repository)).toEqual(before);
  expect(repository.git("tag")).toBe("");
});

it("releases its own commit, even if another commit follows immediately", async () => {
  const repository = project();
  hook(repository, "post-commit", "test -e once || { touch once; echo Other > prompts/greet.md; }");
  const { result } = await (await open(repository)).register(GREET);
  expect(result).toMatchObject({ version: 1, commit: repository.git("rev-parse", "HEAD").trim() });
  expect(repository.git("show", "greet@v1:prompts/greet.md")).toContain("Hello {{name}}!");
});

it("releases the file as a hook changed it", async () => {
  const repository = project();
  hook(repository, "pre-commit", 'sed -i "s/Hello/Good day/" prompts/greet.md && git add prompts/greet.md');
  const registry = await open(repository);
  const first = await registry.register(GREET);
  expect(first.result).toMatchObject({ version: 1, created: true });
  expect(repository.git("show", "HEAD:prompts/greet.md")).toContain("Good day");
  expect((await registry.register(GREET)).result).toEqual({ ...first.result, created: false, locked: false });
  expect(repository.git("status", "--porcelain")).toBe("?? prompts.lock");
});

it("creates one version per text when many processes register at the same time", async () => {
  const repository = project();
  const texts = [1, 2, 3, 4, 5, 1, 2];
  const registries = await Promise.all(texts.map(() => open(repository)));
  const outcomes = await Promise.all(
    registries.map((registry, index) =>
      registry.register({ name: "greet", template: `Hello ${texts[index]}`, model: "m" }),
    ),
  );
  expect(outcomes.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
  for (const [index, { result }] of outcomes.entries())
    expect(repository.git("show", `greet@v${result?.version}:prompts/greet.md`)).toMatch(
      new RegExp(`Hello ${texts[index]}$`),
    );
  expect(repository.git("status", "--porcelain")).toBe("?? prompts.lock");
});

describe("the command", () => {
  it("leaves no staged changes of a file that a hook added to the commit", async () => {
    const repository = project({ "tracked.txt": "1\n", "mine.txt": "1\n" });
    hook(repository, "pre-commit", "date > made.txt; echo 2 > tracked.txt; git add made.txt tracked.txt");
    repository.write({ "mine.txt": "2\n" });
    repository.git("add", "mine.txt");
    const { result } = await (await open(repository)).register(GREET);
    expect(result).toMatchObject({ created: true });
    expect(filesOf(repository)).toEqual(["made.txt", "prompts/greet.md", "tracked.txt"]);
    expect(repository.git("status", "--porcelain")).toBe("M  mine.txt\n?? prompts.lock");
  });

  it("shows an excerpt of the text that was passed, not of the file on disk", async () => {
    const repository = project({ "prompts/greet.md": "One\nTwo\nThree\n" });
    const text = "---\nmodel: m\n---\nHello {{#if}}\n";
    const { code, stderr } = await runCommand(["register", "greet", "--from", "-"], {
      cwd: repository.dir,
      stdin: text,
    });
    expect(code).toBe(1);
    expect(stderr).toContain("prompts/greet.md@draft:4:7  error  template/syntax");
    expect(stderr).toContain("> 4 | Hello {{#if}}");
    expect(stderr).not.toContain("Two");
  });

  it("reads a file or standard input", async () => {
    const repository = project({ "draft.md": "---\nmodel: m\n---\nHello {{name}}!\n" });
    const run = (stdin: string, ...args: string[]) => runCommand(["register", ...args], { cwd: repository.dir, stdin });
    const dry = await run("", "greet", "--from", "draft.md", "--dry-run");
    expect(dry).toMatchObject({ code: 0, stderr: "" });
    expect(dry.stdout).toBe(
      "To commit: prompts/greet.md\n  Register greet\nTo release: greet@v1\nNothing was changed (--dry-run).\n",
    );
    const done = await run("", "greet", "--from", "draft.md", "-m", "First");
    expect(done.stdout).toMatch(
      /✓ Registered greet@v1 at [0-9a-f]{12}\nNext: commit the lock: git add prompts.lock && git commit -m "Lock greet@v1" prompts.lock\n$/,
    );
    expect(repository.git("tag", "-l", "--format=%(contents:subject)").trim()).toBe("First");
    const again = await run("---\nmodel: m\n---\nHello {{name}}!\n", "greet", "--from", "-");
    expect(again).toMatchObject({
      code: 0,
      stdout: "greet is already released as v1\n✓ greet@v1 already has this content\n",
    });
    const json = JSON.parse((await run("Hi", "greet", "--from", "-", "--json")).stdout);
    expect(json.result).toMatchObject({ name: "greet", version: 2, created: true });
    expect((await run("{{#if}}", "greet", "--from", "-")).code).toBe(1);
    expect((await run("", "greet", "--from", "none.md")).code).toBe(2);
    expect((await run("", "greet")).code).toBe(2);
    expect((await run("x", "greet", "--from", "-", "--identity", "Ada")).code).toBe(2);
  });
});

it("is either complete or absent if the command is killed at any step, and the next run completes it", {
  timeout: 240_000,
}, async () => {
  const repository = project({ "other.txt": "1\n" });
  const { dir, git } = repository;
  hook(repository, "pre-commit", "exit 0");
  repository.write({ "other.txt": "staged\n", "node_modules/draft.md": "Hello new" });
  git("add", "other.txt");
  await (await open(repository)).register({ name: "greet", source: "Hello old" });
  const line = [CUECARD, "register", "greet", "--from", "node_modules/draft.md"];
  const program = { cwd: dir, env: process.env };
  const before = copyFolder(dir);
  const run = await recordSteps(line, dir, program);

  const seen = new Set<boolean>();
  const check = async (isCompleted: boolean) => {
    const tags = readTags(path.join(dir, ".git"));
    const isThere = tags.length > 1;
    seen.add(isThere);
    expect(tags).toEqual(isThere ? ["greet@v1", "greet@v2"] : ["greet@v1"]);
    if (isThere) expect(git("show", "greet@v2:prompts/greet.md")).toBe("Hello new");
    expect(git("diff", "--cached", "--name-only", "--diff-filter=M").split("\n")).toContain("other.txt");
    if (!isCompleted) return;
    const { result, diagnostics } = await (await open(repository)).register({ name: "greet", source: "Hello new" });
    expect(diagnostics).toEqual([]);
    expect(result).toMatchObject({ version: 2, created: !isThere });
    expect(git("status", "--porcelain")).toBe("M  other.txt\n?? prompts.lock");
    expect(filesOf(repository)).toEqual(["prompts/greet.md"]);
    expect((await runCommand(["lock", "--check"], { cwd: dir })).code).toBe(0);
    expect(existsSync(path.join(dir, ".git/index.lock"))).toBe(false);
    expect(readdirSync(path.join(dir, "prompts"))).toEqual(["greet.md"]);
  };
  // Every second state is completed: most differ from the one before only in an object that nothing refers to.
  for (const [index, state] of run.states.entries()) {
    restoreFolder(dir, state);
    await check(index % 2 === 0);
  }
  expect(seen).toEqual(new Set([false, true]));
  for (const step of spread(run.starts, KILLS)) {
    restoreFolder(dir, before);
    expect(await killAtStep(line, step, program)).toBe(true);
    await untilQuiet([dir]);
    await check(true);
  }
});
