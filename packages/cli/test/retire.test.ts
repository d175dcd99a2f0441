import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createProject, prepared, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { openRegistry, type RetireOptions } from "../src/index.js";
import { runCommand } from "./run-command.js";

// This file runs many git commands: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const PACKAGE = { "packages/prompts/package.json": '{ "name": "@acme/prompts", "type": "module" }' };

/** `greet` with three versions, locked; `hi` with one. */
const greetings = prepared(async (files: Readonly<Record<string, string>> = {}): Promise<TestRepository> => {
  const repository = createProject({ ...PACKAGE, ...files });
  for (const version of [1, 2, 3]) {
    repository.write({ "prompts/greet.md": `Hello ${version}` });
    repository.commit();
    repository.tag(`greet@v${version}`, `Version ${version}`);
  }
  repository.write({ "prompts/hi.md": "Hi" });
  repository.commit();
  repository.tag("hi@v1");
  await runCommand(["lock"], { cwd: repository.dir });
  repository.commit("Lock");
  return repository.identify();
});

const aliases = (pointers: object) => ({ "aliases.json": `${JSON.stringify({ greet: pointers })}\n` });
const load = (args: string) => ({ "src/bot.ts": `import { load } from "@acme/prompts";\nload(${args});\n` });
const run = (repository: TestRepository, ...args: string[]) => runCommand(args, { cwd: repository.dir });
const lockOf = ({ dir }: TestRepository) => readFileSync(path.join(dir, "prompts.lock"), "utf8");
/** Which versions the lock has as retired, with their reasons. */
const retiredIn = (repository: TestRepository) =>
  [...lockOf(repository).matchAll(/^(\S+) .* retired (".*")$/gm)].map(([, tag, reason]) => [
    tag,
    JSON.parse(reason ?? ""),
  ]);

