// Changes that follow each other closely: the watcher's library leaves some out.

import { createProject, runGit } from "@cuecard/testing";
import { expect, it, onTestFinished, vi } from "vitest";
import { coalesce } from "./coalesce.js";
import { SETTLE_MS, startWatcher } from "./start-watcher.js";

// On a busy machine, the system reports changes of files late.
vi.setConfig({ testTimeout: 60_000 });

async function start(dir: string, changed: () => void): Promise<void> {
  const config = { prompts: "prompts" } as Parameters<typeof startWatcher>[0]["config"];
  const watcher = await startWatcher({ dir, config }, [], changed);
  onTestFinished(() => watcher.close());
}

it("misses no change that follows a run at once", async () => {
  const project = createProject({ "prompts/greet.md": "Hello" });
  const most = 6;
  let changes = 0;
  let seen = 0;
  // Like a user who waits for the result: the next change comes as soon as a run has read the last one.
  const change = () => project.write("prompts/greet.md", `Hello ${++changes}`);
  const loop = coalesce(async () => {
    seen = changes;
    if (changes < most) change();
  }, SETTLE_MS);
  onTestFinished(() => loop.stop());
  await start(project.dir, () => loop.trigger());
  change();
  await vi.waitUntil(() => seen === most, { timeout: 20_000, interval: 5 });
  expect(seen).toBe(most);
});

it("notices changes right after the start, also in a folder of the repository and in a linked worktree", async () => {
  const project = createProject({ "inner/prompts/greet.md": "Hello" });
  project.commit();
  runGit(project.dir, ["worktree", "add", "-q", "--detach", "../linked"]);
  for (const folder of ["inner", "../linked/inner"]) {
    let events = 0;
    await start(`${project.dir}/${folder}`, () => events++);
    project.write(`${folder}/prompts/greet.md`, "Changed");
    await vi.waitUntil(() => events === 1, { timeout: 20_000, interval: 5 });
    project.tag(`greet@v${folder.length}`);
    await vi.waitUntil(() => events > 1, { timeout: 20_000, interval: 5 });
    const before = events;
    project.git("pack-refs", "--all");
    await vi.waitUntil(() => events > before, { timeout: 20_000, interval: 5 });
  }
});
