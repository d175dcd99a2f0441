// This repository on a new machine: `npm start` in a clone without tags; and turbo, whose cache must never bring back a
// version that is not the one pointed at.

import { existsSync } from "node:fs";
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { createFolder } from "@cuecard/testing";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { repository } from "../pack-packages.js";
import { runCommand } from "../run-command.js";
import { cloneWorkingTree } from "./clone-working-tree.js";

// This file installs and runs programs: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const clone = path.join(createFolder(), "cuecard");
const service = "@cuecard/example-cost-service";
let firstStart: string;

const npm = (...args: string[]) => runCommand("npm", args, { cwd: clone });
const git = (...args: string[]) => runCommand("git", args, { cwd: clone });

beforeAll(async () => {
  await cloneWorkingTree(clone);
  // What this repository has built already, of the same files, is not built again.
  if (existsSync(path.join(repository, ".turbo/cache")))
    await cp(path.join(repository, ".turbo/cache"), path.join(clone, ".turbo/cache"), { recursive: true });
  firstStart = await npm("start");
}, 600_000);

describe("npm start", () => {
  it("shows the production cost analyst, rendered through the typed loader", async () => {
    expect((await git("tag")).trim()).toBe("");
    expect(firstStart).toContain("prompts:/cost_analyst_prompt/2\n");
    expect(firstStart).toContain("  You are a Databricks cost analyst.");
    expect(firstStart).toContain("  Guidelines:\n  - Give every amount in US dollars with two decimals");
    expect(firstStart).toContain("  User context: Workspace admin of the data platform team\n");
  });

  it("shows the same a second time, and leaves nothing to commit", async () => {
    const before = await git("status", "--porcelain");
    expect(screen(await npm("start"))).toBe(screen(firstStart));
    expect(await git("status", "--porcelain")).toBe(before);
  });
});

/** What stands below the steps and their times. */
function screen(output: string): string {
  return output.slice(output.indexOf("\nload("));
}

describe("turbo", () => {
  it("builds dependants again when an alias moves, and takes them from its cache when it is back", async () => {
    const edited = await edit("aliases.json", '"production": "v2"', '"production": "v3"');
    expect(await build()).toBe("built again");
    expect(await serve()).toContain("prompts:/cost_analyst_prompt/3\n");

    await edited.undo();
    expect(await build()).toBe("from the cache");
    expect(await serve()).toContain("prompts:/cost_analyst_prompt/2\n");
  });

  it("does so when prompts.lock says that a version is another commit", async () => {
    const lock = await readFile(path.join(clone, "prompts.lock"), "utf8");
    const line = (version: string) => new RegExp(`^cost_analyst_prompt@${version} (.*)$`, "m").exec(lock)?.[1] ?? "";

    // A commit in which version 2 reads differently, and the lock's line for it.
    const prompt = await edit("prompts/cost_analyst_prompt.md", "Question: {{query}}", "Asked: {{query}}");
    await commit("prompts/cost_analyst_prompt.md");
    await git("tag", "cost_analyst_prompt@v9");
    await cuecard("lock");
    const relocked = await readFile(path.join(clone, "prompts.lock"), "utf8");
    const released = /^cost_analyst_prompt@v9 (.*)\n/m.exec(relocked);
    await git("tag", "--delete", "cost_analyst_prompt@v9");
    await prompt.undo();
    await writeFile(path.join(clone, "prompts.lock"), lock.replace(line("v2"), released?.[1] ?? ""));

    expect(await build()).toBe("built again");
    expect(await serve()).toContain("  Asked: What did we spend");

    await writeFile(path.join(clone, "prompts.lock"), lock);
    expect(await build()).toBe("from the cache");
    expect(await serve()).toContain("  Question: What did we spend");
  });

  it("does so when a prompt's working text changes", async () => {
    const edited = await edit("prompts/incident_triage.md", "You triage cost alerts", "You sort cost alerts");
    expect(await build()).toBe("built again");
    await edited.undo();
    expect(await build()).toBe("from the cache");
  });

  it("does not depend on tags, which it cannot see: a version counts from the commit that locks it", async () => {
    const before = await manifest();
    const lock = await readFile(path.join(clone, "prompts.lock"), "utf8");
    await git("tag", "cost_analyst_prompt@v9");
    try {
      expect(await build()).toBe("from the cache");
      expect(await manifest()).toBe(before);
      await cuecard("lock");
      expect(await build()).toBe("built again");
      expect(await manifest()).not.toBe(before);
    } finally {
      await git("tag", "--delete", "cost_analyst_prompt@v9");
      await writeFile(path.join(clone, "prompts.lock"), lock);
    }
  });

  it("compiles to the same with CI set", async () => {
    await build();
    const before = await manifest();
    await rm(path.join(clone, "packages/prompts/dist"), { recursive: true });
    expect(await build({ CI: "true" })).toBe("from the cache");
    expect(await manifest()).toBe(before);
  });

  it("leaves no entry point of a prompt that is gone", async () => {
    const modules = path.join(clone, "packages/prompts/dist/prompts");
    const before = await readdir(modules);
    const added = path.join(clone, "prompts", "short_lived.md");
    await writeFile(added, "Hi {{name}}\n");
    const aliases = await edit(
      "aliases.json",
      '"incident_triage":',
      '"short_lived": { "dev": "working" }, "incident_triage":',
    );
    expect(await build()).toBe("built again");
    expect(await readdir(modules)).toContain("short_lived.js");

    await rm(added);
    await aliases.undo();
    expect(await build()).toBe("from the cache");
    expect(await readdir(modules)).toEqual(before);
  });
});

async function edit(file: string, from: string, to: string): Promise<{ undo(): Promise<void> }> {
  const text = await readFile(path.join(clone, file), "utf8");
  expect(text).toContain(from);
  await writeFile(path.join(clone, file), text.replace(from, to));
  return { undo: () => writeFile(path.join(clone, file), text) };
}

async function commit(file: string): Promise<void> {
  const identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
  await git(...identity, "commit", "--quiet", "--message", "Try another wording", "--", file);
}

/** Builds the example service, and what it depends on; tells whether the service's own build came from turbo's cache. */
async function build(env: Readonly<Record<string, string>> = {}): Promise<string> {
  const output = await turbo([`--filter=${service}`], env);
  const said = new RegExp(`^${service}:build: cache (\\w+)`, "m").exec(output)?.[1];
  return said === "hit" ? "from the cache" : said === "miss" ? "built again" : `neither: ${output}`;
}

function turbo(options: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const bin = path.join(clone, "node_modules", ".bin");
  const withPnpm = `${bin}${path.delimiter}${process.env["PATH"]}`;
  return runCommand(path.join(bin, "turbo"), ["run", "build", "--output-logs=hash-only", ...options], {
    cwd: clone,
    env: { PATH: withPnpm, TURBO_TELEMETRY_DISABLED: "1", ...env },
  });
}

/** What the example service prints. */
function serve(): Promise<string> {
  return runCommand(process.execPath, ["examples/cost-service/dist/main.js"], { cwd: clone });
}

function cuecard(...args: string[]): Promise<string> {
  return runCommand(process.execPath, ["packages/cli/bin/cuecard.js", ...args], { cwd: clone });
}

/** Everything that the generated package holds, as one text. */
function manifest(): Promise<string> {
  return readFile(path.join(clone, "packages/prompts/dist/manifest.json"), "utf8");
}
