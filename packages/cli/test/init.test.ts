import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { defaultConfig } from "@cuecard/project";
import { createProject, createProjectFolder } from "@cuecard/testing";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it, vi } from "vitest";
import { parse as parseYaml } from "yaml";
import { describeNext } from "../src/init/describe-next.js";
import { coversWorkspace, editManifest, editPnpmWorkspace } from "../src/init/edit-workspace.js";
import { readFacts } from "../src/init/facts.js";
import { defaultPackageName } from "../src/init/package-name.js";
import { planInit } from "../src/init/plan-init.js";
import { plain } from "../src/terminal/paint.js";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ownAction = fileURLToPath(new URL("../../action", import.meta.url));
const filesOf = (folder: string) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
/** Those of the action that checks pull requests. */
const checkFiles = filesOf(ownAction);
const read = (dir: string, file: string) => readFileSync(path.join(dir, file), "utf8");

/** Every file with its text and time, git's own aside. */
function contents(dir: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (!entry.isFile() || /[/\\](?:\.git|node_modules)[/\\]/.test(file)) continue;
    files.set(path.relative(dir, file), `${statSync(file).mtimeMs} ${readFileSync(file, "utf8")}`);
  }
  return files;
}

describe("init", () => {
  it("sets up an empty directory so that check and build succeed", async () => {
    const dir = path.join(createProjectFolder(), "shop");
    mkdirSync(dir);
    const { code, stdout } = await runCommand(["init"], { cwd: dir });
    expect(code).toBe(0);
    expect(existsSync(path.join(dir, ".git"))).toBe(true);
    expect([...contents(dir).keys()].sort()).toEqual([
      ".agents/skills/cuecard/SKILL.md",
      ".gitattributes",
      ".github/actions/cuecard/action.yml",
      ".github/actions/cuecard/check.sh",
      ".github/actions/cuecard/comment.mjs",
      ".github/actions/cuecard/credentials.sh",
      ".github/actions/cuecard/fetch-versions.sh",
      ".github/actions/cuecard/find-cuecard.sh",
      ".github/actions/cuecard/pinned-version.mjs",
      ".github/actions/cuecard/request.mjs",
      ".github/actions/cuecard/review.sh",
      ".github/workflows/prompts.yml",
      ".gitignore",
      "aliases.json",
      "cuecard.config.json",
      "package.json",
      "packages/prompts/lifecycle.mjs",
      "packages/prompts/package.json",
      "prompts/greet.md",
    ]);
    expect(stdout).toMatch(
      /Next:\n {2}npm install .*\n {2}npx cuecard build .*\n {2}npx cuecard render greet --var name=Ada/,
    );
    expect(JSON.parse(read(dir, "packages/prompts/package.json")).name).toBe("@shop/prompts");
    expect(await runCommand(["check"], { cwd: dir })).toMatchObject({ code: 0, stderr: "" });
    expect(await runCommand(["build"], { cwd: dir })).toMatchObject({ code: 0, stderr: "" });
    const rendered = await runCommand(["render", "greet", "--var", "name=Ada"], { cwd: dir });
    expect(rendered.stdout).toContain("Greet Ada in one warm");
    execFileSync("git", ["add", "-A"], { cwd: dir });
    expect(execFileSync("git", ["ls-files"], { cwd: dir, encoding: "utf8" })).not.toContain("dist/");
  });

  it("keeps a script that has the name of its own, and reports that it does not build", async () => {
    const { dir } = createProject({ "package.json": '{ "scripts": { "prompts:build": "echo mine" } }' });
    const { stdout } = await runCommand(["init", "--yes"], { cwd: dir });
    expect(stdout.replace(/\s+/g, " ")).toContain("keeps the script prompts:build, which does not run cuecard");
    expect(JSON.parse(read(dir, "package.json")).scripts["prompts:build"]).toBe("echo mine");
  });

  it("changes nothing the second time", async () => {
    const dir = path.join(createProjectFolder(), "shop");
    mkdirSync(dir);
    await runCommand(["init"], { cwd: dir });
    const before = contents(dir);
    const { code, stdout } = await runCommand(["init", "--yes"], { cwd: dir });
    expect(stdout).toContain("Cuecard is already set up here; nothing to change.");
    expect(stdout).toContain("keep    aliases.json");
    expect(code).toBe(0);
    expect(contents(dir)).toEqual(before);
  });

  it("writes nothing with --dry-run, not even a repository", async () => {
    const dir = path.join(createProjectFolder(), "shop");
    mkdirSync(dir);
    const { stdout } = await runCommand(["init", "--dry-run"], { cwd: dir });
    expect(stdout).toContain("create  prompts/greet.md");
    expect(readdirSync(dir)).toEqual([]);
  });

  it("adds itself to an npm repository, and keeps the formatting of package.json", async () => {
    const manifest =
      '{\n\t"name": "@acme/shop",\n\t"files": ["a", "b"],\n\t"scripts": {\n\t\t"test": "vitest"\n\t}\n}\n';
    const { dir } = createProject({
      "package.json": manifest,
      "package-lock.json": "{}",
      "prompts/own.md": "Hi {{x}}",
    });
    const { stdout } = await runCommand(["init", "--yes"], { cwd: dir });
    expect(read(dir, "package.json")).toBe(
      '{\n\t"name": "@acme/shop",\n\t"files": ["a", "b"],\n\t"scripts": {\n\t\t"test": "vitest",\n\t\t"prompts:build": "cuecard build",\n\t\t"prompts:check": "cuecard check"\n\t},\n\t"dependencies": {\n\t\t"@acme/prompts": "*"\n\t},\n\t"devDependencies": {\n\t\t"cuecard": "^0.1.0"\n\t},\n\t"workspaces": [\n\t\t"packages/prompts"\n\t]\n}\n',
    );
    expect(JSON.parse(read(dir, "packages/prompts/package.json")).name).toBe("@acme/prompts");
    expect(existsSync(path.join(dir, "prompts/greet.md"))).toBe(false);
    expect(JSON.parse(read(dir, "aliases.json"))).toEqual({ $schema: expect.any(String) });
    expect(read(dir, ".gitignore")).toBe("node_modules/\ndist*/\n/packages/prompts/dist*/\n");
    expect(read(dir, ".gitattributes")).toBe("prompts.lock merge=union\n*.scores.jsonl merge=union\n");
    expect(stdout).toContain("npx cuecard list");
  });

  it.each([
    ["* text=auto", "* text=auto\nprompts.lock merge=union\n*.scores.jsonl merge=union\n"],
    ["prompts.lock -text\n", "prompts.lock -text\n*.scores.jsonl merge=union\n"],
  ])("adds to .gitattributes what is not said there: %j", async (text, expected) => {
    const { dir } = createProject({ ".gitattributes": text });
    await runCommand(["init", "--yes"], { cwd: dir });
    expect(read(dir, ".gitattributes")).toBe(expected);
  });

  it("adds itself to a pnpm workspace whose patterns match the package", async () => {
    const workspace = "# ours\npackages:\n  - 'packages/*'   # all\n";
    const { dir } = createProject({ "package.json": '{ "name": "shop" }', "pnpm-workspace.yaml": workspace });
    const { stdout } = await runCommand(["init", "--yes"], { cwd: dir });
    expect(read(dir, "pnpm-workspace.yaml")).toBe(workspace);
    const manifest = JSON.parse(read(dir, "package.json"));
    expect(manifest).not.toHaveProperty("workspaces");
    expect(manifest.dependencies).toEqual({ "@shop/prompts": "workspace:*" });
    expect(stdout).toContain("pnpm cuecard build");
  });

  it("turns a single-package pnpm repository into a workspace that can import its prompts", async () => {
    const { dir } = createProject({ "package.json": '{ "name": "shop" }', "pnpm-lock.yaml": "" });
    await runCommand(["init", "--yes"], { cwd: dir });
    expect(parseYaml(read(dir, "pnpm-workspace.yaml"))).toEqual({ packages: ["packages/prompts"] });
    expect(JSON.parse(read(dir, "package.json")).dependencies).toEqual({ "@shop/prompts": "workspace:*" });
  });

  it("sets up a subfolder of a repository", async () => {
    const repository = createProject({
      "package.json": '{ "workspaces": ["apps/*"] }',
      "apps/bot/package.json": "{}",
    });
    const cwd = path.join(repository.dir, "apps/bot");
    await runCommand(["init", "--yes"], { cwd });
    expect(JSON.parse(read(repository.dir, "package.json")).workspaces).toEqual([
      "apps/*",
      "apps/bot/packages/prompts",
    ]);
    const workflow = parseYaml(read(repository.dir, ".github/workflows/prompts.yml"));
    expect(workflow.on).toBe("pull_request");
    expect(workflow.jobs.check.steps.at(-1)).toEqual({
      uses: "./.github/actions/cuecard",
      with: { "working-directory": "apps/bot" },
    });
    expect(readdirSync(path.join(repository.dir, ".github/actions/cuecard"))).toEqual(checkFiles);
    expect(readdirSync(cwd)).not.toContain(".github");
  });

  it.each([
    ["npm", { "package-lock.json": "{}" }, "npm install @shop/prompts"],
    ["pnpm", { "pnpm-lock.yaml": "" }, "pnpm add @shop/prompts --workspace"],
    ["yarn", { "yarn.lock": "__metadata:\n" }, 'yarn add "@shop/prompts@workspace:*"'],
    ["yarn", { "yarn.lock": "# yarn lockfile v1\n" }, 'add "@shop/prompts": "*" to its dependencies'],
    ["bun", { "bun.lock": "{}" }, 'bun add "@shop/prompts@workspace:*"'],
  ])("prints for a workspace of %s %j which command adds the package to its services", async (name, lock, command) => {
    const { dir } = createProject({
      ...lock,
      "package.json": '{ "name": "shop", "workspaces": ["services/*"] }',
      ...(name === "pnpm" ? { "pnpm-workspace.yaml": "packages:\n  - services/*\n" } : {}),
      "services/api/package.json": '{ "name": "@shop/api" }',
      "services/web/package.json": '{ "name": "@shop/web", "dependencies": { "@shop/prompts": "*" } }',
    });
    const { stdout } = await runCommand(["init", "--yes"], { cwd: dir });
    expect(stdout).toContain(`Next:\n  ${name} install`);
    expect(stdout).toContain(`In each package that imports the prompts (services/api): ${command}\n`);
    expect(JSON.parse(read(dir, "package.json"))).not.toHaveProperty("dependencies");
  });

  it.each([
    ['{ "packageManager": "yarn@4.18.1" }', {}, true],
    ['{ "packageManager": "yarn@4.18.1" }', { ".yarnrc.yml": "nodeLinker: node-modules\n" }, false],
    ['{ "packageManager": "yarn@4.18.1" }', { "node_modules/.yarn-state.yml": "" }, false],
    ['{ "packageManager": "yarn@1.22.22" }', {}, false],
    ["{}", { "yarn.lock": "__metadata:\n" }, true],
    ["{}", { "yarn.lock": "# yarn lockfile v1\n" }, false],
  ])("leaves out $schema and explains why only with Plug'n'Play: %s %j", async (manifest, files, isPnp) => {
    const { dir } = createProject({ ...files, "package.json": manifest });
    const { stdout } = await runCommand(["init", "--yes"], { cwd: dir });
    expect(stdout.includes("Plug'n'Play")).toBe(isPnp);
    for (const file of ["aliases.json", "cuecard.config.json"])
      expect(Object.hasOwn(JSON.parse(read(dir, file)), "$schema")).toBe(!isPnp);
  });

  it("adds the package to the services that were chosen", async () => {
    const { dir } = createProject({
      "package.json": '{ "name": "shop" }',
      "pnpm-workspace.yaml": "packages:\n  - services/*\n",
      "services/api/package.json": '{ "name": "@shop/api" }',
      "services/web/package.json": '{ "name": "@shop/web" }',
    });
    const facts = await readFacts(dir, defaultConfig);
    const choices = {
      packageName: "@shop/texts",
      workflow: false,
      releases: false,
      pages: false,
      skill: false,
      services: ["services/web"],
      tagPrefix: "",
    };
    const changed = planInit(facts, choices).steps.find(({ file }) => file === "services/web/package.json");
    expect(changed).toMatchObject({ kind: "change", about: "dependency @shop/texts" });
    const next = describeNext(facts, choices, { paint: plain, columns: 100 });
    expect(next).toContain("(services/api): pnpm add @shop/texts --workspace");
  });

  it("adds what an older version did not write to the generated package, and keeps its own scripts", async () => {
    const { dir } = createProject({
      "package.json": '{ "name": "shop", "devDependencies": { "cuecard": "^0.0.9" } }',
      "packages/prompts/package.json": '{ "name": "@hub/texts", "scripts": { "build": "make" } }',
    });
    await runCommand(["init", "--yes"], { cwd: dir });
    const generated = JSON.parse(read(dir, "packages/prompts/package.json"));
    expect(Object.keys(generated.scripts)).toEqual(["build", "prepare", "prepack"]);
    expect(generated.scripts.build).toBe("make");
    expect(generated.devDependencies).toEqual({ cuecard: "^0.0.9" });
    expect(JSON.parse(read(dir, "package.json")).dependencies).toEqual({ "@hub/texts": "*" });
  });

  it("adds the entry points for `require` to a generated package of an older version, and to no other", async () => {
    const { dir } = createProject({ "package.json": '{ "name": "@acme/shop" }' });
    const file = "packages/prompts/package.json";
    await runCommand(["init", "--yes"], { cwd: dir });
    const text = read(dir, file);
    const { main, types, typesVersions, exports: entries, ...manifest } = JSON.parse(text);
    const plain = (name: string) => ({ types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` });
    const older = { ".": plain("index"), "./manifest.json": "./dist/manifest.json", "./*": plain("prompts/*") };
    writeFileSync(path.join(dir, file), JSON.stringify({ ...manifest, exports: older }, null, 4));
    expect((await runCommand(["init", "--yes"], { cwd: dir })).stdout).toContain(`${file}  entry points`);
    expect(JSON.parse(read(dir, file))).toEqual({ ...manifest, main, types, typesVersions, exports: entries });
    expect(Object.keys(JSON.parse(read(dir, file)).exports["."])).toEqual(["module-sync", "require", "default"]);
    // One that is older than `follow`.
    const { "./follow": _, ...others } = entries;
    const { follow: __, ...aliases } = typesVersions["*"];
    const before = { ...manifest, main, types, typesVersions: { "*": aliases }, exports: others };
    writeFileSync(path.join(dir, file), JSON.stringify(before));
    await runCommand(["init", "--yes"], { cwd: dir });
    expect(JSON.parse(read(dir, file))).toEqual({ ...manifest, main, types, typesVersions, exports: entries });
    for (const own of [{ ".": "./own.js" }, "./own.js", undefined]) {
      const edited = JSON.stringify({ ...manifest, exports: own });
      writeFileSync(path.join(dir, file), edited);
      await runCommand(["init", "--yes"], { cwd: dir });
      expect(read(dir, file)).toBe(edited);
    }
  });

  it("prints what to add to a workflow that does not check this folder yet", async () => {
    const workflow = ".github/workflows/prompts.yml";
    const repository = createProject({
      "package.json": '{ "workspaces": ["apps/*"] }',
      "apps/bot/package.json": "{}",
      [workflow]: "name: Prompts\n",
    });
    const cwd = path.join(repository.dir, "apps/bot");
    const { stdout } = await runCommand(["init", "--yes"], { cwd });
    expect(stdout).toContain(`edit    ../../${workflow}`);
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "does not check apps/bot yet: add a step that uses ./.github/actions/cuecard with working-directory: apps/bot",
    );
    expect(stdout).toContain("create  ../../.github/actions/cuecard/action.yml");
    repository.write({ [workflow]: 'paths: ["apps/shop/**"]\n' });
    const limited = await runCommand(["init", "--yes"], { cwd });
    expect(limited.stdout.replace(/\s+/g, " ")).toContain('add "apps/bot/**" to its paths, and a step');
    for (const text of [
      'paths: ["apps/bot/**"]\n',
      'working-directory: "apps/bot"\n',
      "working-directory: apps/bot\n",
    ]) {
      repository.write({ [workflow]: text });
      expect((await runCommand(["init", "--yes"], { cwd })).stdout).toContain(`keep    ../../${workflow}`);
    }
  });

  it("reports files that it could not edit, and continues", async () => {
    const { dir } = createProject({ "package.json": "{ broken" });
    const { code, stdout } = await runCommand(["init", "--yes"], { cwd: dir });
    expect(stdout).toContain("edit    package.json");
    expect(read(dir, "package.json")).toBe("{ broken");
    expect(existsSync(path.join(dir, "aliases.json"))).toBe(true);
    expect(code).toBe(0);
  });

  it("writes the action that this repository uses", async () => {
    const { dir } = createProject();
    await runCommand(["init", "--yes"], { cwd: dir });
    for (const file of checkFiles) expect(read(dir, `.github/actions/cuecard/${file}`)).toBe(read(ownAction, file));
  });

  it("keeps a changed action and reports it, and restores a deleted file", async () => {
    const { dir } = createProject();
    await runCommand(["init", "--yes"], { cwd: dir });
    const [changed, same, gone] = ["action.yml", "check.sh", "fetch-versions.sh"].map(
      (name) => `.github/actions/cuecard/${name}`,
    ) as [string, string, string];
    writeFileSync(path.join(dir, changed), "name: Ours\n");
    writeFileSync(path.join(dir, same), read(dir, same).replaceAll("\n", "\r\n"));
    rmSync(path.join(dir, gone));
    const { code, stdout } = await runCommand(["init", "--yes"], { cwd: dir });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /keep {4}\S+\/action\.yml\s+differs from the one in cuecard \d+\.\d+\.\d+; to get that one, delete it/,
    );
    expect(stdout).toMatch(/keep {4}\S+\/check\.sh\n/);
    expect(stdout).toMatch(/create {2}\S+\/fetch-versions\.sh/);
    expect(read(dir, changed)).toBe("name: Ours\n");
    expect(read(dir, gone)).toBe(read(ownAction, "fetch-versions.sh"));
  });

  it("does not write an action that no workflow uses", async () => {
    const { dir } = createProject({ ".github/workflows/prompts.yml": "name: Ours\n" });
    await runCommand(["init", "--yes"], { cwd: dir });
    expect(readdirSync(path.join(dir, ".github"))).toEqual(["workflows"]);
  });

  it("writes a workflow with minimal permissions, pinned actions and no expressions in scripts", async () => {
    const { dir } = createProject();
    await runCommand(["init", "--yes"], { cwd: dir });
    const text = read(dir, ".github/workflows/prompts.yml");
    // Without paths: GitHub waits for a required check that is skipped because of them.
    expect(parseYaml(text).on).toBe("pull_request");
    expect(parseYaml(text).permissions).toEqual({ contents: "read", "pull-requests": "write" });
    const own = readFileSync(path.join(ownAction, "../../.github/workflows/prompts.yml"), "utf8");
    expect(parseYaml(own).on).toBe("pull_request");
    const uses = (workflow: string) => [...workflow.matchAll(/uses: (.+)/g)].map(([, action]) => action);
    expect(uses(text)).toEqual([...uses(own).slice(0, -1), "./.github/actions/cuecard"]);
    for (const action of uses(text).slice(0, -1)) expect(action).toMatch(/@[0-9a-f]{40} # v\S+$/);
    for (const step of parseYaml(text).jobs.check.steps) expect(step).not.toHaveProperty("run");
    expect(text).not.toContain("fetch-depth");
  });

  it.each([
    ["git@github.com:acme/shop.git", "main"],
    ["https://github.example.com/acme/shop", "develop"],
  ])("writes the workflow that releases what was merged to %s", async (url, branch) => {
    const repository = createProject();
    repository.git("remote", "add", "origin", url);
    if (branch !== "main") repository.git("symbolic-ref", "refs/remotes/origin/HEAD", `refs/remotes/origin/${branch}`);
    const { stdout } = await runCommand(["init", "--yes"], { cwd: repository.dir });
    expect(stdout).toMatch(/release-prompts\.yml\s+releases what was merged, and prepares the pull request/);
    const text = read(repository.dir, ".github/workflows/release-prompts.yml");
    const workflow = parseYaml(text);
    expect(Object.keys(workflow.on)).toEqual(["push", "workflow_dispatch"]);
    expect(workflow.on.push.branches).toEqual([branch]);
    expect(workflow.permissions).toEqual({});
    expect(workflow.jobs.release.permissions).toEqual({ contents: "write", "pull-requests": "write" });
    expect(workflow.concurrency).toEqual({ group: "release-prompts" });
    const steps: { uses?: string; run?: string }[] = workflow.jobs.release.steps;
    expect(steps.at(-1)).toEqual({ uses: "./.github/actions/cuecard/release" });
    for (const { uses, run } of steps.slice(0, -1)) {
      expect(uses).toMatch(/@[0-9a-f]{40}$/);
      expect(run).toBeUndefined();
    }
    const action = path.join(repository.dir, ".github/actions/cuecard");
    expect(filesOf(path.join(action, "release"))).toEqual(filesOf(path.join(ownAction, "release")));
    expect(filesOf(action)).toEqual(checkFiles);
    expect(read(action, "release/run.sh")).toBe(read(ownAction, "release/run.sh"));
    expect((await runCommand(["init", "--yes"], { cwd: repository.dir })).stdout).toContain("nothing to change");
  });

  it.each([undefined, "https://gitlab.com/acme/github.git"])("does not write it for the remote %s", async (url) => {
    const repository = createProject();
    if (url !== undefined) repository.git("remote", "add", "origin", url);
    await runCommand(["init", "--yes"], { cwd: repository.dir });
    expect(readdirSync(path.join(repository.dir, ".github/workflows"))).toEqual(["prompts.yml"]);
    expect(existsSync(path.join(repository.dir, ".github/actions/cuecard/release"))).toBe(false);
  });

  it("writes files that match their schemas", async () => {
    const { dir } = createProject();
    await runCommand(["init", "--yes"], { cwd: dir });
    mkdirSync(path.join(dir, "node_modules/cuecard"), { recursive: true });
    for (const file of ["aliases.json", "cuecard.config.json"]) {
      const value = JSON.parse(read(dir, file));
      expect(value.$schema).toMatch(/^\.\/node_modules\/cuecard\/schemas\//);
      expect(schemaErrors(path.basename(value.$schema), value)).toEqual([]);
    }
    const matter = read(dir, "prompts/greet.md").split("---\n")[1] ?? "";
    expect(schemaErrors("front-matter.schema.json", parseYaml(matter))).toEqual([]);
  });
});

function schemaErrors(file: string, value: unknown): unknown[] {
  const schema = JSON.parse(readFileSync(new URL(`../schemas/${file}`, import.meta.url), "utf8"));
  const validate = new Ajv2020({ strict: false }).compile(schema);
  validate(value);
  return validate.errors ?? [];
}

describe("editing package.json", () => {
  const nothing = { scripts: {}, devDependencies: {}, dependencies: {}, workspace: undefined };
  it.each([
    ["{}", { ...nothing, workspace: "packages/prompts" }, '{\n  "workspaces": [\n    "packages/prompts"\n  ]\n}'],
    ['{"workspaces":["a"]}', { ...nothing, workspace: "b" }, '{"workspaces":["a", "b"]}'],
    ['{"workspaces":{"packages":["a"]}}', { ...nothing, workspace: "b" }, '{"workspaces":{"packages":["a", "b"]}}'],
    ['{"workspaces":["*"]}', { ...nothing, workspace: "b" }, '{"workspaces":["*"]}'],
    [
      '{"dependencies":{"cuecard":"1"}}',
      { ...nothing, devDependencies: { cuecard: "2" } },
      '{"dependencies":{"cuecard":"1"}}',
    ],
    ['{"scripts":{"x":"mine"}}', { ...nothing, scripts: { x: "ours" } }, '{"scripts":{"x":"mine"}}'],
    ["[]", nothing, "[]"],
  ])("%s", (text, additions, expected) => {
    expect(JSON.parse(editManifest(text, additions)?.text ?? "null")).toEqual(JSON.parse(expected));
  });

  it.each([
    [["packages/*"], "packages/prompts", true],
    [["packages/**"], "packages/a/b", true],
    [["./packages/*/"], "packages/prompts", true],
    [["packages/*"], "packages/a/b", false],
    [["**"], "packages/prompts", true],
    [["packages/*", "!packages/prompts"], "packages/prompts", false],
    [["packages/p.ompts"], "packages/prompts", false],
  ])("%j takes in %s: %s", (patterns, folder, expected) => {
    expect(coversWorkspace(patterns, folder)).toBe(expected);
  });
});

describe("editing pnpm-workspace.yaml", () => {
  it.each([
    ["", "packages:\n  - b\n"],
    ["packages:\n  - a\n", "packages:\n  - a\n  - b\n"],
    ["packages:\n- a # one\n# more\ncatalog: {}\n", "packages:\n- a # one\n- b\n# more\ncatalog: {}\n"],
    ["packages:\r\n  - a\r\n", "packages:\r\n  - a\r\n  - b\r\n"],
    ["packages:\n  - a", "packages:\n  - a\n  - b\n"],
    ["catalog: {}\n", "catalog: {}\npackages:\n  - b\n"],
    ["packages: ['*']\n", "packages: ['*']\n"],
    ["packages: [a]\n", undefined],
    ["packages: a\n", undefined],
    ["packages: [\n", undefined],
  ])("%j", (text, expected) => {
    expect(editPnpmWorkspace(text, "b")).toBe(expected);
  });
});

describe("the generated package's name", () => {
  it.each([
    ['{ "name": "@acme/shop" }', "x", "@acme/prompts"],
    ['{ "name": "shop" }', "x", "@shop/prompts"],
    [undefined, "My Shop", "@my-shop/prompts"],
    [undefined, "Über", "@uber/prompts"],
    [undefined, "prompts", "prompts"],
    [undefined, "…", "prompts"],
    ["{", "x", "@x/prompts"],
  ])("%s in %s", (manifest, folder, expected) => {
    expect(defaultPackageName(manifest, folder)).toBe(expected);
  });
});

it("never overwrites a file that is created while `init` waits for an answer", async () => {
  const { dir } = createProject();
  const { applyInit } = await import("../src/init/apply-init.js");
  writeFileSync(path.join(dir, "a"), "theirs");
  const steps = [{ kind: "create", file: "a", text: "ours", about: "" }] as const;
  await expect(applyInit(dir, { createsRepository: false, steps })).rejects.toThrow(
    "a was created while init was running",
  );
  expect(read(dir, "a")).toBe("theirs");
});
