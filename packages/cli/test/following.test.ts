// Aliases that follow releases: `"staging": "latest"`. Where they lead is in prompts.lock.

import { readFileSync } from "node:fs";
import path from "node:path";
import { createProject, prepared, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const VERSIONS: readonly string[] = ["Hello {{name}}!", "Hi {{name}}!", "Good day {{name}}!"];

/** `greet` with these versions, each recorded by a commit of its own; `staging` follows releases from the first one on. */
const project = prepared((versions: number): TestRepository => {
  const repository = createProject();
  repository.write({ "aliases.json": pointing('"production": "v1", "staging": "latest"') });
  for (const [index, text] of VERSIONS.slice(0, versions).entries()) {
    repository.write({ "prompts/greet.md": text }).commit(`Text ${index + 1}`);
    repository.tag(`greet@v${index + 1}`, `Version ${index + 1}`);
  }
  return repository;
});

const pointing = (pointers: string) => `{ "greet": { ${pointers} } }\n`;
const read = (dir: string, file = "aliases.json") => readFileSync(path.join(dir, file), "utf8");

async function run({ dir }: { readonly dir: string }, line: string, env: Record<string, string> = {}) {
  return runCommand(line.split(" "), { cwd: dir, env });
}

/** Records versions one after the other, as releases in CI do. */
async function recorded(versions: number): Promise<TestRepository> {
  const repository = project(versions);
  await run(repository, "lock");
  const lines = read(repository.dir, "prompts.lock").split(/(?<=\n)/);
  for (const index of lines.keys())
    repository.write({ "prompts.lock": lines.slice(0, index + 1).join("") }).commit(`Record v${index + 1}`);
  return repository;
}

describe("where it leads", () => {
  it("is the newest version in prompts.lock where the lock is frozen, whatever tags the clone has", async () => {
    const repository = await recorded(2);
    repository.write({ "prompts/greet.md": "Hey {{name}}!" }).commit("Text 3");
    repository.tag("greet@v3", "Version 3");
    const build = async (option: string) => {
      const { code, stderr } = await run(repository, `build ${option}`);
      expect([code, stderr]).toEqual([0, expect.not.stringMatching(/error/)]);
      return new Map(["index.d.ts", "manifest.json"].map((file) => [file, read(dist, file)]));
    };
    const dist = path.join(repository.dir, "packages/prompts/dist");
    const staging = (built: ReadonlyMap<string, string>) =>
      JSON.parse(built.get("manifest.json") ?? "").prompts.greet.aliases.staging;
    const frozen = await build("--frozen");
    expect(staging(frozen)).toBe("v2");
    expect(staging(await build("--no-frozen"))).toBe("v3");
    // Types, and everything else, are those of the version.
    repository.git("checkout", "--quiet", "prompts.lock");
    repository.write({ "aliases.json": pointing('"production": "v1", "staging": "v2"') });
    expect(await build("--frozen")).toEqual(frozen);
  });

  it("is shown with the version", async () => {
    const repository = await recorded(2);
    expect((await run(repository, "alias list")).stdout).toContain("latest (v2)");
    expect((await run(repository, "list")).stdout).toContain("staging → latest (v2)");
    expect((await run(repository, "show greet@staging")).stdout).toContain("greet@v2");
    expect((await run(repository, "history greet")).stdout).toMatch(/staging +latest \(v1\) → latest \(v2\)/);
  });

  it("is not a retired version, and nothing is retired that it has no other version for", async () => {
    const repository = await recorded(2);
    const retired = await run(repository, "retire greet@v2 --reason slow");
    expect(retired.stdout).toContain("The latest version of greet will be v1, also for staging");
    expect((await run(repository, "alias list")).stdout).toContain("latest (v1)");
    repository.write({ "aliases.json": pointing('"staging": "latest"') });
    expect((await run(repository, "retire greet@v1 --reason slow")).stderr).toContain("retire/pointed-at");
  });
});

describe("a prompt without versions", () => {
  it("is reported, and does not stop a build", async () => {
    const repository = createProject();
    repository.write({ "prompts/greet.md": "Hi", "aliases.json": pointing('"staging": "latest"') }).commit();
    const built = await run(repository, "build");
    expect(built).toMatchObject({ code: 0, stderr: expect.stringContaining("alias/nothing-released") });
    expect((await run(repository, "render greet@staging")).stderr).toContain("greet@staging follows releases");
    const { stderr } = await run(repository, "alias set greet production latest");
    expect(stderr).toContain("alias/nothing-to-follow");
    expect(stderr).toContain("hint: release it with `cuecard release greet`, and run the command again");
  });

  it("cannot be used if every version is retired", async () => {
    const repository = await recorded(1);
    const lock = read(repository.dir, "prompts.lock").replace(/\n$/, ' retired "slow"\n');
    repository.write({ "prompts.lock": lock, "aliases.json": pointing('"staging": "latest"') });
    expect(await run(repository, "check")).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("alias/nothing-to-follow"),
    });
  });
});

