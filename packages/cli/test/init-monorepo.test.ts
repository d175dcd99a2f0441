// `init` where a repository has several projects, or a task runner that caches builds; and commands above the projects.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { createProject, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { addToJson } from "../src/init/edit-json.js";
import { runCommand } from "./run-command.js";

vi.setConfig({ testTimeout: 60_000 });

const settings = (repository: TestRepository, folder: string, file = "cuecard.config.json") =>
  JSON.parse(readFileSync(path.join(repository.dir, folder, file), "utf8")) as Record<string, unknown>;

async function init(repository: TestRepository, folder: string, ...args: string[]) {
  repository.write(`${folder}/.keep`, "");
  const result = await runCommand(["init", "--yes", ...args], { cwd: path.join(repository.dir, folder) });
  expect(result).toMatchObject({ code: 0 });
  return result.stdout;
}

describe("init in a second project", () => {
  it("gives it a tag prefix from its folder, and a package of its own", async () => {
    const repository = createProject({ "package.json": '{ "name": "acme", "workspaces": [] }' });
    await init(repository, "services/bot");
    expect(settings(repository, "services/bot")["tagPrefix"]).toBeUndefined();
    const stdout = await init(repository, "services/shop");
    expect(stdout).toContain("the tags of this project's versions begin with shop/");
    expect(settings(repository, "services/shop")["tagPrefix"]).toBe("shop/");
    const names = ["bot", "shop"].map(
      (name) => settings(repository, `services/${name}/packages/prompts`, "package.json")["name"],
    );
    expect(new Set(names).size).toBe(2);
    repository.commit();
    for (const name of ["bot", "shop"]) {
      const cwd = path.join(repository.dir, "services", name);
      expect(await runCommand(["release", "--yes"], { cwd })).toMatchObject({ code: 0 });
      expect(await runCommand(["check", "--strict"], { cwd })).toMatchObject({ code: 0 });
    }
    expect(repository.git("tag", "--list")).toBe("greet@v1\nshop/greet@v1");
    // Again: nothing changes, and the first project gets no prefix.
    expect(await init(repository, "services/shop")).not.toContain("create ");
    await init(repository, "services/bot");
    expect(settings(repository, "services/bot")["tagPrefix"]).toBeUndefined();
  });

  it("finds a prefix that no other project uses", async () => {
    const repository = createProject({
      "cuecard.config.json": "{}",
      "prompts/bot/greet.md": "Top\n",
      "a/bot/package.json": '{ "cuecard": { "tagPrefix": "b-bot/" } }',
    });
    await init(repository, "b/bot");
    expect(settings(repository, "b/bot")["tagPrefix"]).toBe("bot-2/");
    await init(repository, "c/Über Bot");
    expect(settings(repository, "c/Über Bot")["tagPrefix"]).toBe("uber-bot/");
  });

  it("adds it to settings that exist, without touching other characters, until the first release", async () => {
    const repository = createProject({
      "a/cuecard.config.json": "{}",
      "b/cuecard.config.json": '{\n    "out": "gen"\n}\n',
    });
    await init(repository, "b");
    expect(readFileSync(path.join(repository.dir, "b/cuecard.config.json"), "utf8")).toBe(
      '{\n    "out": "gen",\n    "tagPrefix": "b/"\n}\n',
    );
    repository.write({ "c/cuecard.config.json": "{}", "c/prompts.lock": "# released\n" });
    await init(repository, "c");
    expect(settings(repository, "c")["tagPrefix"]).toBeUndefined();
  });
});

describe("the schemas that init names", () => {
  const workspace = '{ "name": "acme", "workspaces": ["services/*"] }';
  it.each([
    ["at the top, where npm installs", { "package.json": workspace }, "../../"],
    ["in the service, where pnpm installs", { "pnpm-workspace.yaml": "packages: [services/*]\n" }, "./"],
    [
      "where Cuecard is installed",
      { "package.json": workspace, "services/bot/node_modules/cuecard/package.json": "{}" },
      "./",
    ],
    ["in a project of its own", {}, "./"],
  ])("are %s", async (_, files, up) => {
    const repository = createProject(files);
    await init(repository, "services/bot");
    expect(settings(repository, "services/bot")["$schema"]).toBe(
      `${up}node_modules/cuecard/schemas/config.schema.json`,
    );
  });
});

