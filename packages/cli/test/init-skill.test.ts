// The skill for coding agents that `init` writes: where it is, and that its commands do what it says.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { createProject } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { parse as parseYaml } from "yaml";
import { runCommand } from "./run-command.js";

vi.setConfig({ testTimeout: 60_000 });

const SHARED = ".agents/skills/cuecard/SKILL.md";
const OF_CLAUDE = ".claude/skills/cuecard/SKILL.md";

describe("the skill of init", () => {
  it.each<[Record<string, string>, string[]]>([
    [{}, [SHARED]],
    [{ "AGENTS.md": "Ours" }, [SHARED]],
    [{ "CLAUDE.md": "Ours" }, [OF_CLAUDE]],
    [{ ".claude/settings.json": "{}" }, [OF_CLAUDE]],
    [{ ".claude/settings.json": "{}", "AGENTS.md": "Ours" }, [SHARED, OF_CLAUDE]],
  ])("is written where the repository's agents look: %j", async (files, written) => {
    const { dir } = createProject(files);
    await runCommand(["init", "--yes"], { cwd: dir });
    expect([SHARED, OF_CLAUDE].filter((file) => existsSync(path.join(dir, file)))).toEqual(written);
  });

  it("is at the top of the repository, names the project's folders, and is never overwritten", async () => {
    const repository = createProject({ "pnpm-workspace.yaml": "packages: []\n", "services/bot/package.json": "{}" });
    const cwd = path.join(repository.dir, "services/bot");
    await runCommand(["init", "--yes"], { cwd });
    const text = readFileSync(path.join(repository.dir, SHARED), "utf8");
    expect(text).toContain("a Markdown file in `services/bot/prompts`");
    expect(text).toContain("Run the commands in `services/bot`.");
    expect(text).toContain("pnpm cuecard check");
    repository.write(SHARED, `${text}\nOur own rule.\n`);
    const { stdout } = await runCommand(["init", "--yes"], { cwd });
    expect(stdout.replace(/\s+/g, " ")).toContain(`keep ../../${SHARED} differs from the one in cuecard`);
    expect(readFileSync(path.join(repository.dir, SHARED), "utf8")).toContain("Our own rule.");
  });

  it("has a valid front matter, and commands that work", async () => {
    const repository = createProject().identify();
    const { dir } = repository;
    await runCommand(["init", "--yes"], { cwd: dir });
    const text = readFileSync(path.join(dir, SHARED), "utf8");
    const { name, description, ...others } = parseYaml(text.split("---\n")[1] ?? "");
    expect([name, others]).toEqual(["cuecard", {}]);
    expect(description.length).toBeLessThanOrEqual(1024);
    repository.commit("Add a prompt");
    expect((await runCommand(["release", "--yes"], { cwd: dir })).code).toBe(0);
    repository.commit("Lock greet@v1");
    const lines = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = ""]) => block.trim().split(/\n\s*/));
    expect(lines).toHaveLength(10);
    for (const line of lines) {
      const args = line.replaceAll("<name>", "greet").replace("variable=value", "name=Ada").split(" ");
      expect(args.slice(0, 2)).toEqual(["npx", "cuecard"]);
      expect(await runCommand(args.slice(2), { cwd: dir }), line).toMatchObject({ code: 0 });
    }
    expect(repository.git("status", "--porcelain")).toBe("");
    expect(repository.git("tag")).toBe("greet@v1");
  });
});
