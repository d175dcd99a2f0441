// The setting `trimMessages`: what it does to a project that turns it on, and to the versions from before.

import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { createProject } from "@cuecard/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

vi.setConfig({ testTimeout: 60_000 });

afterEach(() => {
  vi.unstubAllEnvs();
});

const CHAT = '{{role "system"}}\nBe kind.\n{{role "user"}}\n{{query}}\n';

describe.each(["native", "isomorphic"])("trimMessages with %s git", (choice) => {
  it("trims the versions that are released from then on, and no others", async () => {
    vi.stubEnv("CUECARD_GIT", choice);
    const repository = createProject({
      "prompts/chat.md": CHAT,
      "prompts/text.md": "\nHello\n",
      "packages/prompts/package.json": '{ "type": "module" }',
    });
    repository.commit("Prompts");
    const { dir } = repository;
    const run = (...args: readonly string[]) => runCommand(args, { cwd: dir });
    const lock = () => readFileSync(path.join(dir, "prompts.lock"), "utf8");
    const system = async (ref: string) => {
      const { stdout } = await run("render", `chat@${ref}`, "--var", "query=Why?", "--json");
      return (JSON.parse(stdout) as { system: string }).system;
    };
    expect((await run("release")).code).toBe(0);
    repository.commit("Lock");

    repository.write({ "cuecard.config.json": '{ "trimMessages": true }' });
    expect(await system("working")).toBe("Be kind.");
    expect((await run("release", "--dry-run")).stdout).not.toContain("chat@v2");
    repository.commit("Trim");
    expect((await run("diff", "chat@v1")).stdout).toContain("no longer begin or end with the template's line ends");
    const plan = (await run("release", "--dry-run")).stdout;
    expect(plan).toContain("chat@v2  trimMessages is on");
    expect(plan).not.toContain("text@v2");
    expect((await run("release")).code).toBe(0);
    repository.commit("Lock again");
    expect((await run("release")).stdout).toContain("chat is already released as v2");
    expect([await system("v1"), await system("v2")]).toEqual(["\nBe kind.\n", "Be kind."]);

    // The lock decides, and without it the settings of the tags' own commits.
    const locked = lock();
    rmSync(path.join(dir, "prompts.lock"));
    expect((await run("lock")).code).toBe(0);
    expect(lock()).toBe(locked);
    repository.write({ "cuecard.config.json": "{}" });
    expect((await run("check")).code).toBe(0);
    expect([await system("v1"), await system("v2"), await system("working")]).toEqual([
      "\nBe kind.\n",
      "Be kind.",
      "\nBe kind.\n",
    ]);
    expect((await run("build")).code).toBe(0);
    const manifest = JSON.parse(readFileSync(path.join(dir, "packages/prompts/dist/manifest.json"), "utf8")) as {
      prompts: { chat: { versions: Record<string, { trimMessages?: boolean }> } };
    };
    expect(Object.values(manifest.prompts.chat.versions).map(({ trimMessages }) => trimMessages)).toEqual([
      undefined,
      true,
    ]);
  });
});
