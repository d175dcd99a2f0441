// Functions of the API that commands are thin over: what a program gets from them, as data.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { greetProject } from "@cuecard/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openRegistry, type Registry, UsageError } from "../src/index.js";

async function openGreet(): Promise<Registry> {
  const registry = await openRegistry({ dir: greetProject().dir });
  onTestFinished(() => registry.close());
  return registry;
}

describe("render", () => {
  it("inserts values into a version", async () => {
    const registry = await openGreet();
    const outcome = await registry.render("greet@v1", { name: "Ada" });
    expect(outcome).toMatchObject({
      kind: "found",
      value: {
        formatted: "Hello Ada!",
        messages: [{ role: "user", content: "Hello Ada!" }],
        version: { ref: "v1", compiled: { name: "greet", version: 1 } },
      },
    });
  });

  it("rejects invalid values, with the reason", async () => {
    const outcome = await (await openGreet()).render("greet@v2", { name: "Ada" });
    expect(outcome).toMatchObject({ kind: "refused", cause: "input", version: { ref: "v2" } });
    expect(outcome).toHaveProperty("problem", expect.stringContaining("place"));
  });

  it("chooses a version of a weighted alias by the caller's key", async () => {
    const registry = await openGreet();
    const input = { name: "Ada", place: "London" };
    expect(await registry.render("greet@staging", input)).toMatchObject({ kind: "unknown" });
    expect(await registry.render("greet@staging", input, { key: "user-1" })).toMatchObject({ kind: "found" });
  });
});

describe("test", () => {
  it("returns what the examples render, and plans that are applied only to what they saw", async () => {
    const registry = await openGreet();
    const file = path.join(registry.dir, "prompts/greet.md");
    const filled = await registry.planFill({ names: ["greet"] });
    expect(filled.plan?.examples).toEqual({
      "prompts/greet.md": [{ name: "every value", input: { name: "name", place: "place" } }],
    });
    if (filled.plan !== undefined) await registry.applyFixes(filled.plan);
    expect(readFileSync(file, "utf8")).toContain("  - name: every value\n    input: { name: name, place: place }\n");
    const outcome = await registry.test({ update: true, coverage: true });
    expect(outcome).toMatchObject({
      kind: "found",
      value: {
        passed: true,
        prompts: [
          { name: "greet", examples: [{ messages: [{ content: "Hi name, welcome to place!" }], failures: [] }] },
        ],
        coverage: { branches: 0, percent: 100 },
      },
    });
    if (outcome.kind !== "found") return;
    const { snapshots } = outcome.value;
    writeFileSync(path.join(registry.dir, "prompts/greet.snapshot"), "# Written by another program\n");
    const refused = await registry.applySnapshots(snapshots);
    expect([refused.result, refused.diagnostics.map(({ code }) => code)]).toEqual([
      { written: [], deleted: [] },
      ["example/changed-while-testing"],
    ]);
    expect(await registry.test({ names: ["nobody"] })).toMatchObject({ kind: "unknown" });
    expect(await registry.test({ coverageMin: 101 })).toMatchObject({ kind: "broken" });
  });
});

describe("lock", () => {
  it("reports that prompts.lock is out of date, writes it, and is then up to date", async () => {
    const registry = await openGreet();
    const added = [1, 2].map((version) => ({ name: "greet", version }));
    const file = path.join(registry.dir, "prompts.lock");
    expect(await registry.lock({ checksOnly: true })).toMatchObject({ outdated: true, written: false, added });
    expect(existsSync(file)).toBe(false);
    expect(await registry.lock()).toMatchObject({ versions: 2, outdated: true, written: true, added });
    expect(readFileSync(file, "utf8")).toContain("greet@v2 ");
    expect(await registry.lock()).toMatchObject({ outdated: false, written: false, added: [], diagnostics: [] });
  });
});

describe("the git adapter", () => {
  it("is the one that CUECARD_GIT names, unless the options name one", async () => {
    const { dir } = greetProject();
    onTestFinished(() => void vi.unstubAllEnvs());
    vi.stubEnv("PATH", "/nowhere");
    vi.stubEnv("CUECARD_GIT", "native");
    const codes = async (options: { readonly git?: "isomorphic" }) => {
      const registry = await openRegistry({ dir, ...options });
      onTestFinished(() => registry.close());
      return (await registry.read()).diagnostics.map(({ code }) => code);
    };
    expect(await codes({})).toContain("git/not-installed");
    expect(await codes({ git: "isomorphic" })).not.toContain("git/not-installed");
    vi.stubEnv("CUECARD_GIT", "svn");
    await expect(openRegistry({ dir })).rejects.toThrow(UsageError);
  });
});
