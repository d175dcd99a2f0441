// Projects that share a repository: with a tag prefix, each has its own versions; without one, the tags of another
// project never become versions.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createProject, createProjectFolder, type TestRepository } from "@cuecard/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type CommandResult, runCommand } from "./run-command.js";

vi.setConfig({ testTimeout: 60_000 });

afterEach(() => {
  vi.unstubAllEnvs();
});

const GIT = ["native", "isomorphic"] as const;

interface Service {
  readonly dir: string;
  run(...args: readonly string[]): Promise<CommandResult>;
  json(...args: readonly string[]): Promise<unknown>;
  codes(...args: readonly string[]): Promise<string[]>;
  lock(): string;
}

function service(repository: TestRepository, folder: string): Service {
  const dir = path.join(repository.dir, folder);
  const run = (...args: readonly string[]) => runCommand(args, { cwd: dir });
  const json = async (...args: readonly string[]) => JSON.parse((await run(...args, "--json")).stdout) as unknown;
  return {
    dir,
    run,
    json,
    async codes(...args) {
      const { diagnostics } = (await json(...args)) as { diagnostics: { code: string; severity: string }[] };
      return diagnostics.filter(({ severity }) => severity !== "info").map(({ code }) => code);
    },
    lock: () => readFileSync(path.join(dir, "prompts.lock"), "utf8").replaceAll(/ [0-9a-f]{40} \S+/g, ""),
  };
}

const config = (settings: object) => JSON.stringify(settings);

/** Two services with the same prompt. */
function twoServices(bot: object = {}, shop: object = {}) {
  const repository = createProject({
    "services/bot/cuecard.config.json": config(bot),
    "services/bot/prompts/greet.md": "Bot greets {{name}}\n",
    "services/bot/packages/prompts/package.json": '{ "type": "module" }',
  });
  repository.commit("Bot");
  const addShop = (settings: object = shop) => {
    repository.write({
      "services/shop/cuecard.config.json": config(settings),
      "services/shop/prompts/greet.md": "Shop greets {{name}}\n",
      "services/shop/packages/prompts/package.json": '{ "type": "module" }',
    });
    repository.commit("Shop");
    return service(repository, "services/shop");
  };
  return { repository, bot: service(repository, "services/bot"), addShop };
}

const tagsOf = ({ git }: TestRepository) => git("tag", "--list").split("\n");

describe.each(GIT)("tagPrefix with %s git", (choice) => {
  it("gives each project its own versions", async () => {
    vi.stubEnv("CUECARD_GIT", choice);
    const { repository, bot, addShop } = twoServices({ tagPrefix: "bot/" });
    expect((await bot.run("release")).stdout).toContain("bot/greet@v1");
    const shop = addShop({ tagPrefix: "shop/" });
    expect((await shop.run("release")).code).toBe(0);
    repository.write({ "services/shop/prompts/greet.md": "Shop greets {{name}} again\n" });
    repository.commit("Shop again");
    expect((await shop.run("release")).code).toBe(0);
    expect(tagsOf(repository)).toEqual(["bot/greet@v1", "shop/greet@v1", "shop/greet@v2"]);
    expect(bot.lock()).toBe('greet@v1 "Bot"\n');
    expect(shop.lock()).toBe('greet@v1 "Shop"\ngreet@v2 "Shop again"\n');
    expect(await bot.json("list")).toMatchObject({ prompts: [{ name: "greet", latest: 1 }] });
    expect(await shop.json("list")).toMatchObject({ prompts: [{ name: "greet", latest: 2 }] });
    expect((await bot.run("history", "greet")).stdout).not.toContain("Shop");
    expect((await shop.run("history", "greet")).stdout).toMatch(/greet@v2[\s\S]*Shop again[\s\S]*greet@v1[\s\S]*Shop/);
    expect((await shop.run("diff", "greet@v1..v2")).stdout).toContain("Shop greets {{name}}");
    expect((await shop.run("blame", "greet")).stdout).toContain("v2");
    expect((await shop.run("alias", "set", "greet", "production", "v1")).code).toBe(0);
    expect((await shop.run("retire", "greet@v2", "--reason", "Wrong", "--yes")).code).toBe(0);
    expect(shop.lock()).toContain('greet@v2 "Shop again" retired "Wrong"');
    expect(await bot.codes("check")).toEqual([]);
    expect((await shop.run("build")).code).toBe(0);
    const manifest = readFileSync(path.join(shop.dir, "packages/prompts/dist/manifest.json"), "utf8");
    expect(manifest).toContain('"latest":"v1"');
    expect(manifest).not.toContain("shop/greet");
  });
});

