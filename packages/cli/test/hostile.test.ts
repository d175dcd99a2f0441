// Prompts that try to take a compiler's time or memory: each ends in its finding, all in one process with little memory.

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { createProject } from "@cuecard/testing";
import { beforeAll, expect, it, vi } from "vitest";
import { CUECARD } from "./built-program.js";
import { hostilePrompts } from "./hostile-prompts.js";

// This file starts the command: on a slow machine, it may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** The codes of the errors in each file. */
const codes = new Map<string, Set<string>>();
let status: number | null;

beforeAll(() => {
  const { dir } = createProject({ "prompts/other.md": "fine" });
  for (const [index, { content }] of hostilePrompts.entries())
    writeFileSync(path.join(dir, `prompts/hostile-${index}.md`), content);
  const ended = spawnSync(process.execPath, ["--max-old-space-size=150", CUECARD, "check", "--format", "json"], {
    cwd: dir,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  expect(ended.stderr).not.toMatch(/heap|RangeError/);
  status = ended.status;
  const { diagnostics } = JSON.parse(ended.stdout) as {
    diagnostics: readonly { code: string; severity: string; file: string }[];
  };
  for (const { file, code, severity } of diagnostics)
    if (severity === "error") codes.set(file, (codes.get(file) ?? new Set()).add(code));
});

it.each(hostilePrompts.map(({ name, code }, index) => [name, code, index] as const))("%s", (_, code, index) => {
  expect([...(codes.get(`prompts/hostile-${index}.md`) ?? [])]).toEqual(code === undefined ? [] : [code]);
});

it("has no effect on other prompts", () => {
  expect(codes.get("prompts/other.md")).toBeUndefined();
  expect(status).toBe(1);
});
