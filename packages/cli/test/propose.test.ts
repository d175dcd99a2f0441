// Proposing what was edited: a branch, a commit and a push, while everything that is checked out stays as it is.

import { readFileSync } from "node:fs";
import path from "node:path";
import { createFolder, createProject, type TestRepository } from "@cuecard/testing";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type ChangesRequest, openRegistry, type Registry } from "../src/index.js";
import { addRemote, chooseFiles, editedProject, GREET, propose, stateOf, TONE } from "./edited-project.js";

vi.setConfig({ testTimeout: 60_000 });

let repository: TestRepository;
let registry: Registry;

beforeEach(async () => {
  repository = editedProject();
  registry = await openRegistry({ dir: repository.dir });
  onTestFinished(() => registry.close());
});

describe("changes", () => {
  it("are what differs from the commit, whatever the index has", async () => {
    addRemote(repository);
    const outcome = await registry.changes();
    expect(outcome).toMatchObject({
      kind: "found",
      value: {
        head: { branch: "main", commit: repository.git("rev-parse", "HEAD") },
        identity: "Ada <ada@example.com>",
        target: { remote: "origin", base: "main", unpushed: 0 },
        branches: [],
        files: [
          { file: TONE, change: "changed", before: "Be kind.", after: "Be formal.", problem: undefined },
          { file: "prompts/finance/new.md", change: "added", before: undefined, after: "New {{what}}" },
          { file: GREET, change: "changed" },
          { file: "prompts/old.md", change: "deleted", digest: "", before: "Old.", after: undefined },
        ],
      },
    });
    repository.git("add", "prompts");
    expect(await registry.changes()).toEqual(outcome);
    repository.write("prompts/_tone.md", "Be kind.");
    expect((await chooseFiles(registry)).map(({ file }) => file)).not.toContain(TONE);
  });

  it("cannot be proposed with conflicts of a merge", async () => {
    const { git } = repository;
    git("stash", "-q", "--include-untracked");
    git("switch", "-q", "-c", "other", "HEAD~1");
    repository.write(GREET, "Theirs {{name}}").commit();
    git("switch", "-q", "main");
    expect(() => git("merge", "-q", "other")).toThrow();
    const outcome = await registry.changes();
    expect(outcome).toMatchObject({ value: { files: [{ file: GREET, problem: expect.stringMatching(/merge/) }] } });
    expect(await propose(registry, { files: await chooseFiles(registry) })).toMatchObject({
      result: undefined,
      codes: ["propose/not-proposable"],
    });
  });
});

