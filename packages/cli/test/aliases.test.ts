// Moving aliases by the commands: what is said beforehand, what is refused, what stands in aliases.json afterwards.

import { readFileSync } from "node:fs";
import path from "node:path";
import { createProject, prepared, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { openRegistry } from "../src/index.js";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const VERSIONS: readonly string[] = [
  "Hello {{name}}!",
  "---\nmodel: acme/large\n---\nHi {{name}}!",
  "Hi {{name}}, welcome to {{place}}!",
  '{{role "system"}}Greet.{{role "user"}}{{name}}',
  "{{#if name}}Hi {{name}}!{{/if}}",
];

/** `greet` with a version for each of the texts above; `aliases` is what aliases.json says of it. */
const project = prepared((aliases?: string): TestRepository => {
  const repository = createProject();
  for (const [index, text] of VERSIONS.entries()) {
    repository.write({ "prompts/greet.md": text });
    repository.commit();
    repository.tag(`greet@v${index + 1}`, `Version ${index + 1}`);
  }
  if (aliases !== undefined) {
    repository.write({ "aliases.json": aliases });
    repository.commit("Point");
  }
  return repository;
});

const pointing = (pointers: string) => `{\n  "greet": { ${pointers} }\n}\n`;
/** The same with a line for each alias, as commands write it. */
const spread = (...pointers: string[]) => `{\n  "greet": {\n    ${pointers.join(",\n    ")}\n  }\n}\n`;
const read = (dir: string) => readFileSync(path.join(dir, "aliases.json"), "utf8");

async function run(dir: string, line: string, env: Record<string, string> = {}) {
  return runCommand(line.split(" "), { cwd: dir, env });
}

describe("alias set", () => {
  it("prints what callers will notice, writes the pointer, and prints the next step", async () => {
    const { dir } = project(pointing('"production": "v1"'));
    const { code, stdout, stderr } = await run(dir, "alias set greet production v2");
    expect(stderr).toBe("");
    expect(stdout).toBe(
      [
        "greet@production  v1 → v2",
        '  - model is "acme/large"',
        "  - the text changed: cuecard diff greet@v1..v2",
        "prompts.lock gets the line of greet@v2",
        "✓ aliases.json: updated 1 alias",
        "✓ prompts.lock: added greet@v2",
        'Next: commit both for review: git add aliases.json prompts.lock && git commit -m "Point greet@production at v2" aliases.json prompts.lock',
        "",
      ].join("\n"),
    );
    expect(code).toBe(0);
    expect(read(dir)).toBe(spread('"production": "v2"'));
  });

  it("creates aliases.json, and accepts 1 for v1", async () => {
    const { dir } = project();
    expect((await run(dir, "alias set greet production 1")).stdout).toContain("greet@production  set to v1");
    expect(read(dir)).toBe(spread('"production": "v1"'));
    // A new alias has no callers, so it cannot break any.
    expect((await run(dir, "alias set greet staging v4")).code).toBe(0);
    expect((await run(dir, "alias greet dev working")).stdout).toContain("greet@dev  set to working");
    const misspelled = await run(dir, "alias delte greet dev");
    expect(misspelled.stderr).toContain("did you mean `cuecard alias delete`?");
    expect((await run(dir, "check")).code).toBe(0);
  });

  it("changes nothing if the alias already points at the version and the lock has it", async () => {
    const { dir } = project(pointing('"production": "v1"'));
    const { code, stdout } = await run(dir, "alias set greet production v1");
    expect([code, stdout]).toEqual([
      0,
      [
        "greet@production already points at v1",
        "prompts.lock gets the line of greet@v1",
        "✓ prompts.lock: added greet@v1",
        'Next: commit the lock: git add prompts.lock && git commit -m "Lock greet@v1" prompts.lock',
        "",
      ].join("\n"),
    ]);
    const again = await run(dir, "alias set greet production v1");
    expect([again.code, again.stdout]).toEqual([0, "greet@production already points at v1\n"]);
  });

  it.each<[line: string, code: string, message: string, hint: string]>([
    ["alias set greet production v9", "alias/unknown-version", "greet has no version v9", 'did you mean "v5"?'],
    [
      "alias set gret production v1",
      "alias/unknown-prompt",
      'the prompt "gret" does not exist',
      'did you mean "greet"?',
    ],
    ["alias set other production v1", "alias/unknown-prompt", 'the prompt "other" does not exist', "`cuecard list`"],
    ["alias set greet latest v1", "alias/invalid-name", '"latest" is reserved', "name it after an environment"],
    ["alias set greet v2 v1", "alias/invalid-name", '"v2" looks like a version', "name it after an environment"],
    ["alias set greet production staging", "alias/invalid-target", '"staging" is not a valid version', 'write "v3"'],
    [
      "alias set greet production --split v1=0,v2=1",
      "alias/invalid-target",
      "weight of v1 must be a positive",
      'write "v3"',
    ],
    [
      "alias set greet production --split v1=1,v7=1",
      "alias/unknown-version",
      "greet has no version v7",
      'did you mean "v5"?',
    ],
    [
      "alias delete greet prodution",
      "alias/unknown-alias",
      'greet has no alias "prodution"',
      'did you mean "production"?',
    ],
    [
      "alias delete gret production",
      "alias/unknown-prompt",
      'the prompt "gret" does not exist',
      'did you mean "greet"?',
    ],
    ["rollback gret production", "alias/unknown-prompt", 'the prompt "gret" does not exist', 'did you mean "greet"?'],
    [
      "rollback greet prodution --to v1",
      "alias/unknown-alias",
      'greet has no alias "prodution"',
      'did you mean "production"?',
    ],
    [
      "promote gret --from staging --to production",
      "alias/unknown-prompt",
      'the prompt "gret" does not exist',
      'did you mean "greet"?',
    ],
    [
      "promote greet --from stagin --to production",
      "alias/unknown-alias",
      'greet has no alias "stagin"',
      'choose one of its aliases: "production"',
    ],
    [
      "promote --all --from stagin --to production",
      "alias/unknown-alias",
      'no prompt has an alias "stagin"',
      'choose one of the prompts\' aliases: "production"',
    ],
  ])("`%s` is refused", async (line, code, message, hint) => {
    const aliases = pointing('"production": "v1"');
    const { dir } = project(aliases);
    const found = await run(dir, line);
    expect(found.stderr.match(/[a-z-]+\/[a-z-]+(?=\n)/g)).toEqual([code]);
    expect(found.stderr.replace(/\s+/g, " ")).toContain(message);
    expect(found.stderr.replace(/\s+/g, " ")).toContain(hint);
    expect([found.code, found.stdout, read(dir)]).toEqual([1, "", aliases]);
  });

  it.each([
    ["alias set greet production", "name a version, or use --split"],
    ["alias set greet production v1 --split v1=1", "name a version, or use --split"],
    ["alias set greet production --split v1", "Write weights such as v3=90,v4=10"],
    ["alias set greet production --split v1=1,v1=2", "List each version only once"],
    ["promote --from a --to b", "name the prompts to promote, or use --all"],
    ["promote greet --all --from a --to b", "name the prompts to promote, or use --all"],
    ["promote greet --from a --to a", "--from and --to are both a"],
    ["promote greet --to b", "required option '--from <alias>' not specified"],
    ["promote greet --from a --to b --share 101", "percentage from 1 to 100"],
  ])("`%s` is a usage error", async (line, message) => {
    const { code, stderr } = await run(project().dir, line);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  it("refuses a version that does not compile, with the reason", async () => {
    const repository = project(pointing('"production": "v1"'));
    repository.write({ "prompts/greet.md": "Hi {{#if name}}" });
    repository.commit();
    repository.tag("greet@v6", "Broken");
    const { code, stderr } = await run(repository.dir, "alias set greet production v6");
    expect(stderr).toContain("prompts/greet.md@v6:1:4  error  template/syntax");
    expect(code).toBe(1);
    expect((await run(repository.dir, "alias set greet dev working")).stderr).toContain("prompts/greet.md:1:4");
  });

  it("works despite errors in other prompts", async () => {
    const repository = project(pointing('"production": "v1", "other": "v77"'));
    repository.write({ "prompts/broken.md": "{{#if", "aliases.json": read(repository.dir) });
    expect((await run(repository.dir, "alias set greet production v2")).code).toBe(0);
    expect(read(repository.dir)).toBe(spread('"production": "v2"', '"other": "v77"'));
    // Fixing a pointer that was broken breaks no callers.
    expect((await run(repository.dir, "alias set greet other v4")).code).toBe(0);
    expect((await run(repository.dir, "alias delete greet other")).code).toBe(0);
  });

  it("refuses a version whose tag was moved, with the reason", async () => {
    const repository = project(pointing('"production": "v1"'));
    await run(repository.dir, "lock");
    repository.git("tag", "-f", "greet@v2", "greet@v1^{commit}");
    const { code, stderr } = await run(repository.dir, "alias set greet production v2");
    expect(stderr).toContain("alias/unusable-version");
    expect(stderr).toContain("tag/moved");
    expect(code).toBe(1);
  });

  it("refuses a retired version, with the reason, also as the target of a rollback", async () => {
    const repository = project(pointing('"production": "v1"'));
    repository.write({ "aliases.json": pointing('"production": "v2"') });
    repository.commit("Point at v2");
    await runCommand(["retire", "greet@v1", "--reason", "too short", "--yes"], { cwd: repository.dir });
    const { code, stderr } = await run(repository.dir, "alias set greet staging v1");
    expect(stderr).toContain("greet@staging cannot point at v1, which is retired: too short");
    expect(code).toBe(1);
    const back = await run(repository.dir, "rollback greet production");
    expect(back.stderr).toContain("alias/retired-target");
    expect(back.stderr).toContain("the earlier target of greet@production, v1, can no longer be used");
  });

  it("refuses a version that was never merged, also as an arm and in a promotion", async () => {
    const repository = project(pointing('"production": "v1"'));
    repository.git("checkout", "--quiet", "-b", "side");
    repository.write({ "prompts/greet.md": "Not reviewed, {{name}}" });
    repository.commit("Not merged");
    repository.tag("greet@v6", "Version 6");
    repository.git("checkout", "--quiet", "main");
    for (const target of ["v6", "--split v1=90,v6=10"]) {
      const { code, stderr } = await run(repository.dir, `alias set greet staging ${target}`);
      expect(stderr).toContain("greet@staging cannot point at v6, which was never merged");
      expect(code).toBe(1);
    }
    repository.write({ "aliases.json": pointing('"production": "v1", "staging": "v6"') });
    const promoted = await run(repository.dir, "promote greet --from staging --to production");
    expect(promoted.stderr).toContain("greet@production cannot point at v6, which was never merged");
    repository.write({ "aliases.json": pointing('"production": "v1"') });
    repository.git("merge", "--quiet", "side");
    expect((await run(repository.dir, "alias set greet staging v6")).code).toBe(0);
  });

  it("adds the version to prompts.lock in CI as well, where builds do not change it", async () => {
    const { dir } = project(pointing('"production": "v1"'));
    const { code, stdout } = await run(dir, "alias set greet production v2", { CI: "1" });
    expect(stdout).toContain("✓ prompts.lock: added greet@v2\n");
    expect(code).toBe(0);
    expect(readFileSync(path.join(dir, "prompts.lock"), "utf8")).toMatch(/^greet@v2 .* "Version 2"\n$/);
  });
});

describe("a change that breaks callers", () => {
  it.each<[from: string, line: string, code: string, problem: string]>([
    ['"v1"', "alias set greet production v3", "input/breaking-change", 'input "place" is new and required'],
    ['"v3"', "alias set greet production v1", "input/breaking-change", 'input "place" is no longer accepted'],
    ['"v1"', "alias set greet production v4", "alias/breaking-change", "the prompt changed from text to chat"],
    ['"v5"', "alias set greet production v1", "input/breaking-change", 'input "name" is now required'],
    [
      '"v1"',
      "alias set greet production --split v1=9,v2=1",
      "alias/breaking-change",
      "callers must pass { key }, which selects the version",
    ],
    ['{ "v1": 1, "v2": 1 }', "alias set greet production v3", "input/breaking-change", 'input "place" is new'],
  ])("from %s, `%s`, is refused unless it is allowed", async (from, line, code, problem) => {
    const aliases = pointing(`"production": ${from}`);
    const { dir } = project(aliases);
    const refused = await run(dir, line);
    expect(refused.stderr).toContain(`aliases.json:2:28  error  ${code}`);
    expect(refused.stderr.replace(/\s+/g, " ")).toContain(problem);
    expect(refused.stdout.replace(/\s+/g, " ")).toContain(`! ${problem}`);
    expect([refused.code, read(dir)]).toEqual([1, aliases]);
    const allowed = await run(dir, `${line} --allow-breaking`);
    expect(allowed.stdout.replace(/\s+/g, " ")).toContain(`! ${problem}`);
    expect(allowed.code).toBe(0);
    expect(read(dir)).not.toBe(aliases);
  });

  it.each([
    ['"v1"', "v5"],
    ['"v1"', "v2"],
    ['{ "v1": 1, "v2": 1 }', "v2"],
    // Callers satisfy both arms, and so the one that is left.
    ['{ "v1": 1, "v3": 1 }', "v3"],
    ['{ "v1": 1, "v4": 1 }', "v2"],
  ])("from %s to %s nothing does", async (from, to) => {
    const { dir } = project(pointing(`"production": ${from}`));
    const { code, stderr } = await run(dir, `alias set greet production ${to}`);
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("needs confirmation on a terminal, even with --allow-breaking", async () => {
    const { dir } = project(pointing('"production": "v1"'));
    const { stdout, code } = await runCommand(["alias", "set", "greet", "production", "v3", "--allow-breaking"], {
      cwd: dir,
      columns: 60,
    });
    // Nobody answers here: standard input is no terminal, so nothing is asked.
    expect(code).toBe(0);
    // A command is copied, and so never wrapped.
    const prose = stdout.split("\n").filter((line) => !line.startsWith("Next: "));
    expect(Math.max(...prose.map((line) => line.length))).toBeLessThan(80);
  });
});

describe("alias delete", () => {
  it("removes the pointer, and the prompt's entry with its last pointer", async () => {
    const { dir } = project(pointing('"production": "v1", "staging": "v2"'));
    const { stdout } = await run(dir, "alias delete greet staging");
    expect(stdout).toContain("greet@staging  v2 → deleted\n  ! code that loads it will no longer compile\n");
    expect(read(dir)).toBe(spread('"production": "v1"'));
    await run(dir, "alias delete greet production --yes");
    expect(read(dir)).toBe("{}\n");
  });

  it("removes a pointer of a prompt that no longer exists", async () => {
    const { dir } = project('{\n  "gone": { "production": "v1" }\n}\n');
    expect((await run(dir, "alias delete gone production")).code).toBe(0);
    expect(read(dir)).toBe("{}\n");
  });
});

describe("alias list", () => {
  it("shows who moved each alias and when, and which moves are not committed", async () => {
    const repository = project(pointing('"production": "v1", "broken": "v9"'));
    repository.write({
      "aliases.json": pointing('"production": "v1", "broken": "v9", "staging": { "v1": 9, "v2": 1 }'),
    });
    const { stdout, stderr, code } = await run(repository.dir, "alias list");
    const today = repository.git("log", "-1", "--format=%ad", "--date=format:%Y-%m-%d").trim();
    const utc = new Date().toISOString().slice(0, 10);
    expect(stdout.replaceAll(utc, today)).toBe(
      [
        "NAME   ALIAS       TARGET           MOVED              BY",
        `greet  broken      v9 (broken)      ${today}         Ada`,
        `greet  production  v1               ${today}         Ada`,
        "greet  staging     v1 90% / v2 10%  not committed yet",
        "",
      ].join("\n"),
    );
    expect(stderr).toContain("alias/unknown-version");
    expect(code).toBe(1);
  });

  it("lists the aliases of one prompt", async () => {
    const { dir } = project(pointing('"production": "v1"'));
    expect(JSON.parse((await run(dir, "alias list greet --json")).stdout)).toEqual({
      aliases: [
        {
          name: "greet",
          alias: "production",
          target: "v1",
          broken: false,
          moved: {
            date: expect.any(String),
            by: { name: "Ada", email: "ada@example.com" },
            commit: expect.any(String),
          },
        },
      ],
    });
    const { code, stderr } = await run(dir, "alias list gret");
    expect([code, stderr]).toEqual([1, 'error: the prompt "gret" does not exist\nhint: did you mean "greet"?\n']);
  });
});

describe("promote", () => {
  it("moves many prompts in one edit", async () => {
    const repository = project();
    repository.write({ "prompts/other.md": "Other {{x}}" });
    repository.commit();
    repository.tag("other@v1");
    repository.write({
      "aliases.json":
        '{\n  "other": { "staging": "v1" },\n  "greet": { "production": "v1", "staging": "v2" },\n  "same": {}\n}\n',
    });
    repository.commit();
    const { code, stdout } = await run(repository.dir, "promote --all --from staging --to production");
    expect(stdout).toContain("✓ aliases.json: updated 2 aliases");
    expect(stdout).toContain('git commit -m "Promote 2 prompts from staging to production"');
    expect(code).toBe(0);
    expect(read(repository.dir)).toBe(
      '{\n  "other": {\n    "staging": "v1",\n    "production": "v1"\n  },\n  "greet": {\n    "production": "v2",\n    "staging": "v2"\n  },\n  "same": {}\n}\n',
    );
    const again = await run(repository.dir, "promote --all --from staging --to production");
    expect(again.stdout).toBe("other@production already points at v1\ngreet@production already points at v2\n");
  });

  it("moves no prompt if one of them breaks its callers", async () => {
    const repository = project(pointing('"production": "v1", "staging": "v3"'));
    const text = '{\n  "greet": { "production": "v1", "staging": "v3" },\n  "other": { "staging": "v1" }\n}\n';
    repository.write({ "prompts/other.md": "Other {{x}}", "aliases.json": text });
    repository.commit();
    repository.tag("other@v1");
    const { code, stderr } = await run(repository.dir, "promote --all --from staging --to production");
    expect(stderr).toContain("input/breaking-change");
    expect([code, read(repository.dir)]).toEqual([1, text]);
  });

  it("refuses the working file, and prints what to do instead", async () => {
    const { dir } = project(pointing('"production": "v1", "staging": "working"'));
    const { code, stderr } = await run(dir, "promote greet --from staging --to production");
    expect(stderr).toContain("greet@staging cannot be promoted: it points at the working file, which is not a version");
    expect(stderr.replace(/\s+/g, " ")).toContain("release it with `cuecard release greet`");
    expect(code).toBe(1);
  });

  it("moves a share of the callers, then more, then all", async () => {
    const { dir } = project(pointing('"production": "v1", "staging": "v2"'));
    const share = (percent: string, more = "") =>
      run(dir, `promote greet --from staging --to production --share ${percent}${more}`);
    expect((await share("10")).stderr.replace(/\s+/g, " ")).toContain(
      "callers must pass { key }, which selects the version",
    );
    expect((await share("10", " --allow-breaking")).stdout).toContain("v1 → v1 90% / v2 10%");
    expect((await share("50")).stdout).toContain("v1 90% / v2 10% → v1 50% / v2 50%");
    expect((await share("100")).stdout.replace(/\s+/g, " ")).toContain("callers no longer need { key }");
    expect(read(dir)).toBe(spread('"production": "v2"', '"staging": "v2"'));
  });
});

describe("rollback", () => {
  it("points the alias at its earlier target, or undoes an uncommitted move", async () => {
    const repository = project(pointing('"production": "v1"'));
    await run(repository.dir, "alias set greet production v2");
    expect((await run(repository.dir, "rollback greet production --dry-run")).stdout).toContain("v2 → v1");
    repository.commit("Point at v2");
    const { stdout } = await run(repository.dir, "rollback greet production");
    expect(stdout).toContain("greet@production  v2 → v1");
    expect(stdout).toContain('git commit -m "Roll greet@production back to v1"');
    expect(read(repository.dir)).toBe(spread('"production": "v1"'));
    expect((await run(repository.dir, "rollback greet production --to v5")).code).toBe(0);
  });

  it("reports why the earlier version cannot be used", async () => {
    const repository = project(pointing('"production": "v1"'));
    repository.write({ "aliases.json": pointing('"production": "v2"') });
    repository.commit("Point at v2");
    repository.git("tag", "-d", "greet@v1");
    const { code, stderr } = await run(repository.dir, "rollback greet production");
    expect(stderr).toContain("alias/unknown-version");
    expect(stderr).toContain("the earlier target of greet@production, v1, can no longer be used");
    expect(code).toBe(1);
  });

  it("is refused if it breaks callers, unless --allow-breaking is passed", async () => {
    const repository = project(pointing('"production": "v1"'));
    repository.write({ "aliases.json": pointing('"production": "v3"') });
    repository.commit("Point at v3");
    expect((await run(repository.dir, "rollback greet production")).stderr).toContain("input/breaking-change");
    expect((await run(repository.dir, "rollback greet production --allow-breaking")).code).toBe(0);
  });
});

describe("plans", () => {
  it("are printed as data, and change nothing with --dry-run", async () => {
    const aliases = pointing('"production": "v1"');
    const { dir } = project(aliases);
    const { stdout, code } = await run(dir, "alias set greet production v2 --dry-run --json");
    expect(JSON.parse(stdout)).toMatchObject({
      diagnostics: [],
      plan: {
        edits: [
          {
            name: "greet",
            alias: "production",
            from: { kind: "version", version: 1 },
            to: { kind: "version", version: 2 },
            breaks: [],
            comparisons: [{ before: "v1", after: "v2", sameText: false, changes: [{ subject: "model" }] }],
          },
        ],
        breaking: false,
        text: { before: aliases, after: spread('"production": "v2"') },
        locks: [{ name: "greet", version: 2, notes: "Version 2" }],
      },
    });
    expect([code, read(dir)]).toEqual([0, aliases]);
    expect((await run(dir, "alias set greet production v2 --dry-run")).stdout).toContain("Nothing was changed");
    const applied = JSON.parse((await run(dir, "alias set greet production v2 --json")).stdout);
    expect(applied.result).toMatchObject({
      file: "aliases.json",
      edits: [{ name: "greet" }],
      locked: [{ name: "greet", version: 2 }],
      files: ["aliases.json", "prompts.lock"],
    });
    const refused = JSON.parse((await run(dir, "alias set greet production v3 --json")).stdout);
    expect(refused).toMatchObject({ diagnostics: [{ code: "input/breaking-change" }] });
    expect(refused.plan).toMatchObject({ edits: [{ name: "greet" }], breaking: true, allowsBreaking: false });
    expect(read(dir)).toBe(spread('"production": "v2"'));
  });

  it("can be made and applied from a program", async () => {
    const repository = project(pointing('"production": "v1", "staging": "v2"'));
    const registry = await openRegistry({ dir: repository.dir });
    const promotion = await registry.planPromotion({ names: ["greet"], from: "staging", to: "production" });
    if (promotion.plan === undefined) throw new Error("there is no plan");
    expect((await registry.applyAliases(promotion.plan)).diagnostics).toEqual([]);
    expect((await registry.applyAliases(promotion.plan)).diagnostics.map(({ code }) => code)).toEqual([
      "alias/changed-meanwhile",
    ]);
    const rollback = await registry.planRollback({ name: "greet", alias: "production" });
    expect(rollback.plan?.edits.map(({ to }) => to)).toEqual([{ kind: "version", version: 1 }]);
    const breaking = { kind: "set", name: "greet", alias: "production", to: "v3" } as const;
    const refused = await registry.planAliases(breaking);
    expect(refused.diagnostics.map(({ code }) => code)).toEqual(["input/breaking-change"]);
    expect(refused.plan?.edits).toHaveLength(1);
    if (refused.plan === undefined) throw new Error("there is no plan");
    const applied = await registry.applyAliases(refused.plan);
    expect([applied.result, applied.diagnostics.map(({ code }) => code)]).toEqual([
      undefined,
      ["input/breaking-change"],
    ]);
    expect((await registry.planAliases(breaking, { allowBreaking: true })).plan?.breaking).toBe(true);
    registry.close();
  });

  it("report merge conflicts and folders outside of a repository", async () => {
    const repository = project('{\n<<<<<<< HEAD\n  "greet": { "production": "v1" }\n=======\n>>>>>>> side\n}\n');
    const { stderr, code } = await run(repository.dir, "promote --all --from staging --to production");
    expect(stderr).toContain("aliases.json:2:1  error  alias/conflict-markers");
    expect(code).toBe(1);
    expect((await run(repository.dir, "check")).stdout).toContain("alias/conflict-markers");
  });

  it("do not touch other changes in the working tree", async () => {
    const repository = project(pointing('"production": "v1"'));
    repository.write({ "prompts/greet.md": "Unfinished {{name}}", "notes.txt": "x" });
    repository.git("add", "notes.txt");
    const before = repository.git("status", "--short");
    expect((await run(repository.dir, "alias set greet production v2")).code).toBe(0);
    expect(repository.git("status", "--short")).toBe(` M aliases.json\n${before}\n?? prompts.lock`);
  });
});