describe("retire", () => {
  it("marks the version, which can still be loaded, and `latest` skips it", async () => {
    const repository = await greetings(aliases({ production: "v2" }));
    const before = lockOf(repository);
    const done = await run(repository, "retire", "greet@v3", "--reason", "It shouts");
    expect(done).toMatchObject({ code: 0, stderr: "" });
    expect(done.stdout).toBe(
      'To retire:\n  greet@v3\n  It shouts\nThe latest version of greet will be v2\n✓ Retired greet@v3\nNext: commit the lock: git add prompts.lock && git commit -m "Retire greet@v3" prompts.lock\n',
    );
    expect(lockOf(repository)).toBe(before.replace(/^(greet@v3 .*)$/m, '$1 retired "It shouts"'));
    expect((await run(repository, "render", "greet")).stdout).toContain("Hello 2");
    expect((await run(repository, "render", "greet@v3")).stdout).toContain("Hello 3");
    expect((await run(repository, "show", "greet@v3")).stdout).toContain("Retired: It shouts");
    expect(JSON.parse((await run(repository, "show", "greet@v3", "--json")).stdout).retired).toBe("It shouts");
    expect((await run(repository, "list")).stdout).toMatch(/greet +v2/);
    expect((await run(repository, "check")).code).toBe(0);
    expect((await run(repository, "build")).code).toBe(0);
    expect((await run(repository, "lock", "--check")).code).toBe(0);
    const manifest = JSON.parse(readFileSync(path.join(repository.dir, "packages/prompts/dist/manifest.json"), "utf8"));
    expect(manifest.prompts.greet.versions.v3.retired).toBe("It shouts");
    expect(manifest.prompts.greet.aliases.latest).toBe("v2");
  });

  it("prints a commit command that works in the current folder and commits only the lock", async () => {
    const repository = await greetings({ "src/deep/bot.ts": "" });
    repository.write({ "other.txt": "" });
    repository.git("add", "other.txt");
    const cwd = path.join(repository.dir, "src/deep");
    const { stdout } = await runCommand(["--no-color", "retire", "greet@v3", "--reason", "Old"], { cwd, columns: 40 });
    const [, command = ""] = /^Next: commit the lock: (.*)$/m.exec(stdout) ?? [];
    expect(command).toContain("git -C ../.. add prompts.lock");
    execFileSync("sh", ["-c", command], { cwd });
    expect(repository.git("show", "--format=%s", "--name-only")).toBe("Retire greet@v3\n\nprompts.lock");
    expect(repository.git("status", "--porcelain")).toBe("A  other.txt");
  });

  it("keeps the mark in a build, and the next release uses the next number", async () => {
    const repository = await greetings();
    await run(repository, "retire", "greet@v3", "--reason", "It shouts");
    repository.write({ "prompts/greet.md": "Hello again" });
    repository.commit();
    expect((await run(repository, "release", "greet", "-m", "Calm")).stdout).toContain("Released greet@v4");
    expect(retiredIn(repository)).toEqual([["greet@v3", "It shouts"]]);
    expect((await run(repository, "list")).stdout).toMatch(/greet +v4/);
  });

  it("can be undone, changed and repeated", async () => {
    const repository = await greetings();
    const before = lockOf(repository);
    await run(repository, "retire", "greet@v1", "greet@v2", "--reason", "Old");
    expect(retiredIn(repository)).toEqual([
      ["greet@v1", "Old"],
      ["greet@v2", "Old"],
    ]);
    const again = await run(repository, "retire", "greet@v1", "--reason", "Old");
    expect(again).toMatchObject({ code: 0, stdout: "greet@v1 is already retired for this reason\n" });
    await run(repository, "retire", "greet@v1", "--reason", "Wrong prices");
    expect(retiredIn(repository)).toEqual([
      ["greet@v1", "Wrong prices"],
      ["greet@v2", "Old"],
    ]);
    const undone = await run(repository, "retire", "--undo", "greet@v1", "prompts:/greet/2");
    expect(undone).toMatchObject({ code: 0, stderr: "" });
    expect(undone.stdout).toContain("Brought back greet@v1, greet@v2");
    expect(lockOf(repository)).toBe(before);
  });

  it.each<[what: string, pointers: object, message: string]>([
    ["an alias", { production: "v2" }, "greet@production points at greet@v2"],
    ["an arm of a weighted alias", { split: { v1: 9, v2: 1 } }, "greet@split points at greet@v2"],
  ])("refuses while %s points there", async (_, pointers, message) => {
    const repository = await greetings(aliases(pointers));
    const before = lockOf(repository);
    const refused = await run(repository, "retire", "greet@v2", "--reason", "Old");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("aliases.json:1:");
    expect(refused.stderr).toContain(message);
    expect(lockOf(repository)).toBe(before);
  });

  it.each<[args: string, pointers: object, refused: readonly string[]]>([
    ['"greet", "v3"', {}, ["src/bot.ts:2:1  error  retire/in-use"]],
    ['"greet", 3', {}, ["src/bot.ts:2:1  error  retire/in-use"]],
    ['"prompts:/greet/3"', {}, ["src/bot.ts:2:1  error  retire/in-use"]],
    [
      '"greet", "dev"',
      { dev: "v3" },
      ["aliases.json:1:17  error  retire/pointed-at", "src/bot.ts:2:1  error  retire/in-use"],
    ],
    ['"greet", "v2"', {}, []],
    ['"hi", "v1"', {}, []],
    // It goes on with v2.
    ['"greet", "latest"', {}, []],
    ['"greet", process.argv[2] as "v1"', {}, ["src/bot.ts:2:1  warning  retire/maybe-used"]],
    ['process.argv[2] as "greet", "v3"', {}, ["src/bot.ts:2:1  warning  retire/maybe-used"]],
    ['process.argv[2] as "greet", "production"', { production: "v2" }, []],
    ['process.argv[2] as "greet", "latest"', {}, []],
  ])("of code that loads %s says %3$j", async (args, pointers, findings) => {
    const repository = await greetings({ ...aliases(pointers), ...load(args) });
    const { code, stderr } = await run(repository, "retire", "greet@v3", "--reason", "Old");
    expect(stderr.match(/^\S+:\d+:\d+ {2}\w+ {2}\S+$/gm) ?? []).toEqual(findings);
    const isRefused = findings.some((finding) => finding.includes("error"));
    expect([code, retiredIn(repository).length]).toEqual(isRefused ? [1, 0] : [0, 1]);
  });

  it("refuses to retire the last version that `latest` can select if code loads `latest`", async () => {
    const repository = await greetings(load('"hi", "latest"'));
    const refused = await run(repository, "retire", "hi@v1", "--reason", "Old");
    expect(refused.stderr).toContain("this code loads hi@v1 as latest");
    expect(refused.code).toBe(1);
  });

  it.each<[ref: string, ...said: string[]]>([
    ["greet@v9", "greet has no version v9", 'did you mean "greet@v3"?'],
    ["gret@v1", 'the prompt "gret" does not exist', 'did you mean "greet"?'],
    ["greet@production", '"greet@production" is not a version number', "write greet@v1"],
    ["greet", '"greet" is not a version number', "write greet@v3"],
    ["greet@latest", "is not a version number"],
    ["greet@working", "is not a version number", "delete the file to retire the prompt"],
  ])("does not know %s", async (ref, ...said) => {
    const repository = await greetings(aliases({ production: "v1" }));
    const { code, stderr } = await run(repository, "retire", ref, "--reason", "Old");
    expect(code).toBe(1);
    for (const text of said) expect(stderr).toContain(text);
  });

  it.each([
    [["retire", "greet@v1"]],
    [["retire", "greet@v1", "--undo", "--reason", "x"]],
    [["retire", "--reason", "x"]],
  ])("%j is no command line", async (args) => {
    const repository = await greetings();
    expect((await run(repository, ...args)).code).toBe(2);
  });

  it("returns the plan as data, and checks it again before applying it", async () => {
    const repository = await greetings();
    const before = lockOf(repository);
    const dry = await run(repository, "retire", "greet@v3", "--reason", "Old", "--dry-run", "--json");
    const { plan, diagnostics } = JSON.parse(dry.stdout);
    expect(diagnostics).toEqual([]);
    expect(plan).toMatchObject({
      reason: "Old",
      versions: [{ tag: "greet@v3" }],
      latest: [{ name: "greet", from: 3, to: 2 }],
    });
    expect(lockOf(repository)).toBe(before);
    const registry = await openRegistry({ dir: repository.dir });
    repository.write(aliases({ production: "v3" }));
    expect(await registry.applyRetire(plan)).toMatchObject({
      result: undefined,
      diagnostics: [{ code: "retire/pointed-at" }],
    });
    expect(lockOf(repository)).toBe(before);
    repository.write(aliases({ production: "v2" }));
    // A version that was released in the meantime keeps its line.
    repository.write({ "prompts/hi.md": "Hi!" });
    repository.commit();
    repository.tag("hi@v2");
    expect(await registry.applyRetire(plan)).toEqual({
      result: { retired: [{ name: "greet", version: 3 }] },
      diagnostics: [],
    });
    expect(retiredIn(repository)).toEqual([["greet@v3", "Old"]]);
    expect(lockOf(repository)).toContain("hi@v2 ");
    // As code without types may call it: a reason that was forgotten takes no retirement back.
    const forgotten: RetireOptions[] = [
      { references: ["greet@v3"], reason: " " },
      JSON.parse('{ "references": ["greet@v3"] }'),
    ];
    for (const options of forgotten)
      expect(await registry.planRetire(options)).toMatchObject({
        plan: undefined,
        diagnostics: [{ code: "retire/no-reason" }],
      });
    const undo = (await registry.planRetire({ references: ["greet@v3"], undo: true })).plan;
    expect(undo).toMatchObject({ undo: true, versions: [{ tag: "greet@v3", before: "Old" }] });
    registry.close();
  });
});