describe("propose", () => {
  it("commits the chosen files to a branch, pushes it, and leaves everything else alone", async () => {
    const remote = addRemote(repository);
    const before = stateOf(repository);
    const files = await chooseFiles(registry, GREET, TONE, "prompts/finance/new.md", "prompts/old.md");
    const { plan, diagnostics } = await registry.planChanges({ files, message: "Be formal\n\nAs we agreed." });
    expect(diagnostics).toEqual([]);
    if (plan === undefined) throw new Error("there is no plan");
    expect(plan).toMatchObject({ branch: "cuecard/tone-and-3-more", isNew: true, breaking: false });
    expect(plan.review.prompts.map(({ name, change }) => [name, change])).toEqual([
      ["finance/new", "added"],
      ["greet", "changed"],
      ["old", "deleted"],
    ]);
    const { result } = await registry.applyProposal(plan, { push: "origin" });
    expect(result).toMatchObject({ branch: plan.branch, created: true, pushed: true, link: undefined });
    const { git } = repository;
    expect(git("log", "--format=%an <%ae> %cn: %B", "-1", plan.branch)).toBe(
      "Ada <ada@example.com> Ada: Be formal\n\nAs we agreed.",
    );
    expect(git("diff", "--name-status", "--no-renames", `main...${plan.branch}`)).toBe(
      "M\tprompts/_tone.md\nA\tprompts/finance/new.md\nM\tprompts/greet.md\nD\tprompts/old.md",
    );
    expect(git("show", `${plan.branch}:${GREET}`)).toBe(readFileSync(path.join(repository.dir, GREET), "utf8"));
    expect(remote.git("rev-parse", plan.branch)).toBe(result?.commit);
    expect(stateOf(repository)).toEqual(before);
    expect(await registry.changes()).toMatchObject({
      value: { branches: [{ name: plan.branch }], files: files.map(() => ({ proposedIn: [plan.branch] })) },
    });
  });

  it("writes nothing if the remote has other commits on the branch", async () => {
    const remote = addRemote(repository);
    const { git } = repository;
    const files = await chooseFiles(registry, GREET);
    const theirs = git("commit-tree", "-p", "main", "-m", "Theirs", "main^{tree}");
    git("push", "--quiet", remote.dir, `${theirs}:refs/heads/cuecard/x`);
    const before = [stateOf(repository), git("for-each-ref")];
    expect(await propose(registry, { files, branch: "cuecard/x" }, "origin")).toMatchObject({
      result: undefined,
      codes: ["propose/remote-moved"],
    });
    expect([stateOf(repository), git("for-each-ref")]).toEqual(before);
    await propose(registry, { files, branch: "cuecard/y" }, "origin");
    const tip = git("rev-parse", "cuecard/y");
    git("push", "--quiet", "--force", remote.dir, `${theirs}:refs/heads/cuecard/y`);
    const more = await chooseFiles(registry, GREET, TONE);
    expect(await propose(registry, { files: more, branch: "cuecard/y" }, "origin")).toMatchObject({
      codes: ["propose/remote-moved"],
    });
    expect(git("rev-parse", "cuecard/y")).toBe(tip);
    git("fetch", "--quiet", "origin");
    expect(await propose(registry, { files, branch: "cuecard/x" }, "origin")).toMatchObject({
      codes: ["propose/invalid-branch"],
    });
    expect(await propose(registry, { files }, "origin")).toMatchObject({
      result: { branch: "cuecard/greet", pushed: true },
    });
  });

  it("refuses other branches and files, and what has changed since", async () => {
    const wrong: readonly [what: string, request: ChangesRequest, code: string][] = [
      ["a branch of a person", { branch: "main" }, "propose/invalid-branch"],
      ["an invalid name", { branch: "cuecard/a..b" }, "propose/invalid-branch"],
      ["a name like an option", { branch: "--force" }, "propose/invalid-branch"],
      ["an empty message", { message: " \n" }, "propose/no-message"],
      ["no files", { files: [] }, "propose/nothing"],
      ["another file", { files: [{ file: "src/app.ts", digest: "" }] }, "propose/foreign-file"],
      ["a file outside", { files: [{ file: "prompts/../src/app.ts", digest: "" }] }, "propose/foreign-file"],
      ["git's own folder", { files: [{ file: "prompts/.git/config", digest: "" }] }, "propose/foreign-file"],
      ["a file that changed since", { files: [{ file: GREET, digest: "0".repeat(40) }] }, "propose/file-changed"],
      [
        "a file that is gone since",
        { files: [{ file: "prompts/old.md", digest: "1".repeat(40) }] },
        "propose/file-changed",
      ],
      ["a file that is there", { files: [{ file: GREET, digest: "" }] }, "propose/file-changed"],
    ];
    const files = await chooseFiles(registry, GREET);
    const before = [stateOf(repository), repository.git("for-each-ref")];
    for (const [what, request, code] of wrong) {
      const { result, codes } = await propose(registry, { files, ...request });
      expect([what, result, codes]).toEqual([what, undefined, [code]]);
    }
    expect([stateOf(repository), repository.git("for-each-ref")]).toEqual(before);
  });

  it("refuses what does not compile, and only that", async () => {
    repository.write({ [TONE]: "Be {{#if}}", "prompts/other.md": "{{> none}}" });
    const wrong = await registry.planChanges({ files: await chooseFiles(registry, TONE) });
    // The review is there, with what is wrong.
    expect(wrong).toMatchObject({ plan: { review: { prompts: [{ name: "greet" }] } }, diagnostics: [{ file: TONE }] });
    expect(await propose(registry, { files: await chooseFiles(registry, TONE) })).toMatchObject({ result: undefined });
    expect(await propose(registry, { files: await chooseFiles(registry, GREET) })).toMatchObject({
      result: { created: true },
    });
    repository.remove(TONE);
    expect(await propose(registry, { files: await chooseFiles(registry, TONE) })).toMatchObject({ result: undefined });
    repository.write("aliases.json", '{ "greet": { "production": "v9" } }');
    expect(await propose(registry, { files: await chooseFiles(registry, "aliases.json") })).toMatchObject({
      codes: ["alias/unknown-version"],
    });
  });

  it("needs git and a commit", async () => {
    const empty = await openRegistry({ dir: createProject({ "prompts/greet.md": "Hello" }).dir });
    const none = await openRegistry({ dir: createFolder() });
    onTestFinished(() => {
      empty.close();
      none.close();
    });
    expect(await empty.changes()).toMatchObject({ kind: "broken", diagnostics: [{ code: "propose/no-commit" }] });
    expect(await none.changes()).toMatchObject({ kind: "broken", diagnostics: [{ code: "git/not-a-repository" }] });
  });
});

