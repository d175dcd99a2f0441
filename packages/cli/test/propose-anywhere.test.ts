// Proposing in repositories of every state: hooks, signatures, servers, two at once, and whatever is checked out.

import { execFileSync } from "node:child_process";
import { chmodSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { createFolder, openRepository, runGit, type TestRepository } from "@cuecard/testing";
import fc from "fast-check";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { serveRepository, transports } from "../../registry/test/git-servers.js";
import { openRegistry, type Registry } from "../src/index.js";
import { addRemote, chooseFiles, editedProject, GREET, propose, stateOf, TONE } from "./edited-project.js";

vi.setConfig({ testTimeout: 300_000 });

let repository: TestRepository;
let registry: Registry;

beforeEach(async () => {
  repository = editedProject();
  registry = await openRegistry({ dir: repository.dir });
  onTestFinished(() => registry.close());
});

describe("propose", () => {
  it("adds to a branch, or begins another one", async () => {
    await propose(registry, { files: await chooseFiles(registry, GREET) });
    repository.write(GREET, "Good evening, {{name}}!\n{{> tone}}");
    const outcome = await registry.changes();
    expect(outcome).toMatchObject({ value: { files: [{}, {}, { file: GREET, proposedIn: [] }, {}] } });
    const files = await chooseFiles(registry, GREET, TONE);
    const again = await registry.planChanges({ files, branch: "cuecard/greet" });
    expect(again.plan).toMatchObject({ isNew: false, message: "Edit the partial tone and greet" });
    // The review is of the whole branch.
    expect(again.plan?.review.base.commit).toBe(repository.git("rev-parse", "main"));
    const added = again.plan && (await registry.applyProposal(again.plan));
    expect(added?.result).toMatchObject({ branch: "cuecard/greet", created: true });
    expect(repository.git("log", "--format=%s", "main..cuecard/greet")).toBe(
      "Edit the partial tone and greet\nEdit greet",
    );
    expect(await propose(registry, { files: await chooseFiles(registry, GREET) })).toMatchObject({
      result: { branch: "cuecard/greet-2" },
    });
  });

  it("continues what was committed and not pushed", async () => {
    const remote = addRemote(repository);
    const files = await chooseFiles(registry, GREET);
    const first = await propose(registry, { files, branch: "cuecard/x" });
    const second = await propose(registry, { files, branch: "cuecard/x" }, "origin");
    expect(second.result).toEqual({ ...first.result, before: first.result?.commit, created: false, pushed: true });
    expect(remote.git("rev-parse", "cuecard/x")).toBe(first.result?.commit);
  });

  it("keeps the branch if a hook or the connection stops the push", async () => {
    const remote = addRemote(repository);
    remote.write("hooks/pre-receive", "#!/bin/sh\necho 'the branch name needs a ticket' >&2\nexit 1\n");
    chmodSync(path.join(remote.dir, "hooks/pre-receive"), 0o755);
    const files = await chooseFiles(registry, GREET);
    const refused = await propose(registry, { files, branch: "cuecard/x" }, "origin");
    expect(refused).toMatchObject({ result: { created: true, pushed: false }, codes: ["propose/push-refused"] });
    expect(refused.messages[0]).toContain("the branch name needs a ticket");
    remote.write("hooks/pre-receive", "#!/bin/sh\n");
    remote.write(
      "hooks/post-receive",
      "#!/bin/sh\necho\necho 'To create a merge request for cuecard/x, visit:'\necho '  https://git.example.com/a/b/-/merge_requests/new?x=1'\n",
    );
    chmodSync(path.join(remote.dir, "hooks/post-receive"), 0o755);
    expect(await propose(registry, { files, branch: "cuecard/x" }, "origin")).toMatchObject({
      result: { created: false, pushed: true, link: "https://git.example.com/a/b/-/merge_requests/new?x=1" },
    });
    repository.git("remote", "set-url", "origin", path.join(remote.dir, "missing"));
    const gone = await propose(registry, { files, branch: "cuecard/z" }, "origin");
    expect(gone).toMatchObject({ result: { created: true, pushed: false }, codes: ["propose/push-refused"] });
  });

  it("runs the hook before a push, and none of commits", async () => {
    addRemote(repository);
    const hooks = { "pre-push": "touch pushed; cat > /dev/null", "pre-commit": "touch committed" };
    for (const [name, command] of Object.entries(hooks)) {
      repository.write(`.git/hooks/${name}`, `#!/bin/sh\ncd .git && ${command}\n`);
      chmodSync(path.join(repository.dir, ".git/hooks", name), 0o755);
    }
    await propose(registry, { files: await chooseFiles(registry, GREET) }, "origin");
    const found = readdirSync(path.join(repository.dir, ".git"));
    expect([found.includes("pushed"), found.includes("committed")]).toEqual([true, false]);
  });

  it("lets one of two that write at once win", async () => {
    const files = await chooseFiles(registry, GREET);
    const plans = [];
    for (const message of ["One", "Two"])
      plans.push(await registry.planChanges({ files, message, branch: "cuecard/x" }));
    const applied = await Promise.all(
      plans.flatMap(({ plan }) => (plan === undefined ? [] : [registry.applyProposal(plan)])),
    );
    expect(applied.map(({ diagnostics }) => diagnostics.map(({ code }) => code)).sort()).toEqual([
      [],
      ["propose/branch-moved"],
    ]);
    expect(repository.git("rev-list", "--count", "main..cuecard/x")).toBe("1");
  });

  it("asks for an identity, and takes one", async () => {
    repository.git("config", "--unset", "user.name");
    repository.git("config", "--unset", "user.email");
    vi.stubEnv("GIT_CONFIG_GLOBAL", "/dev/null");
    vi.stubEnv("GIT_CONFIG_NOSYSTEM", "1");
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await registry.changes()).toMatchObject({ value: { identity: undefined } });
    const files = await chooseFiles(registry, GREET);
    const { plan } = await registry.planChanges({ files });
    if (plan === undefined) throw new Error("there is no plan");
    expect((await registry.applyProposal(plan)).diagnostics).toMatchObject([{ code: "git/no-identity" }]);
    await registry.applyProposal(plan, { identity: { name: "Grace", email: "grace@example.com" } });
    expect(repository.git("log", "-1", "--format=%an %ce", plan.branch)).toBe("Grace grace@example.com");
  });

  it("never changes what is checked out, in whatever state it is", async () => {
    const { git } = repository;
    git("config", "core.autocrlf", "input");
    git("branch", "other", "HEAD~1");
    const file = fc.constantFrom(
      GREET,
      TONE,
      "prompts/finance/new.md",
      "prompts/old.md",
      "prompts/data.json",
      "aliases.json",
    );
    const text = fc.constantFrom("Hi {{name}}\r\nthere", "Plain", "{{#if a}}x{{/if}}", "\uFEFFMarked", "{}");
    const act = fc.oneof(
      fc.record({ kind: fc.constant("write" as const), file, text }),
      fc.record({ kind: fc.constantFrom("stage" as const, "unstage" as const), file, text }),
      fc.record({ kind: fc.constantFrom("detach" as const, "attach" as const), file, text }),
    );
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 4 }), async (acts) => {
        for (const { kind, file: one, text: content } of acts) {
          if (kind === "write") repository.write(one, content);
          else if (kind === "stage") repository.write(one, content).git("add", "--", one);
          else if (kind === "unstage") git("reset", "-q");
          else git(...(kind === "detach" ? ["checkout", "-q", "--detach"] : ["checkout", "-q", "main"]));
        }
        const files = await chooseFiles(registry);
        const before = stateOf(repository);
        const branch = `cuecard/try-${number++}`;
        const { result } = await propose(registry, { files, branch });
        expect(stateOf(repository)).toEqual(before);
        if (result === undefined) return expect(git("branch", "--list", branch)).toBe("");
        for (const { file: one, digest } of files) {
          const committed = git("ls-tree", "--format=%(objectname)", branch, one);
          expect(committed).toBe(digest === "" ? "" : git("hash-object", one));
        }
        expect(git("diff", "--name-only", "HEAD", branch).split("\n").sort()).toEqual(
          files.map(({ file: one }) => one).sort(),
        );
      }),
      { seed: 7, numRuns: 5 },
    );
  });

  it.each(transports)("pushes to a server (%s)", async (transport) => {
    const served = await serveRepository(transport);
    onTestFinished(() => served.close());
    const { git } = repository;
    // This process is the server, and waits for git where it does not propose.
    git("push", "--quiet", served.dir, "main");
    git("remote", "add", "origin", served.url);
    const before = stateOf(repository);
    const files = await chooseFiles(registry, GREET);
    const { result } = await propose(registry, { files }, "origin");
    expect(result).toMatchObject({ pushed: true, link: undefined });
    expect(runGit(served.dir, ["rev-parse", "cuecard/greet"])).toBe(result?.commit);
    expect(stateOf(repository)).toEqual(before);
    expect(git("rev-parse", "origin/cuecard/greet")).toBe(result?.commit);
  });

  it("does not wait for a password", async () => {
    const server = createServer((_request, response) => {
      response.writeHead(401, { "www-authenticate": 'Basic realm="test"' }).end();
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    repository.git("remote", "add", "origin", `http://ada:secret@127.0.0.1:${port}/bot.git`);
    const { result, codes, messages } = await propose(
      registry,
      { files: await chooseFiles(registry, GREET) },
      "origin",
    );
    expect([result?.created, result?.pushed, codes]).toEqual([true, false, ["propose/push-refused"]]);
    expect(messages.join()).not.toContain("secret");
    expect(await registry.changes()).toMatchObject({ value: { target: { url: `http://127.0.0.1:${port}/bot.git` } } });
  });

  it("signs if git signs commits, and reports what the program for signatures says", async () => {
    const { git } = repository;
    git("config", "commit.gpgSign", "true");
    git("config", "gpg.program", path.join(repository.dir, "missing"));
    const { codes } = await propose(registry, { files: await chooseFiles(registry, GREET) });
    expect(codes).toEqual(["git/refused"]);
    const key = path.join(createFolder(), "key");
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
    for (const [name, value] of [
      ["gpg.format", "ssh"],
      ["user.signingKey", key],
    ] as const)
      git("config", name, value);
    await propose(registry, { files: await chooseFiles(registry, GREET) });
    expect(git("cat-file", "commit", "cuecard/greet")).toContain("-----BEGIN SSH SIGNATURE-----");
  });

  it("applies the filters of git's attributes, and keeps modes", async () => {
    const { git } = repository;
    git("config", "filter.upper.clean", "tr a-z A-Z");
    repository.write(".gitattributes", "prompts/data.txt filter=upper\n*.md text eol=crlf\n");
    repository.write({ "prompts/data.txt": "small", [TONE]: "Be formal.\r\nAlways.\r\n" });
    chmodSync(path.join(repository.dir, GREET), 0o755);
    git("commit", "-q", "-m", "Executable", "--", GREET);
    repository.write(GREET, "Once more, {{name}}!\r\n");
    const { result } = await propose(registry, { files: await chooseFiles(registry), branch: "cuecard/x" });
    expect(result?.files).toContain("prompts/data.txt");
    expect(git("show", "cuecard/x:prompts/data.txt")).toBe("SMALL");
    expect(git("show", `cuecard/x:${TONE}`)).toBe("Be formal.\nAlways.");
    expect(git("ls-tree", "--format=%(objectmode)", "cuecard/x", GREET)).toBe("100755");
  });

  it("works in a folder of a repository, in a linked worktree, and where only some files are checked out", async () => {
    const { git, dir } = repository;
    git("stash", "-q", "--include-untracked");
    git("worktree", "add", "-q", "--detach", "../linked");
    const linked = path.join(dir, "../linked");
    openRepository(linked).write(GREET, "From a worktree, {{name}}!");
    const there = await openRegistry({ dir: linked });
    onTestFinished(() => there.close());
    expect(await propose(there, { files: await chooseFiles(there), branch: "cuecard/linked" })).toMatchObject({
      result: { created: true },
    });
    expect(git("diff", "--name-only", "main", "cuecard/linked")).toBe(GREET);

    repository.write({ "apps/bot/prompts/hi.md": "Hi", "apps/bot/cuecard.config.json": "{}" }).commit();
    repository.write({ "apps/bot/prompts/hi.md": "Hi {{name}}", [GREET]: "Not this one" });
    const below = await openRegistry({ dir: path.join(dir, "apps/bot") });
    onTestFinished(() => below.close());
    const files = await chooseFiles(below);
    expect(files.map(({ file }) => file)).toEqual(["prompts/hi.md"]);
    await propose(below, { files, branch: "cuecard/below" });
    expect(git("diff", "--name-only", "main", "cuecard/below")).toBe("apps/bot/prompts/hi.md");

    git("checkout", "-q", "--", ".");
    git("sparse-checkout", "set", "--no-cone", "/prompts/greet.md", "/aliases.json");
    repository.write(GREET, "Sparse {{name}}");
    expect(await chooseFiles(registry)).toMatchObject([{ file: GREET }]);
    await propose(registry, { files: await chooseFiles(registry), branch: "cuecard/sparse" });
    expect(git("diff", "--name-only", "main", "cuecard/sparse")).toBe(GREET);
  });

  it("says which branch is in the way", async () => {
    repository.git("branch", "cuecard");
    const { result, codes, messages } = await propose(registry, { files: await chooseFiles(registry, GREET) });
    expect([result, codes]).toEqual([undefined, ["git/refused"]]);
    expect(messages[0]).toContain("refs/heads/cuecard");
  });
});