describe("commands", () => {
  it("alias set writes `latest`, and says what changes for callers", async () => {
    const repository = await recorded(3);
    const { stdout } = await run(repository, "alias set greet production latest");
    expect(stdout).toContain("greet@production  v1 → latest (v3)\n  - the text changed: cuecard diff greet@v1..v3");
    expect(JSON.parse(read(repository.dir)).greet).toEqual({ production: "latest", staging: "latest" });
    expect((await run(repository, "alias set greet production latest")).stdout).toContain(
      "already points at latest (v3)",
    );
  });

  it("promote copies the version", async () => {
    const repository = await recorded(2);
    expect((await run(repository, "promote greet --from staging --to production")).stdout).toContain("v1 → v2");
    expect(JSON.parse(read(repository.dir)).greet).toEqual({ production: "v2", staging: "latest" });
    await run(repository, "promote greet --from production --to staging");
    expect(JSON.parse(read(repository.dir)).greet).toEqual({ production: "v2", staging: "v2" });
  });

  it("rollback leads to the version before, which stays", async () => {
    const repository = await recorded(3);
    const { stdout } = await run(repository, "rollback greet staging");
    expect(stdout).toContain("greet@staging  latest (v3) → v2");
    expect(JSON.parse(read(repository.dir)).greet.staging).toBe("v2");
    repository.commit("Roll back");
    expect((await run(repository, "rollback greet staging")).stdout).toContain("greet@staging  v2 → v3");
  });

  it("refuse a split with `latest`", async () => {
    const repository = await recorded(1);
    repository.write({ "aliases.json": pointing('"staging": { "latest": 1, "v1": 2 }') });
    expect((await run(repository, "check")).stdout).toContain('a split can only contain versions, not "latest"');
  });
});

describe("promoting the latest version", () => {
  it("takes every prompt with a newer version, and none that was rolled back, is being rolled out or follows", async () => {
    const repository = await recorded(3);
    for (const name of ["new", "back", "canary", "working"])
      repository.write({ [`prompts/${name}.md`]: `Text of ${name}` });
    repository.commit();
    for (const name of ["new", "back", "canary", "working"]) repository.tag(`${name}@v1`, "1").tag(`${name}@v2`, "2");
    await run(repository, "lock");
    const others = '"canary": { "production": { "v1": 9, "v2": 1 } }, "working": { "production": "working" }';
    const aliases = (back: string) =>
      `{ "back": { "production": "${back}" }, "greet": { "production": "v1", "staging": "latest" }, ${others} }`;
    for (const back of ["v1", "v2", "v1"]) repository.write({ "aliases.json": aliases(back) }).commit();
    const { stdout } = await run(repository, "promote --all --from latest --to production --dry-run");
    expect(stdout.match(/^\w+@.*$/gm)).toEqual(["greet@production  v1 → v3", "new@production  set to v2"]);
  });

  it("leaves out what breaks callers or has no score, if asked to", async () => {
    const repository = await recorded(2);
    repository.write({ "prompts/other.md": "Hello" }).commit();
    repository.tag("other@v1", "1");
    repository.write({ "prompts/other.md": "Hello {{name}}" }).commit();
    repository.tag("other@v2", "2");
    repository
      .write({ "aliases.json": '{ "greet": { "production": "v1" }, "other": { "production": "v1" } }' })
      .commit();
    const line = "promote --all --from latest --to production";
    expect(await run(repository, line)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("input/breaking-change"),
    });
    const { code, stdout } = await run(repository, `${line} --partial --json`);
    const { plan } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(plan.edits.map(({ name }: { name: string }) => name)).toEqual(["greet"]);
    expect(plan.leftOut.map(({ code: found }: { code: string }) => found)).toEqual(["input/breaking-change"]);
    repository.write({ "cuecard.config.json": '{ "gates": { "production": [{ "metric": "accuracy", "min": 1 }] } }' });
    repository.git("checkout", "--quiet", "aliases.json");
    expect((await run(repository, `${line} --partial`)).stdout).toMatch(/left out: .*no score for accuracy/);
    expect(JSON.parse(read(repository.dir)).greet.production).toBe("v1");
  });
});