describe("promote and roll back", () => {
  it("propose only the move, on what was committed", async () => {
    const remote = addRemote(repository);
    repository.write("aliases.json", '{\n  "greet": { "production": "v1", "staging": "v2", "mine": "v1" }\n}\n');
    const before = stateOf(repository);
    const aliases = { kind: "promote", names: ["greet"], from: "staging", to: "production" } as const;
    const { plan } = await registry.planChanges({ aliases });
    expect(plan).toMatchObject({
      branch: "cuecard/promote-greet-from-staging-to-production",
      message: "Promote greet from staging to production",
      moves: [{ name: "greet", alias: "production", from: { version: 1 }, to: { version: 2 } }],
      review: { moves: [{ name: "greet", alias: "production" }], prompts: [] },
    });
    expect(await propose(registry, { aliases }, "origin")).toMatchObject({ result: { pushed: true } });
    expect(JSON.parse(remote.git("show", `${plan?.branch}:aliases.json`))).toEqual({
      greet: { production: "v2", staging: "v2" },
    });
    expect(remote.git("diff", "--name-only", `main...${plan?.branch}`)).toMatch(/^aliases\.json(?:\nprompts\.lock)?$/);
    expect(stateOf(repository)).toEqual(before);
  });

  it("lead back to where an alias was, and share callers", async () => {
    repository.git("stash", "-q", "--include-untracked");
    repository.write("aliases.json", '{\n  "greet": { "production": "v2", "staging": "v2" }\n}\n').commit("Promote");
    const back = await registry.planChanges({ aliases: { kind: "rollback", name: "greet", alias: "production" } });
    expect(back).toMatchObject({ diagnostics: [], plan: { moves: [{ to: { version: 1 }, restores: {} }] } });
    const share = { kind: "promote", names: ["greet"], from: "staging", to: "canary", share: 10 } as const;
    const none = await registry.planChanges({
      aliases: { kind: "promote", names: ["greet"], from: "staging", to: "production" },
    });
    expect(none).toMatchObject({ plan: undefined, diagnostics: [{ code: "propose/nothing" }] });
    expect((await registry.planChanges({ aliases: share })).diagnostics.map(({ severity }) => severity)).toContain(
      "error",
    );
  });

  it("break callers only if that is allowed", async () => {
    repository.git("stash", "-q", "--include-untracked");
    repository.release("greet", 3, "Hello, {{name}} of {{company}}!", "Third");
    const aliases = { kind: "promote", names: ["greet"], from: "latest", to: "production" } as const;
    const { plan, diagnostics } = await registry.planChanges({ aliases });
    expect(plan).toMatchObject({ breaking: true, allowsBreaking: false });
    expect(diagnostics).toMatchObject([{ code: "input/breaking-change" }]);
    const { git } = repository;
    if (plan === undefined) throw new Error("there is no plan");
    expect(await registry.applyProposal(plan)).toMatchObject({ result: undefined });
    expect(git("branch", "--list", "cuecard/*")).toBe("");
    expect(await propose(registry, { aliases, allowBreaking: true })).toMatchObject({ result: { created: true } });
  });
});
