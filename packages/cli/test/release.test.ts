// `cuecard release` as people meet it: what it prints, what it asks for, and what `check` says of signatures.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createProject, createProjectFolder, runGit, type TestRepository } from "@cuecard/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openRegistry } from "../src/index.js";
import { runCommand } from "./run-command.js";

// This file runs many git commands: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

afterEach(() => void vi.unstubAllEnvs());

function projectWithRemote(): TestRepository & { readonly remote: string } {
  const repository = createProject({
    "prompts/greet.md": "Hello {{name}} {{> rules}}\n",
    "prompts/bye.md": "Bye {{name}}\n",
    "prompts/_rules.md": "Be kind\n",
  });
  repository.commit("Add prompts");
  const remote = path.join(createProjectFolder(), "remote.git");
  repository.git("init", "--quiet", "--bare", remote);
  repository.git("remote", "add", "origin", remote);
  return { ...repository, remote };
}

describe("release", () => {
  it("prints the plan, applies it, and prints the next steps", async () => {
    const { dir, git } = projectWithRemote();
    const head = git("rev-parse", "HEAD").slice(0, 12);
    const planned = [
      `To release at ${head}:`,
      "  bye@v1    first version",
      "    Add prompts",
      "  greet@v1  first version",
      "    Add prompts",
    ];
    expect(await runCommand(["release", "--dry-run"], { cwd: dir })).toEqual({
      code: 0,
      stdout: `${[...planned, "Nothing was changed (--dry-run)."].join("\n")}\n`,
      stderr: "",
    });
    expect(git("tag")).toBe("");
    const done = [
      "✓ Released bye@v1, greet@v1",
      'Next: commit the lock: git add prompts.lock && git commit -m "Lock bye@v1, greet@v1" prompts.lock',
      "      push the tags: cuecard release --push",
    ];
    expect(await runCommand(["release"], { cwd: dir })).toEqual({
      code: 0,
      stdout: `${[...planned, ...done].join("\n")}\n`,
      stderr: "",
    });
    expect((await runCommand(["release", "greet"], { cwd: dir })).stdout).toBe("greet is already released as v1\n");
  });

  it("pushes the tags, and names a changed partial as the reason", async () => {
    const repository = projectWithRemote();
    const { dir, git, remote } = repository;
    await runCommand(["release", "-m", "First", "-m", "Second paragraph"], { cwd: dir });
    expect(git("for-each-ref", "--format=%(contents)", "refs/tags/bye@v1")).toBe("First\n\nSecond paragraph");
    repository.write({ "prompts/_rules.md": "Be very kind\n" });
    repository.commit("Be kinder\n\nBecause.");
    const { code, stdout } = await runCommand(["release", "--push"], { cwd: dir });
    expect(code).toBe(0);
    expect(stdout.split("\n").slice(1)).toEqual([
      "  greet@v2  partial rules changed",
      "    Be kinder …",
      "bye is already released as v1",
      "To push as well: bye@v1, greet@v1",
      "✓ Released greet@v2, pushed to origin",
      "✓ Also pushed to origin: bye@v1, greet@v1",
      'Next: commit the lock: git add prompts.lock && git commit -m "Lock greet@v2" prompts.lock',
      "",
    ]);
    expect(git("--git-dir", remote, "tag")).toBe("bye@v1\ngreet@v1\ngreet@v2");
  });

  it("skips prompts that others released, and continues a renamed prompt", async () => {
    const repository = projectWithRemote();
    const { dir, git } = repository;
    await runCommand(["release", "--push"], { cwd: dir });
    expect((await runCommand(["release", "--push"], { cwd: dir })).stdout).not.toContain("Pushed");
    git("add", "prompts.lock");
    git("commit", "--quiet", "-m", "Lock");
    git("checkout", "--quiet", "-b", "side");
    repository.write({ "prompts/greet.md": "Hi {{name}} {{> rules}}\n" });
    repository.commit("Shorter");
    await runCommand(["release", "--push"], { cwd: dir });
    git("checkout", "--quiet", "--force", "main");
    repository.write({ "prompts/bye.md": "Goodbye {{name}}\n" });
    repository.commit("Longer");
    const { code, stdout } = await runCommand(["release", "--push"], { cwd: dir });
    expect([code, stdout.split("\n").slice(1, 5)]).toEqual([
      0,
      [
        "  bye@v2  prompt changed",
        "    Longer",
        "skipped greet: v2 was released from a commit that this one does not contain; merge it first",
        // The branch was not merged, so greet@v2 gets no line.
        "✓ Released bye@v2, pushed to origin",
      ],
    ]);
    expect((await runCommand(["release", "greet"], { cwd: dir })).stderr).toContain("release/behind");
    git("mv", "prompts/bye.md", "prompts/farewell.md");
    repository.write({ "prompts/farewell.md": "---\nrenamed_from: bye\n---\nGoodbye {{name}}\n" });
    repository.commit("Rename bye");
    expect((await runCommand(["release", "bye"], { cwd: dir })).stderr).toContain("it was renamed to farewell");
    await runCommand(["release", "farewell"], { cwd: dir });
    expect(git("for-each-ref", "--format=%(contents)", "refs/tags/farewell@v1")).toBe("Rename bye");
  });

  it("prints the plan and the result as JSON", async () => {
    const { dir } = projectWithRemote();
    const { stdout, code } = await runCommand(["release", "bye", "--json"], { cwd: dir });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      plan: { releases: [{ name: "bye", version: 1, tag: "bye@v1", notes: "Add prompts", reason: { kind: "first" } }] },
      result: { released: [{ tag: "bye@v1" }], locked: true },
      diagnostics: [],
    });
  });

  it("releases nothing if a prompt does not compile, and reports the place", async () => {
    const repository = projectWithRemote();
    repository.write({ "prompts/bye.md": "Bye {{#if name}}\n" });
    repository.commit();
    const { code, stdout, stderr } = await runCommand(["release"], { cwd: repository.dir });
    expect([code, stdout, repository.git("tag")]).toEqual([1, "", ""]);
    expect(stderr).toContain("prompts/bye.md:1:5  error  template/syntax");
    expect(stderr).toContain("> 1 | Bye {{#if name}}");
    expect((await runCommand(["release", "greet"], { cwd: repository.dir })).code).toBe(0);
  });

  it("opens the editor once per prompt for notes, and releases nothing if a text is empty", async () => {
    const { dir, git } = projectWithRemote();
    const script = path.join(createProjectFolder(), "editor.sh");
    writeFileSync(script, 'sed -i "1s/^/# From the editor: /" "$1"\n');
    git("config", "core.editor", `sh ${script}`);
    vi.stubEnv("GIT_EDITOR", undefined);
    expect((await runCommand(["release", "greet", "--edit", "-m", "Mine"], { cwd: dir })).code).toBe(0);
    expect(git("for-each-ref", "--format=%(contents)", "refs/tags/greet@v1")).toBe("# From the editor: Mine");
    writeFileSync(script, 'sed -i 1d "$1"\n');
    const { code, stderr } = await runCommand(["release", "--edit"], { cwd: dir });
    expect([code, stderr]).toEqual([1, "error: the notes for bye@v1 are empty; nothing was released\n"]);
    writeFileSync(script, "exit 3\n");
    expect((await runCommand(["release", "--edit"], { cwd: dir })).stderr).toContain("the editor exited with code 3");
    expect(git("tag")).toBe("greet@v1");
  });

  it("reports that the editor cannot be run if there is no shell", async () => {
    const { dir, write } = projectWithRemote();
    write({ "cuecard.config.json": '{ "git": "isomorphic" }' });
    vi.stubEnv("PATH", "/nowhere");
    const failed = await runCommand(["release", "greet", "--edit"], { cwd: dir, env: { GIT_EDITOR: "vi" } });
    vi.unstubAllEnvs();
    expect(failed).toMatchObject({
      code: 1,
      stderr: "error: cannot run the editor (vi): spawn sh ENOENT\nhint: pass the notes with -m\n",
    });
  });

  it.each<[readonly string[], number, string]>([
    [["gret"], 1, 'did you mean "greet"?'],
    [["--commit", "nowhere"], 1, 'the commit "nowhere" is not in this clone'],
    [["--push", "--remote", "nowhere"], 1, "git/remote-failed"],
    [["--remote", "origin"], 2, "--remote requires --push"],
    [["--identity", "Ada"], 2, 'write "Name <mail@example.com>"'],
  ])("release %j: exit code %i, %s", async (args, code, said) => {
    const { dir, git } = projectWithRemote();
    const result = await runCommand(["release", ...args], { cwd: dir });
    expect(result.stderr).toContain(said);
    expect([result.code, git("tag")]).toEqual([code, ""]);
  });

  it("reports an error in an empty repository, and outside of a repository", async () => {
    const { dir, git } = createProject();
    expect((await runCommand(["release"], { cwd: dir })).stderr).toContain("there are no commits to release");
    git("commit", "--quiet", "--allow-empty", "-m", "Empty");
    expect((await runCommand(["release"], { cwd: dir })).stdout).toMatch(/^There are no prompts at [0-9a-f]{12}\.\n$/);
    expect((await runCommand(["release"], { cwd: createProjectFolder() })).stderr).toContain("git/not-a-repository");
  });

  it("uses --identity as the author if git has none, also with a frozen lock in CI", async () => {
    const { dir, git } = projectWithRemote();
    vi.stubEnv("GIT_CONFIG_GLOBAL", "/dev/null");
    git("checkout", "--quiet", "--detach");
    const options = { cwd: dir, env: { CI: "1" } };
    const refused = await runCommand(["release"], options);
    expect(refused.stderr).toContain("git does not know your name and email");
    expect([refused.code, git("tag")]).toEqual([1, ""]);
    expect((await runCommand(["release", "--identity", "CI <ci@example.com>"], options)).code).toBe(0);
    expect(git("for-each-ref", "--format=%(tagger)", "refs/tags/bye@v1")).toMatch(/^CI <ci@example.com> /);
    expect(readFileSync(path.join(dir, "prompts.lock"), "utf8")).toMatch(/^bye@v1 /);
  });

  it("is available from a program", async () => {
    const { dir, git } = projectWithRemote();
    const registry = await openRegistry({ dir });
    const { plan } = await registry.planRelease({ names: ["greet"], notes: { greet: "From a program" } });
    if (plan === undefined) throw new Error("there is no plan");
    const { result } = await registry.applyRelease(plan, { identity: { name: "Bot", email: "bot@example.com" } });
    registry.close();
    expect(result?.released).toMatchObject([{ name: "greet", version: 1, notes: "From a program" }]);
    expect(git("tag")).toBe("greet@v1");
  });
});

