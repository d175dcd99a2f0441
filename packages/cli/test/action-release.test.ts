// The release action, its steps run as a runner runs them, with a real bare remote and a local server that plays GitHub's API. Each test
// is a team: people push and merge, jobs run for commits of the default branch.

import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import {
  createFolder,
  createProject,
  createProjectFolder,
  prepared,
  runGit,
  type TestRepository,
} from "@cuecard/testing";
import { it, type TestContext, vi } from "vitest";
import { type GitHub, type PullRequest, startGitHub, TOKEN } from "./github-server.js";
import { actionDir, installCuecard, type Outcome, root, runActionBeside } from "./run-action.js";

// This file runs shell scripts that start the command: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

const releaseDir = path.join(actionDir, "release");
const CUECARD = `${process.execPath} ${path.join(root, "packages/cli/bin/cuecard.js")}`;
const BRANCH = "cuecard/promote";
const ALIASES = { greet: { production: "v1", staging: "latest" }, forecast: { production: "v1" } };
const asJson = (value: object) => `${JSON.stringify(value, null, 2)}\n`;

/** A repository of two prompts whose first versions are in production, and its remote. */
const released = prepared((): TestRepository => {
  const author = createProject({
    "package.json": "{}\n",
    "prompts/greet.md": "Hello {{name}}!\n",
    "prompts/forecast.md": "Forecast {{costs}}.\n",
    "aliases.json": asJson(ALIASES),
  });
  author.commit("Add prompts");
  for (const name of ["greet", "forecast"]) author.tag(`${name}@v1`, "First version");
  installCuecard(author.dir);
  execFileSync(path.join(author.dir, "node_modules/.bin/cuecard"), ["lock"], { cwd: author.dir, stdio: "pipe" });
  author.commit("Record the first versions");
  return author;
});

class Team {
  readonly remote: string = path.join(createFolder("remote"), "shop.git");
  readonly author: TestRepository = released();
  readonly github: GitHub;

  private constructor(github: GitHub) {
    this.github = github;
    execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", this.remote]);
    this.author.git("remote", "add", "origin", `file://${this.remote}`);
    this.author.git("push", "--quiet", "--tags", "origin", "main");
    github.headOf = (branch) => (this.has(branch) ? this.git("rev-parse", branch) : "");
  }

  /** Closes a pull request without merging it. */
  close(pull: PullRequest | undefined): void {
    if (pull !== undefined) Object.assign(pull, { state: "closed", sha: this.github.headOf(pull.head) });
  }

  static async create(test: TestContext): Promise<Team> {
    const github = await startGitHub();
    test.onTestFinished(() => github.close());
    return new Team(github);
  }

  /** The versions that each pull request promotes. */
  promoted(): string[] {
    return this.github.pulls.map(({ body }) => /"production":(\[.*?\])/.exec(body)?.[1] ?? "nothing");
  }

  /** A merged pull request: its commit, pushed to the default branch. */
  merge(files: Readonly<Record<string, string>>, message: string): string {
    this.author.git("pull", "--quiet", "--rebase", "origin", "main");
    this.author.write(files).commit(message);
    this.author.git("push", "--quiet", "origin", "main");
    return this.author.git("rev-parse", "HEAD");
  }

  /** Merges the branch of the pull request, as GitHub does. */
  mergePromotion(how: "merge" | "squash" | "rebase"): void {
    const { author } = this;
    author.git("fetch", "--quiet", "origin");
    author.git("reset", "--quiet", "--hard", "origin/main");
    if (how === "rebase") author.git("rebase", "--quiet", "--force-rebase", "origin/main", `origin/${BRANCH}`);
    const commit = author.git("rev-parse", "HEAD");
    if (how === "rebase") {
      author.git("checkout", "--quiet", "main");
      author.git("reset", "--quiet", "--hard", commit);
    } else if (how === "squash") {
      author.git("merge", "--quiet", "--squash", `origin/${BRANCH}`);
      author.commit("Promote prompts (#1)");
    } else author.git("merge", "--quiet", "--no-ff", "-m", "Merge pull request #1", `origin/${BRANCH}`);
    author.git("push", "--quiet", "origin", "main");
    const pull = this.github.pulls.findLast(({ state, head }) => state === "open" && head === BRANCH);
    this.close(pull);
    if (pull !== undefined) pull.merged_at = "2026-01-01T00:00:00Z";
  }

