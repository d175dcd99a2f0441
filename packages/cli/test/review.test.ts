// `cuecard review` through the program: what a branch changes, in every format.

import { createProject, prepared, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const GREET = `---
input:
  schema:
    name: string
examples:
  - name: a visit
    input: { name: Ada }
---
{{> rules}}
Greet {{name}}.
`;

/** Requires one input more. */
const BREAKING = GREET.replace("name: string", "name: string\n    place: string")
  .replace("Ada }", "Ada, place: Rome }")
  .replace("{{name}}", "{{name}} of {{place}}");

/** `greet@v1` in production, on main; a branch is checked out. */
const branch = prepared((): TestRepository => {
  const repository = createProject({
    "prompts/greet.md": GREET,
    "prompts/_rules.md": "Be kind to everybody who writes to us.\n",
    "prompts/other.md": "Other\n",
    "aliases.json": '{ "greet": { "production": "v1" } }\n',
    "packages/prompts/package.json": '{ "name": "@acme/prompts" }\n',
    "src/ask.ts": 'import { load } from "@acme/prompts";\nload("greet", "production").format({ name: "Ada" });\n',
  });
  repository.commit("First");
  repository.tag("greet@v1");
  repository.git("checkout", "--quiet", "-b", "change");
  return repository;
});

async function review(repository: TestRepository, ...args: string[]) {
  return runCommand(["review", ...args], { cwd: repository.dir });
}

describe("cuecard review", () => {
  it("reports nothing if nothing changes", async () => {
    const { code, stdout } = await review(branch());
    expect(stdout).toMatch(/^Prompt review\nNo prompt changes \(main at [0-9a-f]{7} → the working tree\)\n$/);
    expect(code).toBe(0);
  });

  it("shows a change of a partial as the examples render, with its cost", async () => {
    const repository = branch();
    repository.write({ "prompts/_rules.md": "Be brief and kind to everybody who writes to us.\n" });
    const { stdout } = await review(repository);
    expect(stdout).toContain("Changed through prompts/_rules.md. The next release creates greet@v2.\n");
    expect(stdout).toContain("Cacheable prefix: 12 → 14 tokens; it ends at {{name}} in prompts/greet.md:10\n");
    expect(stdout).toContain("Example a visit, user, 13 → 15 tokens\n  │ Be {+brief and +}kind to everybody");
  });

  it("compares the largest example with the budget, and counts as check does", async () => {
    const repository = branch();
    const limited = GREET.replace("examples:", "budget: { tokens: 10 }\nexamples:");
    repository.write({ "prompts/greet.md": limited });
    const { stdout } = await review(repository);
    expect(stdout).toContain("Budget: 10 tokens; the largest example has 13, 3 more\n");
    repository.write({
      "prompts/greet.md": limited.replace(
        "{{name}}.",
        '{{name}}. {{media url="https://x.org/a" contentType="image/png"}}',
      ),
    });
    const [reviewed, checked] = await Promise.all([review(repository), runCommand(["check"], { cwd: repository.dir })]);
    expect(reviewed.stdout).toContain("Budget: 10 tokens; the largest example has 18, 8 more\n");
    expect(checked.stdout).toContain("renders 18 tokens (an estimate), 8 more than the budget of 10");
  });

  it("names the callers that break, and where the code calls them", async () => {
    const repository = branch();
    repository.write("prompts/greet.md", BREAKING);
    const { stdout, code } = await review(repository, "--exit-code");
    expect(stdout).toContain(
      "Valid calls will fail once production (v1) or latest (v1) gets this text. It is loaded in src/ask.ts:2:\n" +
        '  ! input "place" is new and required\n',
    );
    expect(code).toBe(1);
  });

  it.each([
    ["sarif", (text: string) => JSON.parse(text).runs[0].results.map((result: object) => JSON.stringify(result))],
    ["gitlab", (text: string) => JSON.parse(text).map((issue: object) => JSON.stringify(issue))],
    ["junit", (text: string) => text.split("\n").filter((line) => line.includes("<failure"))],
    ["github", (text: string) => text.split("\n").filter((line) => line.startsWith("::warning file="))],
  ])("reports as %s where callers break", async (format, list) => {
    const repository = branch();
    repository.write("prompts/greet.md", BREAKING);
    const { stdout, code } = await review(repository, "--exit-code", "--format", format);
    const found: string[] = list(stdout);
    expect(found).toHaveLength(2);
    const places = found.map((text) => ["prompts/greet.md", "src/ask.ts"].find((file) => text.includes(file)));
    expect(places.sort()).toEqual(["prompts/greet.md", "src/ask.ts"]);
    for (const text of found) {
      expect(text).toMatch(/review\/breaking-(prompt|call)/);
      expect(text).toContain("is new and required");
    }
    expect(code).toBe(1);
  });

  it("reports the files of another commit, and says that its calls are not searched", async () => {
    const repository = branch();
    repository.write("prompts/greet.md", BREAKING).write("aliases.json", "{").commit("Break");
    repository.git("checkout", "--quiet", "main");
    const { stdout, stderr, code } = await review(repository, "--base", "main", "--head", "change");
    expect(stdout).toContain("aliases.json of change at ");
    expect(stdout).toContain("is not checked out, so calls in the code are not searched");
    expect(stdout).not.toContain("src/ask.ts");
    expect(stdout).not.toContain("greet@production: deleted");
    expect([code, stderr]).toEqual([1, "1 error; run `cuecard check` for details\n"]);
  });

  it.each([
    [
      ["--base", "feature"],
      "run `git fetch origin +refs/heads/feature:refs/remotes/origin/feature`, and pass --base origin/feature",
    ],
    [
      ["--head", "feature"],
      "run `git fetch origin +refs/heads/feature:refs/remotes/origin/feature`, and pass --head origin/feature",
    ],
    [["--base", "HEAD~99"], "name a branch, tag or commit that this clone has"],
    [["--base", "main..change"], "name a branch, tag or commit that this clone has"],
  ])("says how to get what is missing: %j", async (args, hint) => {
    const { stderr, code } = await review(branch(), ...args);
    expect(stderr).toContain(`the ${args[0]?.slice(2)} ${args[1]} is not in this clone`);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(hint);
    expect(code).toBe(1);
  });

  it("names the side that rejects an example, and shows one that was removed with its input", async () => {
    const repository = branch();
    repository.write({
      "prompts/greet.md": GREET.replace(/name: string/, "who: string")
        .replaceAll("{{name}}", "{{who}}")
        .replace("a visit", "another visit")
        .replace("{ name: ", "{ who: "),
    });
    const { stdout } = await review(repository);
    expect(stdout).not.toContain("is not rendered");
    expect(stdout).toMatch(/Example a visit, user, \d+ tokens\n +│ \[-/);
    const { prompts } = JSON.parse((await review(repository, "--json")).stdout);
    const [added, removed] = prompts[0].examples;
    expect(added.before.refused).toContain("the input is not valid for greet as the base has it:");
    expect(removed.after).toBeNull();
  });

  it("shows no text of a prompt that is only renamed, and names a tool that is new", async () => {
    const repository = branch();
    repository.git("mv", "prompts/other.md", "prompts/another.md");
    repository.write({
      "prompts/another.md": "---\nrenamed_from: other\n---\nOther\n",
      "prompts/greet.md": GREET.replace(
        "---\n",
        `---\ntools:\n  - name: search\n    description: ${"Searches. ".repeat(9)}\n`,
      ),
    });
    const { stdout } = await review(repository);
    expect(stdout).toContain("Renamed from other");
    expect(stdout).not.toContain("Template");
    expect(stdout).toContain('  - tool "search" is new\n');
  });

  it("shows the way of an alias that moves, and the way back", async () => {
    const repository = branch();
    repository.write({ "prompts/greet.md": GREET.replace("Greet", "Welcome") });
    repository.commit("Welcome");
    repository.tag("greet@v2", "Says welcome");
    repository.write({ "aliases.json": '{ "greet": { "production": "v2" } }\n' });
    repository.commit("Point");
    const { stdout } = await review(repository, "--base", "main", "--head", "change");
    expect(stdout).toContain("greet@production: v1 → v2\n  - v2 at ");
    expect(stdout).toContain(
      ": Says welcome\nA rollback leads to v1, which accepts calls that are valid after this change.\n",
    );
  });
});
