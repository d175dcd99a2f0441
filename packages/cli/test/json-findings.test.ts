// What commands print for programs fits the schema that is shipped, and says what each finding is about.

import { readFileSync } from "node:fs";
import path from "node:path";
import type { Diagnostic } from "@cuecard/model";
import { greetProject } from "@cuecard/testing";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const schema = JSON.parse(readFileSync(new URL("../schemas/diagnostics.schema.json", import.meta.url), "utf8"));
const validate = new Ajv2020({ allErrors: true, code: { optimize: false } }).compile(schema);

/** A project with a mistake of every kind. */
async function brokenProject(): Promise<string> {
  const project = greetProject();
  await runCommand(["lock"], { cwd: project.dir });
  const lock = readFileSync(path.join(project.dir, "prompts.lock"), "utf8");
  project.write({
    "prompts.lock": `${lock.replace(/^greet@v1 .*$/m, (line) => line.replace("sha256-", "sha256X-"))}greet@x 1 2\n`,
    "prompts/greet.md": "---\ninput: { schema: { name: string } }\ntopc: 1\n---\n{{nme}} {{> _p}} {{#if}}",
    "prompts/other.md": "---\ninput: { schema: { name: string } }\n---\n{{nme}} {{> p}}",
    "prompts/third.md": "---\ninput: { schema: { name: string } }\n---\n{{name}} {{> p}}",
    "prompts/_p.md": "{{shout name}}",
    "prompts/Other.md": "Hi",
    "prompts/greet.scores.jsonl": '{ "version": "v9", "metric": "a", "value": 1 }\n{}\n',
    "aliases.json":
      '{ "greet": { "production": "v1", "dev": "v8", "v1": "v2", "next": 3 }, "gret": { "a": "v1" }, "b": 1 }',
  });
  return project.dir;
}

async function findDiagnostics(cwd: string, args: readonly string[]): Promise<readonly Diagnostic[]> {
  const { stdout } = await runCommand(args, { cwd });
  const printed = JSON.parse(stdout);
  validate(printed);
  expect(validate.errors ?? []).toEqual([]);
  return printed.diagnostics;
}

describe("findings as JSON", () => {
  it("match the schema, and have a subject if they are about a prompt, version or alias", async () => {
    const found = await findDiagnostics(await brokenProject(), ["check", "--format", "json"]);
    const about = found.map(({ code, subject }) => [code, ...(subject === undefined ? ["-"] : Object.values(subject))]);
    expect(about.map((parts) => parts.join(" "))).toMatchInlineSnapshot(`
      [
        "alias/unusable-version greet 1 production",
        "alias/unknown-version greet 8 dev",
        "alias/invalid-name greet v1",
        "alias/invalid-target greet next",
        "alias/unknown-prompt gret",
        "alias/invalid-entry b",
        "lock/invalid-line greet 1",
        "lock/invalid-line -",
        "template/unknown-helper -",
        "front-matter/unknown-key greet",
        "template/syntax greet",
        "scores/unknown-version greet 9",
        "scores/invalid-line greet",
        "prompt/case-conflict other",
        "template/undeclared-variable other",
      ]
    `);
  });

  it.each([
    [["show", "nobody", "--json"]],
    [["release", "nobody", "--json"]],
    [["release", "--dry-run", "--json"]],
    [["alias", "set", "greet", "next", "v1", "--json"]],
    [["promote", "--all", "--from", "nowhere", "--to", "production", "--json"]],
    [["rollback", "greet", "dev", "--json"]],
    [["retire", "greet@v1", "--reason", "It shouts", "--json"]],
    [["register", "greet", "--from", "prompts/other.md", "--json"]],
    [["score", "greet@v1", "--metric", "a=1", "--json"]],
  ])("fit the schema: %j", async (args) => {
    expect(await findDiagnostics(await brokenProject(), args)).not.toEqual([]);
  });

  it.each([
    [["show", "greet@v1", "--json"]],
    [["render", "greet@v1", "--json"]],
    [["diff", "greet@v1", "greet@v2", "--json"]],
    [["blame", "greet@v1", "--json"]],
  ])("replace a broken version on standard output: %j", async (args) => {
    const project = greetProject();
    await runCommand(["lock"], { cwd: project.dir });
    project.git("tag", "-f", "greet@v1");
    const { code, stderr } = await runCommand(args, { cwd: project.dir });
    expect([code, stderr]).toEqual([1, ""]);
    expect((await findDiagnostics(project.dir, args)).map((found) => found.code)).toContain("tag/moved");
  });

  it("do not match the schema if the arguments belong to another code", () => {
    const diagnostic = { code: "tag/unsigned", severity: "error", stage: "read", message: "", file: "." };
    expect(validate({ diagnostics: [{ ...diagnostic, args: { tag: "greet@v1" } }] })).toBe(true);
    expect(validate({ diagnostics: [{ ...diagnostic, args: { name: "greet" } }] })).toBe(false);
    expect(validate({ diagnostics: [{ ...diagnostic, stage: "plan", args: { tag: "greet@v1" } }] })).toBe(false);
    expect(validate({ diagnostics: [diagnostic] })).toBe(false);
  });
});