describe("tagPrefix", () => {
  it("releases beside the tags of others on a remote, and reports full tags", async () => {
    const { repository, bot, addShop } = twoServices({ tagPrefix: "bot/" });
    const remote = path.join(createProjectFolder(), "remote.git");
    execFileSync("git", ["clone", "--quiet", "--bare", repository.dir, remote]);
    repository.git("remote", "add", "origin", remote);
    const shop = addShop({ tagPrefix: "shop/" });
    expect(await bot.run("release", "--push")).toMatchObject({ code: 0 });
    const plan = (await shop.json("release", "--push", "--dry-run")) as { plan: { releases: { tag: string }[] } };
    expect(plan.plan.releases.map(({ tag }) => tag)).toEqual(["shop/greet@v1"]);
    expect((await shop.run("release", "--push")).stdout).toContain("shop/greet@v1");
    expect(execFileSync("git", ["-C", remote, "tag", "--list"], { encoding: "utf8" })).toBe(
      "bot/greet@v1\nshop/greet@v1\n",
    );
    // A second clone released the same number.
    repository.git("tag", "-d", "shop/greet@v1");
    repository.write({ "services/shop/prompts/greet.md": "Other\n" });
    repository.commit("Other");
    repository.tag("shop/greet@v1", "Ours");
    writeFileSync(path.join(shop.dir, "prompts.lock"), "");
    const raced = (await shop.json("release", "--push", "--dry-run")) as { diagnostics: { message: string }[] };
    expect(raced.diagnostics.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^shop\/greet@v1 is [0-9a-f]{12} in this clone, but [0-9a-f]{12} on origin$/),
    ]);
  });

  it("registers under the prefix", async () => {
    const { repository, bot } = twoServices({ tagPrefix: "bot/" });
    const { code, stdout, stderr } = await runCommand(["register", "hello", "--from", "-"], {
      cwd: bot.dir,
      stdin: "Hello {{name}}\n",
    });
    expect([code, stdout, stderr]).toEqual([0, expect.stringContaining("hello@v1"), expect.anything()]);
    expect(tagsOf(repository)).toEqual(["bot/hello@v1"]);
  });

  it("reports a moved tag by its full name", async () => {
    const { repository, bot } = twoServices({ tagPrefix: "bot/" });
    await bot.run("release");
    repository.commit("Later");
    repository.tag("bot/greet@v1", "First", { force: true });
    const { stdout } = await bot.run("check");
    expect(stdout).toContain("the tag bot/greet@v1 was moved");
    expect(stdout).toContain("git fetch origin +refs/tags/bot/greet@v1:refs/tags/bot/greet@v1");
  });

  it("verifies signatures, also of versions that were released before the prefix was set", async () => {
    const { repository, bot } = twoServices();
    const keys = createProjectFolder();
    const key = path.join(keys, "ada");
    mkdirSync(keys, { recursive: true });
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "ada", "-f", key]);
    const signers = path.join(keys, "signers");
    writeFileSync(signers, `ada@example.com ${readFileSync(`${key}.pub`, "utf8")}`);
    repository.git("config", "gpg.format", "ssh");
    repository.git("config", "user.signingKey", key);
    expect(await bot.run("release", "--sign")).toMatchObject({ code: 0 });
    repository.write({
      "services/bot/cuecard.config.json": config({ tagPrefix: "bot/" }),
      "services/bot/prompts/greet.md": "Bot greets {{name}} again\n",
    });
    repository.commit("Again");
    await bot.run("release", "--sign");
    expect(tagsOf(repository)).toEqual(["bot/greet@v2", "greet@v1"]);
    expect(bot.lock()).toBe('greet@v1 "Bot"\ngreet@v2 "Again"\n');
    expect(await bot.codes("check", "--require-signed", "--allowed-signers", signers)).toEqual([]);
    expect((await bot.run("history", "greet")).stdout).toMatch(/greet@v2[\s\S]*greet@v1/);
    repository.git("tag", "-d", "bot/greet@v2");
    expect(await bot.codes("check", "--require-signed", "--allowed-signers", signers)).toEqual(["tag/not-here"]);
  });

  it.each([
    ["bot", 'it does not end in "/"'],
    ["/", "it is empty"],
    ["../", 'the segment ".."'],
    ["a//", "it has an empty path segment"],
    ["a..b/", 'contains ".."'],
    ["a.lock/", 'ends in ".lock"'],
    ["a b/", 'the segment "a b"'],
    [1, "it is not a string"],
  ])("refuses %j", async (tagPrefix, problem) => {
    const { bot } = twoServices({ tagPrefix });
    const { code, stdout } = await bot.run("check");
    expect([code, stdout]).toEqual([1, expect.stringContaining('"tagPrefix" must be a prefix for git tags')]);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(problem);
  });

  it("takes a nested prompt for what its tag's commit holds", async () => {
    const { repository, bot } = twoServices({ tagPrefix: "bot/" });
    repository.write({ "cuecard.config.json": "{}", "prompts/hello.md": "Hello\n" });
    repository.commit("Top");
    await bot.run("release");
    const top = service(repository, ".");
    await top.run("release");
    expect(await top.json("list")).toMatchObject({ prompts: [{ name: "hello" }] });
    expect(await top.codes("check")).toEqual([]);
    repository.write({ "prompts/bot/other.md": "Other\n" });
    repository.commit("Nested");
    expect((await top.run("release")).stdout).toContain("bot/other@v1");
    expect((await bot.json("list")) as object).toMatchObject({ prompts: [{ name: "greet", latest: 1 }] });
    expect(await bot.codes("check")).toEqual([]);
    expect(top.lock()).toBe('bot/other@v1 "Nested"\nhello@v1 "Top"\n');
    // A prompt whose tags the other project would take for its own.
    repository.write({ "prompts/bot/greet.md": "Top greets\n" });
    repository.commit("Clash");
    expect(await top.codes("check")).toEqual(["config/shared-tags"]);
    expect(await bot.codes("check")).toEqual(["config/shared-tags"]);
  });

  it("reports prefixes that differ only in case", async () => {
    const { bot, addShop } = twoServices({ tagPrefix: "a/" });
    const shop = addShop({ tagPrefix: "A/" });
    expect(await bot.codes("check")).toEqual(["config/shared-tags", "config/tag-prefix-case"]);
    expect(await shop.codes("check")).toEqual(["config/shared-tags", "config/tag-prefix-case"]);
  });
});

