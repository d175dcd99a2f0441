// `check --format sarif`, validated by Microsoft's tool, which knows the schema of SARIF 2.1.0 and its rules.

import { writeFile } from "node:fs/promises";
import path from "node:path";
import { createFolder } from "@cuecard/testing";
import { expect, it, vi } from "vitest";
import { repository } from "../pack-packages.js";
import { tryCommand } from "../run-command.js";

// This file installs and runs a program: on a slow machine, it may take a while.
vi.setConfig({ testTimeout: 240_000 });

it("is valid SARIF 2.1.0", async () => {
  const dir = createFolder();
  const write = (file: string, text: string) => writeFile(path.join(dir, file), text);
  await tryCommand("git", ["init", "--quiet"], { cwd: dir });
  await tryCommand("mkdir", ["prompts"], { cwd: dir });
  await write("prompts/a.md", "---\ninput: { schema: { a: string } }\n---\n{{b}} {name}\n");
  await write("prompts/ä b.md", "Odd name");
  const cuecard = path.join(repository, "packages/cli/bin/cuecard.js");
  const { stdout } = await tryCommand(process.execPath, [cuecard, "check", "--format", "sarif"], { cwd: dir });
  await write("report.sarif", stdout);
  const tool = ["--yes", "@microsoft/sarif-multitool@5.7.0", "validate", "report.sarif", "--level", "Error;Warning"];
  const validated = await tryCommand("npx", tool, { cwd: dir });
  expect(validated.stdout).toContain("Analysis completed successfully");
  // The package names its address once it is published.
  const findings = validated.stdout.split("\n").filter((line) => /(?:error|warning) SARIF/.test(line));
  expect(findings.filter((line) => !line.includes("informationUri"))).toEqual([]);
});