describe("init with a task runner", () => {
  const workspace = { "package.json": '{ "name": "acme", "private": true, "workspaces": ["packages/*"] }' };
  const INPUTS = ["aliases.json", "prompts.lock", "prompts/**", "cuecard.config.json"];

  it("writes the inputs and outputs for Turborepo", async () => {
    const root = '{ "tasks": { "build": { "dependsOn": ["^build"] } } }';
    const repository = createProject({ ...workspace, "turbo.json": root });
    const stdout = await init(repository, ".");
    expect(stdout).not.toContain("edit ");
    expect(settings(repository, "packages/prompts", "turbo.json")).toEqual({
      extends: ["//"],
      tasks: {
        build: { inputs: ["$TURBO_DEFAULT$", ...INPUTS.map((file) => `../../${file}`)], outputs: ["dist/**"] },
      },
    });
    expect(settings(repository, "packages/prompts", "package.json")["scripts"]).toMatchObject({
      build: "cuecard build",
    });
    expect(await init(repository, ".")).toContain("nothing to change");
  });

  it("keeps what a turbo.json has, and says what cannot be edited", async () => {
    const own =
      '{\n\t"extends": ["//"], // ours\n\t"tasks": {\n\t\t"build": { "inputs": ["src/**"], "cache": true }\n\t}\n}\n';
    const repository = createProject({
      ...workspace,
      "turbo.json": '{ "tasks": {} }',
      "packages/prompts/turbo.json": own,
    });
    const stdout = await init(repository, ".");
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      'edit turbo.json let the task "build" wait for the prompts: "build": { "dependsOn": ["^build"] } in "tasks"',
    );
    const text = readFileSync(path.join(repository.dir, "packages/prompts/turbo.json"), "utf8");
    expect(text).toContain('"extends": ["//"], // ours\n');
    expect(text).toContain('"cache": true');
    for (const part of ["src/**", "../../aliases.json", "dist/**"]) expect(text).toContain(`"${part}"`);
    const odd = createProject({ ...workspace, "turbo.json": "{}", "packages/prompts/turbo.json": '{ "tasks": [] }' });
    expect((await init(odd, ".")).replaceAll(/\s+/g, " ")).toMatch(
      /edit packages\/prompts\/turbo.json cannot be edited safely; add .*tasks.build.inputs: \["\$TURBO_DEFAULT\$","..\/..\/aliases.json"/,
    );
  });

  it("writes them for Nx, also into the named inputs by which services are cached", async () => {
    const nx = {
      namedInputs: { default: ["{projectRoot}/**/*", "sharedGlobals"], production: ["default"], sharedGlobals: [] },
    };
    const repository = createProject({
      "package.json": '{ "name": "acme", "private": true, "workspaces": ["services/bot/packages/*"] }',
      "nx.json": JSON.stringify(nx),
    });
    await init(repository, "services/bot");
    const own = INPUTS.map((file) => `{workspaceRoot}/services/bot/${file}`);
    expect(settings(repository, "services/bot/packages/prompts", "package.json")["nx"]).toEqual({
      namedInputs: { default: ["{projectRoot}/**/*", "sharedGlobals", ...own] },
      targets: {
        build: { cache: true, inputs: ["default", "^default"], outputs: ["{projectRoot}/dist"] },
      },
    });
    expect(existsSync(path.join(repository.dir, "services/bot/packages/prompts/turbo.json"))).toBe(false);
    expect(await init(repository, "services/bot")).toContain("nothing to change");
  });

  it("writes them for Nx into project.json where there is one", async () => {
    const repository = createProject({
      ...workspace,
      "nx.json": "{}",
      "packages/prompts/project.json": '{ "name": "prompts" }',
    });
    await init(repository, ".");
    expect(settings(repository, "packages/prompts", "project.json")).toMatchObject({
      name: "prompts",
      targets: { build: { cache: true } },
    });
    expect(settings(repository, "packages/prompts", "package.json")["nx"]).toBeUndefined();
  });
});

describe("addToJson", () => {
  it.each<[text: string, path: string[], value: unknown, result: string | undefined]>([
    ['{ "a": 1 }', ["a"], 2, '{ "a": 1 }'],
    ['{ "a": [1] }', ["a"], [1, 2], '{ "a": [1, 2] }'],
    ['{ "a": 1 }', ["a"], [1], undefined],
    ['{ "a": 1 }', ["a", "b"], 1, undefined],
    ["[]", ["a"], 1, undefined],
    ["{", ["a"], 1, undefined],
  ])("%s %j", (text, at, value, result) => {
    expect(addToJson(text, [{ path: at, value }])).toBe(result);
  });
});

describe("above the projects of a repository", () => {
  const create = () =>
    createProject({
      "package.json": '{ "devDependencies": { "cuecard": "*" } }',
      "services/bot/cuecard.config.json": '{ "tagPrefix": "bot/" }',
      "services/bot/prompts/greet.md": "Hi\n",
      "services/shop/package.json": '{ "cuecard": {} }',
      // Of another tool, with a folder that git ignores.
      "docs/aliases.json": "{}",
      "docs/prompts/page.md": "Generated\n",
      ".gitignore": "/docs/prompts/\n",
    });

  it("list names the projects", async () => {
    const { dir } = create();
    const { code, stdout, stderr } = await runCommand(["list"], { cwd: dir });
    expect(code).toBe(0);
    expect(stdout.split("\n").map((line) => line.trimEnd().replaceAll(/ {2,}/g, " "))).toEqual([
      "PROJECT PROMPTS TAGS",
      "services/bot 1 bot/<name>@v1",
      "services/shop 0 <name>@v1",
      "",
    ]);
    expect(stderr).toContain("--cwd");
    expect(JSON.parse((await runCommand(["list", "--json"], { cwd: path.join(dir, "services") })).stdout)).toEqual({
      prompts: [],
      projects: [
        { folder: "bot", prompts: 1, tagPrefix: "bot/" },
        { folder: "shop", prompts: 0, tagPrefix: "" },
      ],
    });
  });

  it("other commands say where to go", async () => {
    const { dir } = create();
    for (const command of ["check", "build", "build --watch", "release", "lock", "dev"]) {
      const { code, stderr } = await runCommand(command.split(" "), { cwd: dir });
      expect([command, code]).toEqual([command, 1]);
      expect(stderr.replaceAll(/\s+/g, " ")).toContain("there are projects in services/bot, services/shop");
      expect(stderr).toContain("cuecard --cwd services/bot");
    }
    expect(await runCommand(["--cwd", "services/bot", "list"], { cwd: dir })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("greet"),
    });
  });
});
