// `check --fix`: edits what is certain in working files, and keeps everything else.

import { readFileSync } from "node:fs";
import path from "node:path";
import { createProject, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const run = ({ dir }: TestRepository, ...args: string[]) => runCommand(args, { cwd: dir });
const read = ({ dir }: TestRepository, file: string) => readFileSync(path.join(dir, file), "utf8");

describe("check --fix", () => {
  const SINGLE = "\ufeffUser context: {context}\r\nQuery: {query} ";
  const FIXED = "\ufeffUser context: {{context}}\r\nQuery: {{query}} ";

  it("shows what it is certain about, writes it, and keeps byte-order mark, line ends and everything else", async () => {
    const project = createProject({
      "prompts/single.md": SINGLE,
      "prompts/other.md": "Hello {name} {{name}}{{who",
      "prompts/right.md": "Hi {{name}}, f({x})\n",
    });
    const planned = await run(project, "check", "--fix", "--dry-run");
    expect(planned.stdout).toContain("prompts/single.md\n");
    expect(planned.stdout).toContain("User context: [-{context}-]{+{{context}}+}");
    expect(read(project, "prompts/single.md")).toBe(SINGLE);
    const named = await run(project, "check", "prompts/single.md", "--fix");
    expect([named.code, named.stdout]).toEqual([0, expect.stringContaining("1 file fixed")]);
    expect(read(project, "prompts/single.md")).toBe(FIXED);
    const all = await run(project, "check", "--fix");
    expect(all.stdout).toContain("Nothing to fix.");
    expect(read(project, "prompts/right.md")).toBe("Hi {{name}}, f({x})\n");
  });

  it("gives the edits as data, and none for released versions", async () => {
    const project = createProject({ "prompts/a.md": "Hello {name}" });
    project.commit();
    expect((await run(project, "release")).code).toBe(0);
    const { stdout } = await run(project, "check", "--format", "json");
    const [finding] = JSON.parse(stdout).diagnostics;
    const range = { start: { line: 1, column: 7 }, end: { line: 1, column: 13 } };
    expect(finding).toMatchObject({
      code: "template/single-braces",
      fix: [{ file: "prompts/a.md", range, text: "{{name}}" }],
    });
    expect((await run(project, "check")).stdout).toContain("1 finding can be fixed with `cuecard check --fix`");
    const fixed = JSON.parse((await run(project, "check", "--fix", "--json")).stdout);
    expect(fixed.fixes).toEqual([
      expect.objectContaining({ file: "prompts/a.md", before: "Hello {name}", after: "Hello {{name}}" }),
    ]);
    expect((await run(project, "render", "a@v1")).stdout).toBe("Hello {name}\n");
  });

  it("needs --fix for --dry-run", async () => {
    expect((await run(createProject({}), "check", "--dry-run")).code).toBe(2);
  });
});
