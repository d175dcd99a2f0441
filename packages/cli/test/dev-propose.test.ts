// Proposing in `cuecard dev`: what its page asks for. e2e/tools/propose.test.ts opens the page.

import { chmodSync } from "node:fs";
import path from "node:path";
import type { PlannedProposal, ProposableChanges, ProposalDone } from "@cuecard/project";
import { createProject } from "@cuecard/testing";
import { expect, it, vi } from "vitest";
import { edit } from "./edit-project.js";
import { addRemote, editedProject, GREET, stateOf, TONE } from "./edited-project.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

it("plans, refuses what has changed since, and writes what was planned", async () => {
  const repository = editedProject();
  const remote = addRemote(repository);
  const { dev, answer: ask } = await edit(repository);
  const before = stateOf(repository);
  const changes = await ask<ProposableChanges>("changes", {});
  expect(changes).toMatchObject({ identity: "Ada <ada@example.com>", target: { remote: "origin", base: "main" } });
  const files = changes.files
    .filter(({ file }) => [GREET, TONE].includes(file))
    .map(({ file, digest }) => ({ file, digest }));
  const plan = await ask<PlannedProposal>("plan-proposal", { files });
  expect(plan).toMatchObject({ branch: "cuecard/tone-and-greet", isNew: true, findings: [], files: [TONE, GREET] });
  expect(plan.review[0]).toEqual({ kind: "paragraph", content: ["1 prompt changes; no caller breaks."] });
  expect(plan.review).toContainEqual({ kind: "heading", content: [{ code: "greet" }] });
  expect(JSON.stringify(plan.review)).toContain('{"kind":"removed","text":"kind"}');
  const { branch, state } = plan;
  // The review is the same if the branch's name cannot be used.
  const misnamed = await ask<PlannedProposal>("plan-proposal", { files, branch: "cuecard/foo bar..x" });
  expect(misnamed).toEqual({ ...plan, branchProblem: expect.stringContaining('a space or ".."') });
  const order = { files, branch, state, message: "Be formal" };
  // Only what was shown can be proposed.
  const refusals: readonly (readonly [object, RegExp])[] = [
    [{ ...order, state: "" }, /has changed since the review/],
    [{ ...order, files: files.slice(1) }, /has changed since the review/],
    [{ ...order, branch: "main" }, /does not begin with cuecard\//],
    [{ ...order, files: [{ file: "src/app.ts", digest: "" }] }, /not a file of the prompts folder/],
    [
      { ...order, files: [{ file: GREET, digest: "" }] },
      /^prompts\/greet\.md has changed since the review was shown\nLook at the changes again\.$/,
    ],
    [{ ...order, files: "all" }, /options\.files.*must be a list/],
    [{ ...order, identity: "Ada" }, /options\.identity.*must be an object/],
    [{ ...order, identity: { name: "A\0", email: "a@example.com" } }, /identity\.name.*must be a string without NUL/],
  ];
  for (const [body, problem] of refusals)
    expect(await dev.ask("propose", body)).toEqual({ status: 422, json: { error: expect.stringMatching(problem) } });
  expect(repository.git("branch", "--list", "cuecard/*")).toBe("");
  expect(await ask("count-changes", {})).toEqual({ waiting: 4 });
  const done = await ask<ProposalDone>("propose", order);
  expect(await ask("count-changes", {})).toEqual({ waiting: 2 });
  expect(done).toMatchObject({ branch, created: true, pushed: false });
  const branches = async () => (await ask<ProposableChanges>("changes", {})).branches;
  expect(await branches()).toEqual([{ name: branch, isPushed: false }]);
  remote.write("hooks/pre-receive", "#!/bin/sh\nexit 1\n");
  chmodSync(path.join(remote.dir, "hooks/pre-receive"), 0o755);
  const kept = await ask<ProposalDone>("push-proposal", { branch });
  expect(kept).toMatchObject({ pushed: false, problem: expect.stringContaining("not pushed") });
  expect(await branches()).toEqual([{ name: branch, isPushed: false }]);
  remote.write("hooks/pre-receive", "#!/bin/sh\n");
  expect(await ask<ProposalDone>("push-proposal", { branch })).toMatchObject({ commit: done.commit, pushed: true });
  expect(await branches()).toEqual([{ name: branch, isPushed: true }]);
  expect(remote.git("log", "-1", "--format=%H %s", branch)).toBe(`${done.commit} Be formal`);
  expect(await dev.ask("push-proposal", { branch: "main" })).toMatchObject({ status: 422 });
  expect(stateOf(repository)).toEqual(before);
});

it("says what to do in a repository without a commit", async () => {
  const { dev } = await edit(createProject({ "prompts/greet.md": "Hello" }));
  expect(await dev.ask("changes", {})).toEqual({
    status: 422,
    json: {
      error:
        'This repository has no commit yet.\nCommit your files first: run `git add .`, then `git commit -m "Add prompts"`.',
    },
  });
});
