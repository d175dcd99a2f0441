// `cuecard catalog`: what it writes. e2e/tools/catalog.test.ts opens the pages in a browser.

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createProject, greetProject, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const catalog = ({ dir }: TestRepository, ...args: string[]) =>
  runCommand(["catalog", "--out", "site", ...args], { cwd: dir });

function read({ dir }: TestRepository, file: string): string {
  return readFileSync(path.join(dir, "site", file), "utf8");
}

/** The text of a page, without its tags. */
function textOf(project: TestRepository, file: string): string {
  return read(project, file)
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");
}

function listFiles(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

describe("catalog", () => {
  it("writes a page for each prompt and version, and the same bytes each time", async () => {
    const project = greetProject();
    expect(await catalog(project)).toMatchObject({ code: 0, stderr: "" });
    const files = listFiles(path.join(project.dir, "site")).map((file) =>
      path.relative(path.join(project.dir, "site"), file),
    );
    const pages = files.filter((file) => file.endsWith(".html") && !file.includes(".to."));
    expect(pages).toEqual([
      "compare.html",
      "environments.html",
      "index.html",
      "prompts/greet.html",
      "prompts/greet@history.html",
      "prompts/greet@v1.html",
      "prompts/greet@v2.html",
      "prompts/greet@working.html",
    ]);
    const before = files.map((file) => read(project, file));
    await catalog(project);
    expect(files.map((file) => read(project, file))).toEqual(before);
    // Production points at v1, which the prompt's page shows.
    expect(textOf(project, "prompts/greet.html")).toContain("greet v1");
    expect(textOf(project, "prompts/greet@v1.html")).toContain("First version");
    expect(textOf(project, "prompts/greet@v2.html")).toMatch(/Changes since v1 .*place.* is new and required/);
    expect(textOf(project, "index.html")).toMatch(/v1 1 behind .*v1 50% \/ v2 50%/);
    expect(textOf(project, "prompts/greet@history.html")).toContain("production – v1");
  });

  it("lists what is wrong, and shows the rest", async () => {
    const project = greetProject().write({ "prompts/broken.md": "{{#if a}}", "prompts/fine.md": "Fine" });
    const { code, stderr } = await catalog(project);
    expect(code).toBe(1);
    expect(stderr).toContain("template/syntax");
    expect(textOf(project, "findings.html")).toContain("prompts/broken.md:1:1");
    expect(textOf(project, "index.html")).toMatch(/Findings 1 .*fine/);
    expect(textOf(project, "index.html")).not.toContain("broken");
  });

  it("leads from a template to the partials that it uses, wherever they are", async () => {
    const project = createProject({
      "prompts/finance/forecast.md": "{{> tone}} {{> shared/rules}}",
      "prompts/finance/_tone.md": "Be kind.",
      "prompts/shared/_rules.md": "{{> tone}} Be brief.",
    });
    expect((await catalog(project)).code).toBe(0);
    const links = read(project, "prompts/finance/forecast.html").match(/(?<=href="#)partial-[^"]+/g);
    expect(links).toEqual(["partial-finance/_tone.md", "partial-shared/_rules.md", "partial-finance/_tone.md"]);
  });

  it("says what to do in a project without prompts", async () => {
    const project = createProject();
    expect((await catalog(project)).code).toBe(0);
    expect(textOf(project, "index.html")).toContain("No prompts yet.");
    const environments = textOf(project, "environments.html");
    expect(environments).toContain("No environment points at a version yet.");
    expect(environments).not.toContain("has the latest version");
  });

  it.each([
    ["the project's folder", ".", () => {}],
    ["a folder above it", "..", () => {}],
    ["a folder with other files", "docs", (dir: string) => writeFileSync(path.join(mkdir(dir, "docs"), "a.md"), "A")],
    [
      "a catalog with other files",
      "docs",
      (dir: string) => {
        mkdirSync(path.join(dir, "docs/data"), { recursive: true });
        writeFileSync(path.join(dir, "docs/data/prompts.json"), "[]");
        writeFileSync(path.join(dir, "docs/CNAME"), "prompts.example.com");
      },
    ],
    [
      "a folder with a file that only has the name of a catalog's",
      "docs",
      (dir: string) => {
        mkdirSync(path.join(dir, "docs/data"), { recursive: true });
        writeFileSync(path.join(dir, "docs/data/prompts.json"), "{}");
      },
    ],
    ["a file", "docs", (dir: string) => writeFileSync(path.join(dir, "docs"), "A")],
    ["a link", "docs", (dir: string) => symlinkSync(mkdir(dir, "elsewhere"), path.join(dir, "docs"))],
  ])("does not replace %s", async (_what, out, prepare) => {
    const { dir } = greetProject();
    prepare(dir);
    const before = listFiles(dir);
    const { code, stderr } = await runCommand(["catalog", "--out", out], { cwd: dir });
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining("output/not-a-catalog") });
    expect(listFiles(dir)).toEqual(before);
  });

  it("puts a site back that a killed run left between two renames", async () => {
    const project = greetProject();
    await catalog(project);
    const left = path.join(project.dir, ".site.old-999999999-0123456789ab");
    renameSync(path.join(project.dir, "site"), left);
    mkdirSync(path.join(project.dir, ".site.new-999999999-0123456789ab"));
    expect((await catalog(project)).code).toBe(0);
    expect(readdirSync(project.dir).filter((name) => name.startsWith(".site"))).toEqual([]);
    expect(existsSync(path.join(project.dir, "site/index.html"))).toBe(true);
  });

  it("runs helpers only if it is told to", async () => {
    const project = createProject({
      "cuecard.config.json": '{ "helpers": "helpers.ts" }',
      "helpers.ts": "export function loud(text: string): string { return text.toUpperCase(); }\n",
      "prompts/shout.md": "---\nexamples: [{ name: one, input: { a: hi } }]\n---\n{{loud a}}",
    });
    await catalog(project);
    expect(textOf(project, "prompts/shout.html")).toContain("which run only with --helpers");
    await catalog(project, "--helpers");
    expect(textOf(project, "prompts/shout.html")).toMatch(/user HI/);
  });

  it("shows why helpers cannot be loaded", async () => {
    const project = createProject({
      "cuecard.config.json": '{ "helpers": "helpers.ts" }',
      "helpers.ts":
        'export function loud(text: string): string { return text.toUpperCase(); }\nthrow new Error("no network");\n',
      "prompts/shout.md": "---\nexamples: [{ name: one, input: { a: hi } }]\n---\n{{loud a}}",
      "prompts/plain.md": "---\nexamples: [{ name: one, input: { a: hi } }]\n---\nSay {{a}}",
    });
    expect(await catalog(project, "--helpers")).toMatchObject({ code: 0 });
    expect(textOf(project, "prompts/shout.html")).toContain(
      "Not rendered: the helpers cannot be loaded: Error: no network",
    );
    expect(textOf(project, "prompts/plain.html")).toMatch(/user Say hi/);
  });

  it("treats everything in the repository as text", async () => {
    const hostile = `</script><script>alert(1)</script><img src=x onerror=alert(1)>"'&amp;`;
    const project = createProject({
      "prompts/x.md": `---\ndescription: ${JSON.stringify(hostile)}\ntags: { ${JSON.stringify(hostile)}: ${JSON.stringify(hostile)} }\nmodel: ${JSON.stringify(hostile)}\nexamples: [{ name: ${JSON.stringify(hostile)}, input: { a: ${JSON.stringify(hostile)} } }]\n---\n${hostile} {{a}}`,
    });
    project.commit(hostile);
    project.tag("x@v1", hostile);
    await catalog(project, "--title", hostile);
    for (const file of listFiles(path.join(project.dir, "site")).filter((name) => name.endsWith(".html")))
      expect(readFileSync(file, "utf8")).not.toMatch(/<img|<script>|onerror=alert\(1\)>"'/);
  });
});

function mkdir(dir: string, name: string): string {
  mkdirSync(path.join(dir, name));
  return path.join(dir, name);
}