describe("the pull request that changes the prompt", () => {
  it("reports what breaks for callers of the alias, because no other one moves it", async () => {
    const repository = await recorded(2);
    repository.git("checkout", "--quiet", "-b", "change");
    repository.write({ "prompts/greet.md": "Hi {{name}} of {{place}}!" }).commit();
    const checked = await run(repository, "check --base main");
    expect(checked.stdout).toContain("prompts/greet.md");
    expect(checked.stdout).toMatch(/next release of greet moves "staging", and breaks callers of v2: .*place/);
    const { stdout } = await run(repository, "review --base main --format markdown");
    expect(stdout).toMatch(/creates <code>greet&#64;v3<\/code>, and moves <code>staging<\/code>/);
    expect(stdout).toMatch(/fail once .*<code>staging<\/code> \(latest \(v2\)\)/);
    repository.write({ "prompts/greet.md": "Hi, {{name}}!" }).commit();
    expect((await run(repository, "check --base main")).stdout).not.toContain("following-breaks");
  });

  it("names what a rollback would do after the merge", async () => {
    const repository = await recorded(3);
    const back = async () => (await run(repository, "review --base HEAD")).stdout.match(/A rollback .*/)?.[0];
    const rolledBack = async () => {
      repository.commit("Merged");
      const { stdout, stderr } = await run(repository, "rollback greet staging --dry-run");
      return stdout + stderr;
    };
    // The version that the alias leaves is retired: `rollback` has nowhere else to go.
    await run(repository, "retire greet@v3 --reason bad");
    expect(await back()).toBe(
      "A rollback would lead to v3, and is refused: greet@staging cannot point at v3, which is retired: bad.",
    );
    expect(await rolledBack()).toContain("alias/retired-target");
    // Back to following: a rollback writes the version, not `latest`.
    await run(repository, "retire greet@v3 --undo");
    expect(await back()).toMatch(/^A rollback leads to v2, which accepts/);
    expect(await rolledBack()).toContain("greet@staging  latest (v3) → v2");
    // Pinned at the version that it had: the way back is the one before.
    repository.write({ "aliases.json": pointing('"production": "v1", "staging": "v3"') });
    expect(await back()).toMatch(/^A rollback leads to v2, which accepts/);
    expect(await rolledBack()).toContain("greet@staging  v3 → v2");
    // The last step of a rollout: the way back is the target before the first one.
    repository.write({ "aliases.json": pointing('"production": "v1", "staging": { "v1": 50, "v3": 50 }') }).commit();
    repository.write({ "aliases.json": pointing('"production": "v1", "staging": "v1"') });
    expect(await back()).toMatch(/^A rollback leads to v3, which accepts/);
    expect(await rolledBack()).toContain("greet@staging  v1 → v3");
    // What the gates refuse.
    repository.write({
      "aliases.json": pointing('"production": "v1", "staging": "v2"'),
      "cuecard.config.json": '{ "gates": { "staging": [{ "metric": "accuracy" }] } }',
    });
    expect(await back()).toContain(
      "v1, and is refused: greet@staging cannot point at v1: it has no score for accuracy.",
    );
    expect(await rolledBack()).toContain("gate/no-score");
  });

  it("that records a version shows the move, and a tag alone does not", async () => {
    const repository = await recorded(2);
    repository.git("checkout", "--quiet", "-b", "record");
    repository.write({ "prompts/greet.md": VERSIONS[2] ?? "" }).commit();
    repository.tag("greet@v3", "Version 3");
    expect(JSON.parse((await run(repository, "review --base main --json")).stdout).moves).toEqual([]);
    await run(repository, "lock");
    const { moves } = JSON.parse((await run(repository, "review --base main --json")).stdout);
    expect(moves).toMatchObject([{ alias: "staging", from: { version: 2 }, to: { version: 3, follows: "latest" } }]);
  });
});