  /** A job for a commit: a shallow checkout of it, and the action. */
  async run(
    commit = this.git("rev-parse", "main"),
    inputs: Readonly<Record<string, string>> = {},
  ): Promise<Outcome & { readonly workspace: string }> {
    const workspace = path.join(createProjectFolder(), "checkout");
    mkdirSync(workspace);
    const git = (...args: string[]) => execFileSync("git", args, { cwd: workspace, stdio: "pipe" });
    git("init", "--quiet");
    git("remote", "add", "origin", `file://${this.remote}`);
    git("fetch", "--quiet", "--no-tags", "--depth=1", "origin", `+${commit}:refs/remotes/origin/main`);
    git("checkout", "--quiet", "-B", "main", "refs/remotes/origin/main");
    installCuecard(workspace);
    const outcome = await runActionBeside(workspace, { token: TOKEN, command: CUECARD, ...inputs }, releaseDir, {
      GITHUB_REF: "refs/heads/main",
      GITHUB_SHA: commit,
      GITHUB_API_URL: this.github.url,
      GITHUB_REPOSITORY: "acme/shop",
      GITHUB_RUN_ID: "1",
    });
    return { ...outcome, workspace };
  }

  /** On the remote. */
  git(...args: string[]): string {
    return runGit(this.remote, args);
  }

  show(file: string, ref = "main"): string {
    return this.git("show", `${ref}:${file}`);
  }

  aliases(ref = "main"): typeof ALIASES {
    return JSON.parse(this.show("aliases.json", ref));
  }

  /** The versions in prompts.lock. */
  locked(ref = "main"): string[] {
    return [...this.show("prompts.lock", ref).matchAll(/^\S+@v\d+/gm)].map(([tag]) => tag);
  }

  log(ref = "main"): string[] {
    return this.git("log", "--first-parent", "--format=%s", ref).split("\n");
  }

  has(ref: string): boolean {
    return this.git("for-each-ref", "--format=%(refname)").split("\n").includes(`refs/heads/${ref}`);
  }

  /** Refuses pushes to branches, as rules of GitHub do. */
  protect(pattern: string, words = "GH006: Protected branch update failed"): void {
    const hook = path.join(this.remote, "hooks/update");
    mkdirSync(path.dirname(hook), { recursive: true });
    writeFileSync(hook, `#!/bin/sh\ncase "$1" in\n${pattern}) echo "${words}" >&2; exit 1;;\nesac\n`);
    chmodSync(hook, 0o755);
  }

  unprotect(): void {
    this.protect("refs/nothing");
  }
}

/** A program that runs Cuecard and, once right after each of these commands, merges something. */
function mergeAfter(
  team: Team,
  merges: readonly (readonly [command: string, files: Readonly<Record<string, string>>])[],
): string {
  const folder = createFolder();
  const steps = merges.map(([command, files], index) => {
    const clone = path.join(folder, `clone-${index}`);
    execFileSync("git", ["clone", "--quiet", `file://${team.remote}`, clone]);
    const [[file, text] = ["", ""]] = Object.entries(files);
    writeFileSync(path.join(folder, `text-${index}`), text);
    return `if [[ "$*" == *"${command}"* && ! -f "${folder}/done-${index}" ]]; then
  touch "${folder}/done-${index}"
  cd "${clone}" && git pull --quiet --rebase && cp "${folder}/text-${index}" "${file}" &&
    git commit --quiet -a -m "Merged after ${command}" && git push --quiet origin main >&2
fi`;
  });
  const program = path.join(folder, "cuecard.sh");
  const built = path.join(root, "packages/cli/bin/cuecard.js");
  writeFileSync(program, `"${process.execPath}" "${built}" "$@"\ncode=$?\n${steps.join("\n")}\nexit $code\n`);
  return `bash ${program}`;
}

const HI = { "prompts/greet.md": "Hi {{name}}!\n" };
const PREDICT = { "prompts/forecast.md": "Predict {{costs}}.\n" };

