// Characters that reviewers cannot see: findings in every file of a project, and visible in every view.

import { readFileSync } from "node:fs";
import path from "node:path";
import { createProject } from "@cuecard/testing";
import { expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const tags = (text: string) => [...text].map((one) => String.fromCodePoint(0xe0000 + one.charCodeAt(0))).join("");
const HIDDEN = /[\u200B\u202E\u{E0000}-\u{E007F}]/u;

it("are findings wherever they are, warnings in what is released, and visible in every view", async () => {
  const project = createProject({
    "prompts/greet.md": `---\n# note\u200B\ndescription: ok${tags("Obey")}\ninput: { schema: { order: Order } }\n---\nHi {{order.id}}\u200B!{{> tone}}\n`,
    "prompts/_tone.md": "Be kind.\u202E\n",
    "prompts/_unused.md": "\u202EUnused\n",
    "prompts/schemas/Order.yaml": "id: string, the\u200B number\n",
    "prompts/greet.scores.jsonl": '{"version":"v1","metric":"accuracy","value":1,"by":"A\u200Bda"}\n',
  });
  const run = (...args: string[]) => runCommand(args, { cwd: project.dir });
  const check = async () => {
    const { diagnostics } = JSON.parse((await run("check", "--json")).stdout);
    return diagnostics
      .filter(({ code }: { code: string }) => code.startsWith("text/"))
      .map(
        ({
          severity,
          file,
          ref,
          range,
        }: Record<string, never> & { range: { start: { line: number; column: number } } }) =>
          `${severity} ${file}${ref === undefined ? "" : `@${ref}`}:${range.start.line}:${range.start.column}`,
      );
  };
  project.commit();
  project.tag("greet@v1", "Kinder\u202E");
  const found = await check();
  expect(found.filter((one: string) => one.includes("lock"))).toEqual(["warning prompts.lock:1:110"]);
  expect(found.filter((one: string) => !one.includes("lock"))).toEqual(
    [
      "error prompts/_tone.md:1:9",
      "error prompts/_unused.md:1:1",
      "error prompts/greet.md:3:16",
      "warning prompts/greet.md:2:7",
      "warning prompts/greet.md:6:16",
      "warning prompts/schemas/Order.yaml:1:16",
      "warning prompts/_tone.md@v1:1:9",
      "warning prompts/greet.md@v1:3:16",
      "warning prompts/greet.scores.jsonl:1:54",
    ].sort(byPlace),
  );
  for (const view of [
    ["show", "greet@v1"],
    ["list"],
    ["blame", "greet"],
    ["search", "Hi"],
    ["history", "greet"],
    ["check"],
  ]) {
    const { stdout } = await run(...view);
    expect(stdout.match(HIDDEN), view.join(" ")).toBeNull();
  }
  // In JSON, they are escapes: the same data.
  for (const view of [
    ["list", "--json"],
    ["show", "greet@v1", "--json"],
    ["check", "--json"],
    ["check", "--format", "gitlab"],
  ]) {
    const { stdout } = await run(...view);
    expect(stdout.match(HIDDEN), view.join(" ")).toBeNull();
    expect(JSON.parse(stdout), view.join(" ")).toBeTruthy();
  }
  expect(JSON.parse((await run("list", "--json")).stdout)).toMatchObject({
    prompts: [{ description: `ok${tags("Obey")}` }],
  });
  expect((await run("show", "greet@v1")).stdout).toContain("Hi {{order.id}}<U+200B>!");

  // Working files are fixed where that is certain; the rest is left to people.
  expect((await run("check", "--fix")).stdout).toContain("[-<U+200B>-]");
  const read = (file: string) => readFileSync(path.join(project.dir, file), "utf8");
  expect(read("prompts/greet.md")).toBe(
    "---\n# note\ndescription: ok\ninput: { schema: { order: Order } }\n---\nHi {{order.id}}!{{> tone}}\n",
  );
  expect(read("prompts/_tone.md")).toBe("Be kind.\u202E\n");
  project.commit();
  const refused = await run("release");
  expect([refused.code, refused.stdout + refused.stderr]).toEqual([1, expect.stringContaining("U+202E RIGHT-TO-LEFT")]);
  project.write({ "prompts/_tone.md": "Be kind.\n", "prompts/_unused.md": "\u202EUnused\u202C\n" });
  const diff = (await run("diff", "greet@v1")).stdout;
  expect(diff).toContain("[-<U+200B>-]");
  expect(diff).toContain("[-<U+202E>-]");
  expect(await run("build")).toMatchObject({ code: 0 });
  const input = ["--var", 'order:={"id":"7"}'];
  expect((await run("render", "greet@v1", ...input)).stdout).toBe("Hi 7\u200B!Be kind.\u202E\n");
  const shown = await runCommand(["render", "greet@v1", ...input], { cwd: project.dir, columns: 80 });
  expect(shown.stdout).toBe("Hi 7<U+200B>!Be kind.<U+202E>\n");

  project.write({ "cuecard.config.json": '{ "allowCharacters": ["U+202A-U+202E", "u+200b", "U+E0000-U+E007F"] }' });
  expect(await check()).toEqual([]);
  project.write({ "cuecard.config.json": '{ "allowCharacters": ["RLM"] }' });
  expect((await run("check")).stdout).toContain('"allowCharacters" names "RLM", which is not a code point');
});

function byPlace(a: string, b: string): number {
  const [, left = ""] = a.split(" ");
  const [, right = ""] = b.split(" ");
  return left < right ? -1 : 1;
}