describe("check --require-signed", () => {
  it("requires a valid signature of every version", async () => {
    const repository = projectWithRemote();
    const { dir, git } = repository;
    const keys = createProjectFolder();
    const signers: string[] = [];
    for (const name of ["ada", "eve"]) {
      execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", path.join(keys, name)]);
      signers.push(`${name}@example.com ${readFileSync(path.join(keys, `${name}.pub`), "utf8")}`);
    }
    repository.write({
      allowed_signers: signers[0] ?? "",
      "cuecard.config.json": '{ "allowedSigners": "allowed_signers" }',
    });
    repository.commit();
    git("config", "gpg.format", "ssh");
    git("config", "user.signingKey", path.join(keys, "ada"));
    expect((await runCommand(["release", "--sign", "--push"], { cwd: dir })).code).toBe(0);
    const notes = readFileSync(path.join(dir, "prompts.lock"), "utf8");
    expect(notes).toMatch(/^bye@v1 \S+ \S+ "Add prompts"\ngreet@v1 \S+ \S+ "Add prompts"\n$/);
    const check = async (...args: string[]) => {
      const { code, stdout } = await runCommand(["check", "--require-signed", "--json", ...args], { cwd: dir });
      const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; message: string }[] };
      return [
        code,
        ...diagnostics
          .filter((found) => !found.code.startsWith("prompt/"))
          .map((found) => `${found.code}: ${found.message}`),
      ];
    };
    expect(await check()).toEqual([0]);

    repository.write({ "prompts/bye.md": "Good bye {{name}}\n" });
    repository.commit();
    await runCommand(["release"], { cwd: dir });
    expect(await check()).toEqual([1, "tag/unsigned: the tag bye@v2 is not signed"]);

    git("tag", "-d", "bye@v2");
    git("config", "user.signingKey", path.join(keys, "eve"));
    // Not at the fixed date of `git`, which is before the version before it.
    runGit(dir, ["tag", "-s", "-m", "By Eve", "bye@v2"], { GIT_COMMITTER_DATE: new Date().toISOString() });
    expect(await check()).toEqual([
      1,
      expect.stringMatching(/^tag\/bad-signature: the signature of the tag bye@v2 is not valid: /),
    ]);
    const both = path.join(keys, "both");
    writeFileSync(both, signers.join(""));
    expect(await check("--allowed-signers", both)).toEqual([0]);

    git("config", "tag.gpgSign", "true");
    repository.write({ "prompts/bye.md": "Good bye then {{name}}\n" });
    repository.commit();
    await runCommand(["release"], { cwd: dir });
    expect(await check("--allowed-signers", both)).toEqual([0]);

    // A good signature of another tag is none.
    git("update-ref", "refs/tags/bye@v2", git("rev-parse", "refs/tags/bye@v1").trim());
    git("update-ref", "-d", "refs/tags/greet@v1");
    const found = await check("--allowed-signers", both);
    expect(found[0]).toBe(1);
    expect(found.join("\n")).toContain("tag/not-here: the tag greet@v1 is not in this clone");
    expect((await check("--allowed-signers", "nowhere")).join("\n")).toContain("tag/no-signers");
  });

  it("changes nothing if signing fails", async () => {
    const { dir, git } = projectWithRemote();
    git("config", "gpg.format", "ssh");
    git("config", "user.signingKey", "/nonexistent/key");
    const { code, stderr } = await runCommand(["release", "--sign"], { cwd: dir });
    expect([code, git("tag")]).toEqual([1, ""]);
    expect(stderr).toContain("git/refused");
  });

  it("requires git on the PATH, and --allowed-signers requires --require-signed", async () => {
    const { dir } = projectWithRemote();
    vi.stubEnv("CUECARD_GIT", "isomorphic");
    await runCommand(["release"], { cwd: dir });
    expect((await runCommand(["check", "--require-signed"], { cwd: dir })).stdout).toContain("git/needs-program");
    expect((await runCommand(["check", "--allowed-signers", "x"], { cwd: dir })).code).toBe(2);
  });
});