it.concurrent("a merge is released, recorded and prepared for promotion by one pull request", async (test) => {
  const { expect } = test;
  const team = await Team.create(test);
  const first = team.merge(HI, "Greet briefly");
  const { code, log, outputs, summary, workspace } = await team.run();
  expect([code, log]).toEqual([0, expect.stringContaining("Released greet@v2, pushed to origin")]);
  expect(runGit(workspace, ["rev-parse", "HEAD"])).toBe(team.git("rev-parse", "main"));
  expect(team.log()[0]).toBe("Record greet@v2");
  expect(team.git("log", "-1", "--format=%an <%ae>", "main")).toMatch(/^github-actions\[bot\] <41898282\+/);
  expect(team.locked()).toEqual(["forecast@v1", "greet@v1", "greet@v2"]);
  expect(team.git("rev-parse", "greet@v2^{commit}")).toBe(team.git("rev-parse", "main~1"));
  expect(team.aliases()).toEqual(ALIASES);
  expect(team.log(BRANCH).slice(0, 2)).toEqual(["Promote greet to production: v2", "Record greet@v2"]);
  expect(team.aliases(BRANCH)).toEqual({ ...ALIASES, greet: { production: "v2", staging: "latest" } });
  expect(team.github.calls).toEqual(["GET pulls", "POST pulls"]);
  const [pull] = team.github.pulls;
  expect(pull).toMatchObject({ title: "Promote prompts", head: BRANCH, base: "main", state: "open" });
  expect(pull?.body).toMatch(/^<!-- cuecard \{"promotes":\{"production":\["greet@v2"\]\},"records":\[\]\} -->\n/);
  expect(pull?.body).toContain("<code>greet&#64;production</code>: v1 → v2");
  expect(pull?.body).toMatch(/<del>|<ins>/);
  expect(summary).toContain("Prompt review");
  expect(outputs).toEqual({
    versions: "greet@v2",
    commit: team.git("rev-parse", "main"),
    "pull-request": pull?.html_url,
  });

  team.merge({ "prompts/greet.md": "Hello {{name}}!\n" }, "Return to the old greeting");
  team.merge({ "prompts/greet.md": "Hey {{name}}!\n", ...PREDICT }, "Greet casually, and predict");
  await team.run();
  expect(team.promoted()).toEqual(['["forecast@v2","greet@v3"]']);
  expect(team.log(BRANCH)[0]).toBe("Promote 2 prompts to production");
  expect(team.github.calls.slice(2)).toEqual(["GET pulls", "PATCH pulls/1"]);

  // A re-run of the first job, late, does what the newest one did: nothing older is released or promoted.
  const before = team.git("for-each-ref");
  const again = await team.run(first);
  expect([again.code, again.log]).toEqual([0, expect.stringContaining("cuecard/promote is up to date")]);
  expect(again.outputs["pull-request"]).toBe(pull?.html_url);
  expect(team.git("for-each-ref")).toBe(before);
  expect(team.show("prompts/greet.md", "greet@v3")).toBe("Hey {{name}}!");
  expect(team.github.calls.slice(4)).toEqual(["GET pulls"]);

  // After the promotion, nothing is left to do; and a rollback is not undone.
  team.mergePromotion("squash");
  expect(team.aliases()).toMatchObject({ greet: { production: "v3" }, forecast: { production: "v2" } });
  team.merge({ "aliases.json": asJson({ ...team.aliases(), greet: ALIASES.greet }) }, "Roll greet back");
  expect((await team.run()).log).toContain("cuecard/promote: there is nothing to do");
  expect(team.github.pulls).toHaveLength(1);

  // The branch, which was not deleted, is used again.
  team.merge(HI, "Greet briefly again");
  await team.run();
  expect(team.promoted()).toEqual(['["forecast@v2","greet@v3"]', '["greet@v4"]']);
  expect(team.aliases(BRANCH)).toMatchObject({ greet: { production: "v4" }, forecast: { production: "v2" } });
});

