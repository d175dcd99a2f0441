// Prompts that try to take a compiler's time or memory: each ends in its finding, in a process with little memory.

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createProject } from "@cuecard/testing";
import { expect, it, vi } from "vitest";
import { hostilePrompts } from "./hostile-prompts.js";

// This file starts the command: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const CUECARD = fileURLToPath(new URL("../bin/cuecard.js", import.meta.url));

it.each(hostilePrompts.map((prompt) => [prompt.name, prompt] as const))("%s", (_, { content, code }) => {
  const { dir } = createProject({ "prompts/other.md": "fine" });
  writeFileSync(path.join(dir, "prompts/hostile.md"), content);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--max-old-space-size=150", CUECARD, "check", "--format", "json"],
    { cwd: dir, encoding: "utf8" },
  );
  expect(stderr).not.toMatch(/heap|RangeError/);
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: readonly { code: string; severity: string; file: string }[];
  };
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  expect([...new Set(errors.map((error) => `${error.file} ${error.code}`))]).toEqual(
    code === undefined ? [] : [`prompts/hostile.md ${code}`],
  );
  expect(status).toBe(code === undefined ? 0 : 1);
});
