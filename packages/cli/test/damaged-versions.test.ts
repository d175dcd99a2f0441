// Whatever is wrong with a version or an alias, every command that is asked for it reports that, and not that it is missing.

import { readFileSync } from "node:fs";
import path from "node:path";
import { createProject, greetProject, prepared, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Damage = (project: TestRepository) => void;

/** `greet` with two versions whose lines are in prompts.lock. */
const lockedProject = prepared(async (): Promise<TestRepository> => {
  const project = greetProject();
  await runCommand(["lock"], { cwd: project.dir });
  return project;
});

function editLine(edit: (line: string) => string): Damage {
  return (project) => {
    const lock = readFileSync(path.join(project.dir, "prompts.lock"), "utf8");
    project.write({ "prompts.lock": lock.replace(/^greet@v1 .*$/m, edit) });
  };
}

/** Makes the commit of a first version, and its tag, anew. */
function release(text: string | Buffer): Damage {
  return (project) => {
    project.write({ "prompts.lock": "", "prompts/greet.md": text });
    project.commit();
    project.git("tag", "-f", "greet@v1");
  };
}

async function findCodes(
  project: TestRepository,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const { code, stderr } = await runCommand(args, { cwd: project.dir, env });
  expect(code).toBe(1);
  return [...stderr.matchAll(/ {2}(?:error|warning) {2}(\S+)$/gm)].map(([, found]) => found ?? "");
}

describe("a damaged version", () => {
  it.each<[what: string, code: string, damage: Damage]>([
    ["a lock line with a damaged digest", "lock/invalid-line", editLine((line) => line.replace("sha256-", "sha256X-"))],
    ["a lock line with a short commit", "lock/invalid-line", editLine((line) => line.replace(/ \w{40} /, " 2c94b3d "))],
    [
      "two lock lines that differ",
      "lock/conflicting-lines",
      editLine((line) => `${line}\n${line.replace(/ \w{40} /, ` ${"1".repeat(40)} `)}`),
    ],
    [
      "a lock line of another content",
      "lock/digest-mismatch",
      editLine((line) => line.replace(/sha256-.{9}/, "sha256-AAAAAAAAA")),
    ],
    ["a tag that was moved", "tag/moved", ({ git }) => void git("tag", "-f", "greet@v1")],
    ["a tag of a file", "tag/not-a-commit", ({ git }) => void git("tag", "-f", "greet@v1", "HEAD:aliases.json")],
    [
      "a commit without the prompt",
      "tag/prompt-missing",
      (project) => {
        project.write({ "prompts.lock": "" });
        project.git("rm", "-q", "prompts/greet.md");
        project.commit();
        project.git("tag", "-f", "greet@v1");
      },
    ],
    ["a file that is no text", "prompt/not-text", release(Buffer.from([0x41, 0xff]))],
    ["a template that does not compile", "template/syntax", release("Hello {{name")],
  ])("is explained by every command: %s", async (_, code, damage) => {
    const project = await lockedProject();
    damage(project);
    for (const args of [
      ["show", "greet@v1"],
      ["render", "greet@v1"],
      ["diff", "greet@v1", "greet@v2"],
      ...(code === "template/syntax"
        ? []
        : [
            ["blame", "greet@v1"],
            ["score", "greet@v1", "--metric", "accuracy=1"],
          ]),
    ])
      expect([args, await findCodes(project, args)]).toEqual([args, [code]]);
    for (const args of [
      ["show", "greet@production"],
      ["promote", "greet", "--from", "production", "--to", "next"],
      ["alias", "set", "greet", "next", "v1"],
    ])
      expect([args, await findCodes(project, args)]).toEqual([args, expect.arrayContaining([code])]);
  });

  it("is reported without the errors of working-tree partials", async () => {
    const project = await lockedProject();
    release("Hello {{#if}}")(project);
    await runCommand(["lock"], { cwd: project.dir });
    project.write({ "prompts/_shared.md": Buffer.from([0x41, 0xff]) });
    const codes = await findCodes(project, ["show", "greet@v1"]);
    expect(codes).toEqual([expect.stringMatching(/^template\//)]);
  });

  it("is reported if it is missing from a frozen lock", async () => {
    const project = await lockedProject();
    editLine(() => "")(project);
    const ci = { CI: "true" };
    for (const args of [
      ["show", "greet@v1"],
      ["blame", "greet@v1"],
      ["render", "greet@v1"],
    ])
      expect([args, await findCodes(project, args, ci)]).toEqual([args, ["lock/missing-line"]]);
  });

  it.each<[what: string, message: RegExp, damage: Damage]>([
    ["its lock line", /"sha256X-/, editLine((line) => line.replace("sha256-", "sha256X-"))],
    ["its tag", /greet@v1/, ({ git }) => void git("tag", "-f", "greet@v1")],
  ])("is explained by its prompt's history: %s", async (_, message, damage) => {
    const project = await lockedProject();
    damage(project);
    const { stdout } = await runCommand(["history", "greet", "--json"], { cwd: project.dir });
    const { versions } = JSON.parse(stdout);
    expect(versions.map(({ problem }: { problem: string | null }) => problem)).toEqual([
      null,
      expect.stringMatching(message),
    ]);
  });
});

describe("a damaged alias", () => {
  it.each<[what: string, code: string, aliases: string]>([
    ["a target that is not a version", "alias/invalid-target", '{ "greet": { "production": "one" } }'],
    ["a version that does not exist", "alias/unknown-version", '{ "greet": { "production": "v9" } }'],
    ["a prompt without aliases", "alias/invalid-entry", '{ "greet": "v1" }'],
    ["a file that is not an object", "alias/invalid-entry", "[]"],
    ["a file that is not JSON", "json/syntax", '{ "greet": { "production": "v1" '],
    ["a file with merge conflict markers", "alias/conflict-markers", "<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n"],
  ])("is explained by every command: %s", async (_, code, text) => {
    const project = greetProject();
    project.write({ "aliases.json": text });
    for (const command of ["show", "render", "blame", "scores", "score"]) {
      const args = [command, "greet@production", ...(command === "score" ? ["--metric", "a=1"] : [])];
      expect([command, await findCodes(project, args)]).toEqual([command, [code]]);
    }
  });
});

describe("a working file that cannot be read", () => {
  it.each(["greet", "greet@working"])("is reported for `show %s`", async (reference) => {
    const project = createProject({ "prompts/greet.md": "" });
    project.write({ "prompts/greet.md": Buffer.from([0x41, 0xff]) });
    expect(await findCodes(project, ["show", reference])).toEqual(["prompt/not-text"]);
  });
});