it.concurrent("a closed pull request is a decision until the next version, and what cannot be promoted is left out", async (test) => {
  const { expect } = test;
  const team = await Team.create(test);
  team.merge({ ...PREDICT, "prompts/new.md": "New\n", "prompts/greet.md": "Hi {{name}} of {{place}}!\n" }, "Change");
  team.github.refuses = [403, "GitHub Actions is not permitted to create or approve pull requests."];
  const { code, log } = await team.run();
  expect([code, log]).toEqual([1, expect.stringMatching(/^::error title=cuecard::.*Allow GitHub Actions to create/m)]);

  // The versions were released, and the next run opens the pull request.
  team.github.refuses = undefined;
  expect((await team.run()).code).toBe(0);
  expect(team.promoted()).toEqual(['["forecast@v2","new@v1"]']);
  expect(team.aliases(BRANCH)).toEqual({ ...ALIASES, forecast: { production: "v2" }, new: { production: "v1" } });
  const notIncluded = /Not included:\n\n- <code>callers of greet&#64;production would break/;
  expect(team.github.pulls[0]?.body).toMatch(notIncluded);
  expect(team.locked()).toContain("greet@v2");

  team.close(team.github.pulls[0]);
  team.git("branch", "-D", BRANCH);
  await team.run();
  expect(team.github.pulls).toHaveLength(1);
  expect(team.has(BRANCH)).toBe(false);

  team.merge({ "prompts/new.md": "Newer\n" }, "Renew");
  await team.run();
  expect(team.promoted()).toEqual(['["forecast@v2","new@v1"]', '["new@v2"]']);
  expect(team.github.pulls[1]?.body).toContain("Closed before, and left out: <code>forecast&#64;v2</code>");
  expect(team.github.pulls[1]?.body).toMatch(notIncluded);
  expect(team.aliases(BRANCH)).toEqual({ ...ALIASES, new: { production: "v2" } });

  // Commits of others on the branch are never overwritten.
  const { author } = team;
  author.git("fetch", "--quiet", "origin");
  author.git("checkout", "--quiet", "-b", "mine", `origin/${BRANCH}`);
  author.write({ "notes.md": "Wait for Monday\n" }).commit("Add notes");
  author.git("push", "--quiet", "origin", `mine:${BRANCH}`);
  author.git("checkout", "--quiet", "main");
  const mine = team.git("rev-parse", BRANCH);
  team.merge({ "prompts/new.md": "Newest\n" }, "Renew again");
  const url = "https://github.com/acme/shop/pull/2";
  const waits = expect.stringMatching(`has commits of others.* Merge or close its pull request: ${url}`);
  expect(await team.run()).toMatchObject({ code: 0, log: waits, outputs: { "pull-request": url } });
  expect(team.git("rev-parse", BRANCH)).toBe(mine);

  // A promotion by hand leaves nothing to do. The job closes the pull request, which is not a decision.
  team.merge({ "aliases.json": asJson({ ...ALIASES, new: { production: "v3" } }) }, "Promote by hand");
  await team.run();
  expect(team.github.pulls[1]).toMatchObject({ state: "closed", body: expect.not.stringContaining("<!-- cuecard") });

  // Their pull request is closed, so the branch is made anew. What they push after that is in none, and stays.
  team.merge({ "prompts/new.md": "New again\n" }, "Renew once more");
  expect((await team.run()).code).toBe(0);
  expect(team.github.pulls[2]).toMatchObject({
    state: "open",
    body: expect.stringContaining('"production":["new@v4"]'),
  });
  expect(team.log(BRANCH).slice(0, 2)).toEqual(["Promote new to production: v4", "Record new@v4"]);
  team.close(team.github.pulls[2]);
  const later = author.git("commit-tree", "-p", mine, "-m", "Wait for Tuesday", `${mine}^{tree}`);
  author.git("push", "--quiet", "--force", "origin", `${later}:refs/heads/${BRANCH}`);
  team.merge({ "prompts/new.md": "Last\n" }, "Renew for the last time");
  expect((await team.run()).log).toContain("Open a pull request from it, or delete it");
  expect(team.git("rev-parse", BRANCH)).toBe(later);
});

