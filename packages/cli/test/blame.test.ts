// `cuecard blame`, on real repositories, with both git adapters.

import { rmSync } from "node:fs";
import path from "node:path";
import { createProject, createProjectFolder } from "@cuecard/testing";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { openRegistry } from "../src/index.js";
import { greeting, settled, today } from "./greeting.js";
import { runCommand } from "./run-command.js";

// This file runs many git commands: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe.each(["native", "isomorphic"])("blame (%s)", (git) => {
  it("shows the version and author of each line, with --partials also of partials", async () => {
    const repository = createProject({
      "prompts/a.md": "One {{x}}\nTwo\n",
      "cuecard.config.json": `{"git":"${git}"}`,
    });
    repository.commit();
    repository.tag("a@v1");
    repository.write({ "prompts/a.md": "Zero\nOne {{x}}\n{{> p}}\n", "prompts/_p.md": "P\n" });
    repository.commit();
    repository.tag("a@v2");
    repository.write({ "prompts/a.md": "Zero\nOne {{x}}\nNew\n{{> p}}\n", "prompts/_p.md": "P\nQ\n" });
    const working = await runCommand(["blame", "a", "--partials"], { cwd: repository.dir });
    expect(settled(working)).toBe(`prompts/a.md
v2       <today>  Ada  1 │ Zero
v1       <today>  Ada  2 │ One {{x}}
working                   3 │ New
v2       <today>  Ada  4 │ {{> p}}

prompts/_p.md
v2       <today>  Ada  1 │ P
working                   2 │ Q
`);
    const second = await runCommand(["blame", "a@v2", "--json"], { cwd: repository.dir });
    const { files, ...rest } = JSON.parse(second.stdout);
    expect(rest).toEqual({ name: "a", version: 2, skipped: [] });
    expect(files).toHaveLength(1);
    expect(files[0].path).toBe("prompts/a.md");
    expect(files[0].lines[1]).toEqual({
      line: 2,
      text: "One {{x}}",
      name: "a",
      version: 1,
      commit: repository.git("rev-parse", "a@v1").trim(),
      date: expect.stringContaining(today),
      author: { name: "Ada", email: "ada@example.com", date: expect.stringContaining(today) },
    });
    rmSync(path.join(repository.dir, "prompts/a.md"));
    const gone = await runCommand(["blame", "a"], { cwd: repository.dir });
    expect(gone.stdout.split("\n").map((line) => line.slice(0, 2))).toEqual(["v2", "v1", "v2", ""]);
  });

  it("skips versions that cannot be read, and reports them", async () => {
    const repository = greeting(git);
    repository.write({ "prompts.lock": `greet@v1 ${"1".repeat(40)} sha256-${"A".repeat(43)}=\n` });
    const { stdout, stderr } = await runCommand(["blame", "greet@v2"], { cwd: repository.dir });
    expect(stdout).toContain("v2  ");
    expect(stderr).toContain("greet@v1 cannot be read; their lines are attributed to the next version");
  });

  it.each([
    ["gret", 'the prompt "gret" does not exist'],
    ["greet@v9", "greet has no version v9"],
  ])("refuses %s", async (ref, message) => {
    const { dir } = greeting(git);
    const { stderr, code } = await runCommand(["blame", ref], { cwd: dir });
    expect(stderr).toContain(message);
    expect(code).toBe(1);
  });

  it("agrees with git blame, mapped to versions", { timeout: 120_000 }, async () => {
    // Each edit replaces, adds or removes a line at a place; every line is new, so that there is one answer.
    const edit = fc.record({ kind: fc.constantFrom("add", "remove", "change"), at: fc.nat(12) });
    const history = fc.array(fc.array(edit, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(history, async (versions) => {
        const repository = createProject({ "cuecard.config.json": `{"git":"${git}"}` });
        const lines = ["Line 0"];
        let made = 0;
        const released = new Map<string, number>();
        for (const [index, edits] of versions.entries()) {
          for (const { kind, at } of edits) {
            const place = at % (lines.length + 1);
            if (kind === "add") lines.splice(place, 0, `Line ${++made}`);
            else if (lines.length > 1 && kind === "remove") lines.splice(Math.min(place, lines.length - 1), 1);
            else lines.splice(Math.min(place, lines.length - 1), 1, `Line ${++made}`);
          }
          repository.write({ "prompts/a.md": `${lines.join("\n")}\n` });
          released.set(repository.commit(), index + 1);
          repository.tag(`a@v${index + 1}`);
        }
        const porcelain = repository.git("blame", "--porcelain", "prompts/a.md");
        const expected = [...porcelain.matchAll(/^([0-9a-f]{40}) \d+ \d+/gm)].map(([, oid = ""]) => released.get(oid));
        const registry = await openRegistry({ dir: repository.dir });
        const outcome = await registry.blame("a");
        registry.close();
        if (outcome.kind !== "found") throw new Error(outcome.kind);
        expect(outcome.value.files[0]?.lines.map(({ version }) => version)).toEqual(expected);
      }),
      { seed: 1, numRuns: 12 },
    );
  });
});

it("blame reports that there is no repository", async () => {
  const { stderr, code } = await runCommand(["blame", "x"], { cwd: createProjectFolder() });
  expect(stderr).toContain("git/not-a-repository");
  expect(code).toBe(1);
});
