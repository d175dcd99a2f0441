// The program as people start it: a process of its own, pipes that close, disks that refuse.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createProject, createProjectFolder, greetProject } from "@cuecard/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { run } from "../src/run.js";
import type { Terminal } from "../src/terminal/terminal.js";
import { CUECARD } from "./built-program.js";
import { loadedModules } from "./loaded-modules.js";
import { runCommand } from "./run-command.js";

// This file starts the command: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const node = process.execPath;

describe("the program", () => {
  it("exits without an error if the reader closes the pipe", () => {
    const prompts = Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`prompts/p${n}.md`, "Hi"]));
    const { dir } = createProject(prompts);
    const script = `"${node}" "${CUECARD}" list --json | head -1`;
    const { stdout, stderr } = spawnSync("bash", ["-c", script], { cwd: dir, encoding: "utf8" });
    expect(stdout).toBe("{\n");
    expect(stderr).toBe("");
  });

  it("returns the command's exit code if the reader closes the pipe", () => {
    const { dir } = createProject({ "prompts/a.md": "{{#if x}}" });
    const script = `set -o pipefail; "${node}" "${CUECARD}" check | true`;
    expect(spawnSync("bash", ["-c", script], { cwd: dir }).status).toBe(1);
  });

  it.skipIf(!existsSync("/dev/full"))("reports that the output cannot be written", () => {
    const script = `"${node}" "${CUECARD}" --version > /dev/full`;
    const { status, stderr } = spawnSync("bash", ["-c", script], { encoding: "utf8" });
    expect(stderr).toBe("error: the output cannot be written: ENOSPC: no space left on device, write\n");
    expect(status).toBe(1);
  });

  it("returns its exit code to the shell", () => {
    const status = (...args: string[]) =>
      spawnSync(node, [CUECARD, ...args], { cwd: createProjectFolder(), encoding: "utf8" }).status;
    expect([status("--version"), status("nonsense"), status("check")]).toEqual([0, 2, 1]);
  });

  it.each(["--help", "help release", "complete -- release --a", "buidl", "promote greet"])(
    "loads only what help needs: cuecard %s",
    (line) => {
      const { loaded } = loadedModules(line.split(" "), createProjectFolder());
      expect(loaded).toContain("commander");
      for (const heavy of [
        "isomorphic-git",
        "handlebars",
        "/ajv/",
        "chokidar",
        "@clack",
        "/typescript/",
        "packages/project/",
        "packages/build/",
        "packages/registry/",
      ])
        expect(loaded).not.toContain(heavy);
    },
  );

  it("names the version of Node that it needs, before it loads anything else", () => {
    const older = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.18.3" } })';
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--import", `data:text/javascript,${encodeURIComponent(older)}`, CUECARD, "list"],
      { encoding: "utf8" },
    );
    expect(stderr).toBe("cuecard needs Node 20.19 or later; this is 20.18.3\n");
    expect([status, stdout]).toEqual([1, ""]);
  });

  it("stops watching on Ctrl-C", async () => {
    const child = spawn(node, [CUECARD, "build", "--watch"], { cwd: greetProject().dir });
    onTestFinished(() => void child.kill("SIGKILL"));
    const closed = once(child, "close");
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    await vi.waitUntil(() => output.includes("Watching"), { timeout: 20_000 });
    child.kill("SIGINT");
    expect(await closed).toEqual([0, null]);
  });

  it("reports an unexpected exception as a bug, with exit code 70", async () => {
    let stderr = "";
    const stream = {
      write(text: string) {
        stderr += text;
      },
      interactive: false,
      columns: undefined,
    };
    const terminal = {
      env: {},
      stdin: { interactive: false, readAll: async () => new Uint8Array(), async *chunks() {} },
      stdout: stream,
      stderr: stream,
      interrupted: new Promise<void>(() => {}),
    };
    const broken: Terminal = {
      ...terminal,
      get cwd(): string {
        throw new TypeError("something impossible");
      },
    };
    expect(await run(["list"], broken)).toBe(70);
    expect(stderr).toContain("This is a bug in cuecard");
    expect(stderr).toContain("TypeError: something impossible");
  });

  it("reports a disk error as an error, not as a bug", async () => {
    const { dir } = createProject();
    writeFileSync(path.join(dir, "packages"), "a file where a folder should be");
    const { code, stderr } = await runCommand(["init", "--yes"], { cwd: dir });
    expect(stderr).toMatch(/^error: E(EXIST|NOTDIR)/);
    expect(code).toBe(1);
  });

  it("works in a linked worktree", async () => {
    const repository = greetProject();
    const tree = path.join(createProjectFolder(), "tree");
    repository.git("worktree", "add", "--quiet", tree, "-b", "other");
    expect((await runCommand(["list"], { cwd: tree })).stdout).toContain("greet  v2");
  });

  it("does not follow a dist folder that is a link to somewhere else", async () => {
    const { dir } = greetProject();
    const elsewhere = path.join(dir, "elsewhere");
    mkdirSync(elsewhere);
    writeFileSync(path.join(elsewhere, "precious"), "");
    symlinkSync(elsewhere, path.join(dir, "packages/prompts/dist"));
    const { code, stderr } = await runCommand(["build"], { cwd: dir });
    expect(stderr).toContain("output/link");
    expect(code).toBe(1);
  });
});