it.concurrent("says what cannot be promoted, and keeps an older version in the pull request", async (test) => {
  const { expect } = test;
  const team = await Team.create(test);
  team.merge({ "prompts/greet.md": "Hi {{name}} of {{place}}!\n" }, "Ask for a place");
  const { code, log, summary } = await team.run();
  expect([code, log]).toEqual([
    0,
    expect.stringMatching(/^::warning title=cuecard::Not promoted to production: greet\./m),
  ]);
  expect(log).toContain("  callers of greet@production would break");
  expect(summary).toMatch(/^## Not promoted to <code>production<\/code>\n\n- <code>callers of greet&#64;production/m);
  expect(team.promoted()).toEqual([]);

  team.merge(HI, "Greet briefly");
  await team.run();
  team.merge({ ...PREDICT, "prompts/greet.md": "Hey {{name}} of {{place}}!\n" }, "Ask again");
  await team.run();
  expect(team.promoted()).toEqual(['["forecast@v2","greet@v3"]']);
  expect(team.github.pulls[0]).toMatchObject({ state: "open", body: expect.stringContaining("Not included:") });
  expect(team.aliases(BRANCH)).toMatchObject({ greet: { production: "v3" }, forecast: { production: "v2" } });
});

it.concurrent("remembers hundreds of versions in a body that GitHub accepts", async (test) => {
  const { expect } = test;
  const github = await startGitHub();
  test.onTestFinished(() => github.close());
  const folder = createFolder();
  const names = Array.from(
    { length: 700 },
    (_, index) => `${createHash("sha1").update(`${index}`).digest("hex")}-${index}`,
  );
  const file = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const leftOut = names.map((name) => ({ message: `${name} ${"<".repeat(1000)}`, subject: { name } }));
  const env = {
    PATH: process.env["PATH"],
    GITHUB_API_URL: github.url,
    GITHUB_REPOSITORY: "acme/shop",
    CUECARD_TOKEN: TOKEN,
    CUECARD_ALIAS: "production",
    CUECARD_BRANCH: BRANCH,
    CUECARD_PLAN: file(
      "plan",
      JSON.stringify({ plan: { edits: names.map((name) => ({ name, to: { version: 2 } })), leftOut } }),
    ),
    CUECARD_STATE: path.join(folder, "state"),
    CUECARD_RECORDED: file("recorded", names.map((name) => `${name}@v2\n`).join("")),
  };
  const run = async (command: string) => {
    const script = path.join(releaseDir, "pull-request.mjs");
    return (await promisify(execFile)(process.execPath, [script, command], { env })).stdout;
  };
  expect(await run("choose")).toBe("all\n");
  expect(await run("open")).toContain("pull/1");
  await run("choose");
  expect(await run("opened")).toBe("true\n");
  expect(github.pulls[0]?.body).toContain("And 680 more");
  Object.assign(github.pulls[0] ?? {}, { state: "closed" });
  expect(await run("choose")).toBe("\n");
  expect(await run("decided")).toBe("true\n");
});

it.concurrent("a protected default branch, with a merge queue, gets the lines of prompts.lock by pull request", async (test) => {
  const { expect } = test;
  const team = await Team.create(test);
  const { author } = team;
  const promotion = () => team.github.pulls.findLast(({ head }) => head === BRANCH);
  const recording = () => team.github.pulls.findLast(({ head }) => head === "cuecard/record");
  author.write(HI).commit("Greet briefly (#1)");
  team.merge(PREDICT, "Predict (#2)");
  team.protect("refs/heads/main", "GH013: Changes must be made through the merge queue");
  const { code, log, outputs } = await team.run();
  expect([code, log]).toEqual([0, expect.stringContaining("main accepts no pushes from this job")]);
  expect(log).toContain("GH013");
  expect(outputs).toEqual({
    versions: "forecast@v2 greet@v2",
    commit: "",
    "pull-request": "https://github.com/acme/shop/pull/2",
  });
  expect(team.locked()).not.toContain("greet@v2");
  // `staging` follows releases, so the lines can be merged first. The promotion has them as well: one click is enough.
  expect(recording()).toMatchObject({ title: "Record released versions", number: 1 });
  expect(recording()?.body).toContain("<code>greet&#64;staging</code>: latest (v1) → latest (v2)");
  expect(team.log("cuecard/record").slice(0, 2)).toEqual(["Record forecast@v2, greet@v2", "Predict (#2)"]);
  expect(team.log(BRANCH).slice(0, 2)).toEqual(["Promote 2 prompts to production", "Record forecast@v2, greet@v2"]);
  expect(promotion()?.body).toContain('"records":["forecast@v2","greet@v2"]');
  expect(promotion()?.body).toContain("Also adds 2 lines to prompts.lock");
  expect(promotion()?.body).toContain("first, merge https://github.com/acme/shop/pull/1 before");

  // The lines first: the promotion no longer needs them.
  const mergeProtected = (merge: () => void) => {
    team.unprotect();
    merge();
    team.protect("refs/heads/main");
  };
  mergeProtected(() => {
    author.git("fetch", "--quiet", "origin");
    author.git("merge", "--quiet", "--squash", "origin/cuecard/record");
    author.commit("Record released versions (#1)");
    author.git("push", "--quiet", "origin", "main");
    Object.assign(recording() ?? {}, { state: "closed", merged_at: "2026-01-01T00:00:00Z" });
  });
  await team.run();
  expect(promotion()).toMatchObject({ state: "open", body: expect.stringContaining('"records":[]') });
  expect(team.log(BRANCH)[1]).toBe("Record released versions (#1)");

  // Or the promotion first: nothing is left of the other one.
  mergeProtected(() => {
    team.mergePromotion("rebase");
    team.merge({ "prompts/greet.md": "Hey {{name}}!\n" }, "Greet casually");
  });
  await team.run();
  const open = () => team.github.pulls.flatMap(({ head, state }) => (state === "open" ? [head] : []));
  expect(open()).toEqual(["cuecard/record", BRANCH]);
  mergeProtected(() => team.mergePromotion("merge"));
  expect((await team.run()).log).toContain("Closed https://github.com/acme/shop/pull/3: nothing is left to do");
  expect(team.locked()).toContain("greet@v3");
  expect(team.aliases().greet.production).toBe("v3");

  // Closing the promotion still proposes the lines. Closing these as well is a decision.
  mergeProtected(() => team.merge({ "prompts/greet.md": "Yo {{name}}!\n" }, "Greet too casually"));
  await team.run();
  expect(open()).toEqual(["cuecard/record", BRANCH]);
  for (const pull of [promotion(), recording()]) team.close(pull);
  await team.run();
  expect(open()).toEqual([]);
});

it.concurrent("what is merged while the job runs is part of what it does", async (test) => {
  const { expect } = test;
  const team = await Team.create(test);
  team.merge(HI, "Greet briefly");
  const command = mergeAfter(team, [
    ["release --push", PREDICT],
    ["--partial", { "prompts/forecast.md": "Guess {{costs}}.\n" }],
  ]);
  const { code, log, outputs } = await team.run(undefined, { command });
  expect(outputs["versions"]).toBe("forecast@v2 greet@v2 forecast@v3");
  expect([code, log]).toEqual([0, expect.stringContaining("main moved while this job was running: attempt 1")]);
  expect(log).toContain("Branches moved while this job was running: attempt 1");
  expect(team.log().slice(0, 5)).toEqual([
    "Record forecast@v3",
    "Merged after --partial",
    "Record forecast@v2, greet@v2",
    "Merged after release --push",
    "Greet briefly",
  ]);
  expect(team.promoted()).toEqual(['["forecast@v3","greet@v2"]']);
});

it.concurrent("says which permission is missing, and releases nothing that does not compile", async (test) => {
  const { expect } = test;
  const team = await Team.create(test);
  team.merge({ "prompts/greet.md": "{{#if name}}\n" }, "Break");
  const before = team.git("for-each-ref");
  const broken = await team.run();
  expect([broken.code, broken.log]).toEqual([1, expect.stringContaining("The prompts of main were not released")]);
  team.merge(HI, "Fix");
  team.protect("*", "Permission to acme/shop denied to github-actions[bot]");
  const { code, log } = await team.run();
  expect(code).toBe(1);
  expect(log).toContain("Permission to acme/shop denied");
  expect(log).toMatch(/^::error title=cuecard::.*"contents: write"/m);
  expect(team.git("for-each-ref", "refs/tags")).toBe(before.replace(/.*refs\/heads.*\n/g, ""));
  expect(team.github.calls).toEqual([]);
});

it.concurrent("releases projects in subfolders, each with its own tags and branch, with the program that they have installed", async (test) => {
  const { expect } = test;
  const team = await Team.create(test);
  for (const [folder, prefix, head] of [
    ["services/my bot", "bot", "cuecard/promote-services+my=20bot"],
    ["services-my bot", "other", "cuecard/promote-services-my=20bot"],
  ] as const) {
    const settings = { [`${folder}/cuecard.config.json`]: `{ "tagPrefix": "${prefix}/" }\n` };
    team.merge({ ...settings, [`${folder}/prompts/greet.md`]: "Bot\n" }, "Add a bot");
    const { code, log } = await team.run(undefined, { command: "", "working-directory": folder });
    expect([code, log]).toEqual([0, expect.stringContaining(`Released ${prefix}/greet@v1`)]);
    expect(team.show(`${folder}/prompts.lock`)).toMatch(/^greet@v1 /);
    expect(JSON.parse(team.show(`${folder}/aliases.json`, head))).toEqual({ greet: { production: "v1" } });
    expect(team.github.pulls.at(-1)).toMatchObject({ head, title: "Promote prompts" });
  }
  expect(team.github.pulls).toHaveLength(2);
  const wrong = await team.run(undefined, { branch: "to promote" });
  expect([wrong.code, wrong.log]).toEqual([2, expect.stringContaining('The input "branch" must be')]);
});

it.concurrent("is for the default branch only", async ({ expect }) => {
  const workspace = createFolder();
  const found = await runActionBeside(workspace, {}, releaseDir, { GITHUB_REF: "refs/heads/other" });
  expect(found).toMatchObject({ code: 0, log: expect.stringContaining("this run is for refs/heads/other") });
});