describe("with settings that cannot be read", () => {
  it("reports the reason, both when planning and when applying a plan", async () => {
    const repository = await greetings();
    const retirement = ["retire", "greet@v3", "--reason", "Old"];
    const dry = await run(repository, ...retirement, "--dry-run", "--json");
    repository.write({ "cuecard.config.json": '{ "prompts": 7 }\n' });
    const refused = await run(repository, ...retirement);
    expect([refused.code, refused.stdout]).toEqual([1, ""]);
    expect(refused.stderr).toContain("config/invalid");
    const json = await run(repository, ...retirement, "--json");
    expect([json.code, JSON.parse(json.stdout)]).toMatchObject([1, { diagnostics: [{ code: "config/invalid" }] }]);
    const registry = await openRegistry({ dir: repository.dir });
    expect(await registry.applyRetire(JSON.parse(dry.stdout).plan)).toMatchObject({
      result: undefined,
      diagnostics: [{ code: "config/invalid" }],
    });
    registry.close();
  });
});

describe("a prompt whose file was deleted", () => {
  it("is listed with its last version, even if all versions are retired", async () => {
    const repository = await greetings({});
    repository.git("rm", "-q", "prompts/greet.md");
    const refs = ["greet@v1", "greet@v2", "greet@v3"];
    expect((await run(repository, "retire", ...refs, "--reason", "Old")).code).toBe(0);
    expect((await run(repository, "list")).stdout).toMatch(/greet +- .* text \(file deleted\)/);
  });

  it("can be loaded, and `check` reports the aliases that point at it", async () => {
    const repository = await greetings(aliases({ production: "v2" }));
    repository.git("rm", "-q", "prompts/greet.md");
    const checked = await run(repository, "check");
    expect(checked.code).toBe(0);
    expect(checked.stdout).toContain("aliases.json:1:24  warning  prompt/file-deleted");
    expect(checked.stdout).toContain(
      "greet@production points at a prompt without a file: prompts/greet.md does not exist",
    );
    expect(checked.stdout).not.toContain("prompt/deleted-in-use");
    repository.write(load('"greet", "production"'));
    const used = await run(repository, "check");
    expect(used.stdout).toContain("src/bot.ts:2:1  warning  prompt/deleted-in-use");
    expect(used.code).toBe(0);
    const set = await run(repository, "alias", "set", "greet", "staging", "v2");
    expect([set.code, set.stderr.includes("prompt/file-deleted")]).toEqual([0, true]);
    repository.write(aliases({ production: "v2" }));
    expect((await run(repository, "show", "greet@v2")).stdout).toContain("The file was deleted");
    expect((await run(repository, "list")).stdout).toMatch(/greet .* text \(file deleted\)/);
    expect((await run(repository, "build")).code).toBe(0);
    expect(readFileSync(path.join(repository.dir, "packages/prompts/dist/prompts/greet.d.ts"), "utf8")).toContain(
      "v3: V3;",
    );
    repository.write({ "prompts/team/greet.md": "---\nrenamed_from: greet\n---\nHello" });
    expect((await run(repository, "check")).stdout).toContain(
      "greet@production points at a prompt that was renamed to team/greet",
    );
    writeFileSync(path.join(repository.dir, "prompts/greet.md"), Buffer.from([0xff]));
    // A file that cannot be read is there.
    expect((await run(repository, "check")).stdout).not.toContain("prompt/file-deleted");
  });
});

describe("a request for something that does not exist", () => {
  it.each(["history", "show", "blame", "diff", "scores", "alias list", "usages", "render"])(
    "is told as data by `%s --json`",
    async (command) => {
      const repository = await greetings();
      const { code, stdout, stderr } = await run(repository, ...command.split(" "), "gret", "--json");
      expect([code, stderr]).toEqual([1, ""]);
      expect(JSON.parse(stdout)).toMatchObject({
        diagnostics: [{ code: "request/refused", severity: "error", hint: 'did you mean "greet"?' }],
      });
    },
  );
});
