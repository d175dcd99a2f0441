// Partial clones through the command line: what they left out is fetched, and --offline forbids it.

import path from "node:path";
import { createFolder, createProject, runGit } from "@cuecard/testing";
import { expect, it, vi } from "vitest";
import { run } from "../src/run.js";
import { createTerminal, runCommand } from "./run-command.js";

// Starts git.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

it("fetches what a partial clone left out, once, unless --offline forbids it", async () => {
  const origin = createProject();
  for (const version of [1, 2, 3]) origin.release("greet", version, `Hello ${version}`);
  origin.git("config", "uploadpack.allowFilter", "true");
  const clone = path.join(createFolder(), "clone");
  runGit(origin.dir, ["clone", "--quiet", "--filter=blob:none", `file://${origin.dir}`, clone]);
  const offline = await runCommand(["--offline", "check"], { cwd: clone });
  expect(offline).toMatchObject({ code: 1, stderr: "" });
  expect(offline.stdout).toContain("tag/object-missing");
  expect(await runCommand(["build", "--offline", "--fetch"], { cwd: clone })).toMatchObject({ code: 2 });
  expect(await runCommand(["release", "--offline", "--push"], { cwd: clone })).toMatchObject({ code: 2 });
  for (const args of [
    ["dev", "--port", "0"],
    ["build", "--watch"],
  ]) {
    let interrupt = () => {};
    const interrupted = new Promise<void>((resolve) => {
      interrupt = resolve;
    });
    const { terminal, written } = createTerminal({ cwd: clone, interrupted });
    const ended = run(["--offline", ...args], terminal);
    await vi.waitFor(() => expect(written.stdout + written.stderr).toContain("Watching"), { timeout: 30_000 });
    interrupt();
    expect([args[0], await ended]).toEqual([args[0], 0]);
    expect(written.stderr).toContain("tag/object-missing");
    expect(written.stderr).not.toContain("Fetching");
  }
  const first = await runCommand(["check"], { cwd: clone });
  expect(first).toMatchObject({ code: 0, stderr: "Fetching 2 objects that this partial clone left out …\n" });
  expect(await runCommand(["check"], { cwd: clone })).toMatchObject({ code: 0, stderr: "" });
});
