// `build --as`: pointers for one build, which aliases.json does not have.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { greetProject } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { compile } from "../src/index.js";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const build = (dir: string, ...args: string[]) => runCommand(["build", ...args], { cwd: dir });
const dist = (dir: string, file: string) => path.join(dir, "packages/prompts/dist", file);

interface Manifest {
  readonly replaced?: readonly string[];
  readonly prompts: Readonly<Record<string, { readonly aliases: Readonly<Record<string, unknown>> }>>;
}

function manifestOf(dir: string): Manifest {
  return JSON.parse(readFileSync(dist(dir, "manifest.json"), "utf8"));
}

describe("build --as", () => {
  it("points an alias at the working file for one build, and the next build undoes it", async () => {
    const repository = greetProject();
    const { dir } = repository;
    repository.write({ "prompts/greet.md": "Edited {{name}}" });
    const { code, stdout } = await build(dir, "--as", "production=working");
    expect(code).toBe(0);
    expect(stdout).toMatch(/ in [\d.]+ m?s, with greet@production → working\n/);
    expect(stdout).toContain("run `cuecard build` without --as before you deploy or publish the package\n");
    expect(manifestOf(dir)).toMatchObject({
      replaced: ["greet@production"],
      prompts: { greet: { aliases: { production: "working", dev: "working" } } },
    });
    expect(repository.git("diff", "--name-only", "--", "aliases.json")).toBe("");
    expect((await build(dir, "--as", "production=working")).stdout).toContain("(unchanged)");

    expect((await build(dir)).stdout).not.toContain("with greet");
    const { files } = await compile({ dir });
    expect(readFileSync(dist(dir, "manifest.json"), "utf8")).toBe(files.get("manifest.json"));
    expect(manifestOf(dir)).toMatchObject({ prompts: { greet: { aliases: { production: "v1" } } } });
    expect(manifestOf(dir).replaced).toBeUndefined();
  });

  it("can be repeated, replaces weights, and adds an alias to a prompt that is named", async () => {
    const { dir } = greetProject();
    const { stdout } = await build(dir, ...["--as", "staging=v2", "--as", "greet@canary=1", "--as", "dev=working"]);
    expect(stdout).toContain("with greet@staging → v2, greet@canary → v1\n");
    expect(manifestOf(dir).prompts["greet"]?.aliases).toMatchObject({ staging: "v2", canary: "v1", dev: "working" });
    expect(manifestOf(dir).replaced).toEqual(["greet@staging", "greet@canary"]);
  });

  it("leaves prompts without a file at their versions, unless they are named", async () => {
    const repository = greetProject();
    const { dir } = repository;
    repository.release("old", 1, "Old");
    repository.remove("prompts/old.md");
    repository.write({ "aliases.json": '{ "greet": { "production": "v1" }, "old": { "production": "v1" } }' });
    expect((await build(dir, "--as", "production=working")).code).toBe(0);
    expect(manifestOf(dir).prompts["old"]?.aliases).toMatchObject({ production: "v1" });
    const { code, stderr } = await build(dir, "--as", "old@production=working");
    expect([code, stderr]).toEqual([1, expect.stringContaining("alias/working-missing")]);
  });

  it("is refused while the lock is frozen, and allowed with --no-frozen", async () => {
    const { dir } = greetProject();
    await build(dir);
    const env = { CI: "true" };
    const refused = await runCommand(["build", "--as", "production=working"], { cwd: dir, env });
    expect(refused.stderr).toContain("alias/replaced-frozen");
    expect(refused.stderr).toContain("--as would change greet@production");
    expect(refused.stderr).not.toContain("alias/working-frozen");
    expect(refused.code).toBe(1);
    expect(manifestOf(dir).replaced).toBeUndefined();
    const args = ["build", "--as", "production=working", "--no-frozen"];
    expect((await runCommand(args, { cwd: dir, env })).code).toBe(0);
    expect(manifestOf(dir).replaced).toEqual(["greet@production"]);
  });

  it.each([
    ["prod=working", 'alias/nothing-to-replace\n  --as cannot replace the alias "prod": no prompt has it'],
    ["greet=working", "hint: greet is a prompt: name its alias too: `--as greet@production=working`"],
    ["production=v9", "aliases.json  error  alias/unknown-version\n  greet has no version v9"],
    ["great@production=v1", 'alias/unknown-prompt\n  the prompt "great" does not exist'],
  ])("reports what does not exist: %s", async (as, problem) => {
    const { dir } = greetProject();
    const { code, stderr } = await build(dir, "--as", as);
    expect(stderr).toContain(problem);
    expect(code).toBe(1);
    expect(existsSync(dist(dir, "index.js"))).toBe(false);
  });

  it.each(["production", "v3=working", "latest=v1", "production=latest", "a@b@c=v1"])(
    "does not understand %s",
    async (as) => {
      const { code, stderr } = await build(greetProject().dir, "--as", as);
      expect(stderr).toContain("Write an alias and a version, such as production=working or greet@production=v3.");
      expect(code).toBe(2);
    },
  );

  it("holds for every build of --watch", async () => {
    const repository = greetProject();
    const { dir } = repository;
    let stop = () => {};
    const interrupted = new Promise<void>((resolve) => {
      stop = resolve;
    });
    const ended = runCommand(["build", "--watch", "--as", "production=working"], { cwd: dir, interrupted });
    const text = () =>
      existsSync(dist(dir, "prompts/greet.js")) ? readFileSync(dist(dir, "prompts/greet.js"), "utf8") : "";
    await vi.waitUntil(() => text().includes('atAlias(working, "production")'), { timeout: 20_000 });
    for (let edit = 1; !text().includes("Edited"); edit++) {
      repository.write({ "prompts/greet.md": `Edited {{name}}${"!".repeat(edit)}` });
      await vi.waitUntil(() => text().includes("Edited"), { timeout: 4000 }).catch(() => {});
    }
    stop();
    expect((await ended).code).toBe(0);
    expect(manifestOf(dir).replaced).toEqual(["greet@production"]);
  });
});