it("reports usages of a project's own package and finds projects through a symbolic link", async () => {
  const { repository, bot, addShop } = twoServices();
  const shop = addShop();
  for (const name of ["bot", "shop"])
    repository.write({
      [`services/${name}/packages/prompts/package.json`]: `{ "name": "@acme/${name}-prompts", "type": "module" }`,
      [`services/${name}/src/main.ts`]: `import { load } from "@acme/${name}-prompts";\nload("greet", "latest");\n`,
    });
  for (const one of [bot, shop]) {
    const { usages } = (await one.json("usages")) as { usages: { file: string }[] };
    expect(usages.map(({ file }) => file)).toEqual(["src/main.ts"]);
  }
  const link = path.join(createProjectFolder(), "link");
  symlinkSync(repository.dir, link);
  const linked = await runCommand(["check", "--json"], { cwd: path.join(link, "services/bot") });
  expect(linked.stdout.match(/config\/shared-tags/g)).toHaveLength(1);
  expect((await runCommand(["list"], { cwd: link })).stdout).toContain("services/bot");
});

describe("without a prefix", () => {
  it("never takes the tag of another project for a version, and refuses to release where its number is taken", async () => {
    const { repository, bot, addShop } = twoServices();
    await bot.run("release");
    repository.write({ "services/bot/prompts/greet.md": "Bot greets {{name}} again\n" });
    repository.commit("Bot again");
    await bot.run("release");
    const shop = addShop();
    const { code, stdout } = await shop.run("check");
    expect(code).toBe(0);
    expect(stdout.match(/"tagPrefix": "shop\/"/g)).toHaveLength(1);
    expect(stdout).not.toContain("git tag -d");
    expect(await shop.codes("check")).toEqual(["config/shared-tags"]);
    expect(await shop.json("list")).toMatchObject({ prompts: [{ name: "greet" }] });
    await shop.run("lock");
    expect((await shop.run("history", "greet")).stdout).not.toContain("Bot");
    const release = await shop.run("release");
    expect(release.code).toBe(1);
    expect(`${release.stdout}${release.stderr}`.replaceAll(/\s+/g, " ")).toContain(
      "the tag greet@v1 exists already, and its commit does not contain prompts/greet.md but a prompt in services/bot/prompts",
    );
    expect(tagsOf(repository)).toEqual(["greet@v1", "greet@v2"]);
    // The frozen lock of the other project lacks nothing.
    const frozen = await runCommand(["check"], { cwd: shop.dir, env: { CI: "true" } });
    expect(frozen.stdout).not.toContain("greet@v1");
  });

  it("refuses a release that would be a version of both", async () => {
    const { repository, bot, addShop } = twoServices();
    const shop = addShop();
    const release = await bot.run("release");
    expect(release.code).toBe(1);
    expect(`${release.stdout}${release.stderr}`).toContain("release/shared-tag");
    repository.write({ "services/shop/cuecard.config.json": config({ tagPrefix: "shop/" }) });
    expect((await bot.run("release")).code).toBe(0);
    expect((await shop.run("release")).code).toBe(0);
    expect(tagsOf(repository)).toEqual(["greet@v1", "shop/greet@v1"]);
  });

  it("goes on counting versions of prompts that were retired, deleted, or moved with their project", async () => {
    const repository = createProject({
      "old/cuecard.config.json": "{}",
      "old/prompts/greet.md": "One\n",
      "old/prompts/bye.md": "Bye\n",
    });
    repository.commit("One");
    const old = service(repository, "old");
    await old.run("release");
    await old.run("retire", "greet@v1", "--reason", "Wrong", "--yes");
    repository.remove("old/prompts/bye.md");
    repository.commit("Delete bye");
    expect(await old.json("list")).toMatchObject({
      prompts: [{ name: "bye", latest: 1, deleted: true }, { name: "greet" }],
    });
    repository.write({ "old/prompts/bye.md": "Bye again\n", "old/prompts/greet.md": "Two\n" });
    repository.commit("Two");
    expect((await old.run("release", "--dry-run")).stdout).toMatch(/bye@v2[\s\S]*greet@v2/);
    repository.git("rm", "-q", "--cached", "old/prompts.lock", "--ignore-unmatch");
    repository.remove("old/prompts.lock");
    repository.git("mv", "old", "new");
    repository.commit("Move");
    const moved = service(repository, "new");
    expect((await moved.run("release", "--dry-run")).stdout).toMatch(/bye@v2[\s\S]*greet@v2/);
  });

  it("says that a tag is no version where no project has its prompt", async () => {
    const { repository, bot } = twoServices();
    repository.tag("hello@v1").tag("gret@v1");
    expect(await bot.codes("check")).toEqual(["tag/prompt-missing", "tag/prompt-missing"]);
    expect((await bot.run("check")).stdout).not.toContain("git tag -d");
    repository.write({ "services/bot/prompts/hello.md": "Hello\n" });
    repository.commit("Hello");
    expect((await bot.run("release", "hello")).stdout).toContain("hello@v2");
  });
});
