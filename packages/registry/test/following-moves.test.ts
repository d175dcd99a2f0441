// The moves of aliases that follow releases: each is a commit that changes what prompts.lock says of the prompt.

import { createRepository, type TestRepository } from "@cuecard/testing";
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { readHistory } from "../src/history/read-history.js";
import { withRepository } from "./read.js";

// This file runs many git commands: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const line = (tag: string) => `${tag} ${"1".repeat(40)} sha256-${"A".repeat(43)}=\n`;
const ALIASES = '{ "greet": { "staging": "latest" } }\n';

async function moves({ dir }: TestRepository): Promise<string[]> {
  const history = await withRepository(dir, {}, (repository) => readHistory(repository, ["greet"], true));
  const print = (target: (typeof history.moves)[number]["to"]) =>
    target?.kind === "version" ? `v${target.version}` : (target?.kind ?? "nothing");
  return history.moves
    .map(({ from, to, commit }) => `${commit.message.trim()}: ${print(from)} → ${print(to)}`)
    .reverse();
}

it("are found among many changes of the lock that are about other prompts", async () => {
  const steps = fc.sample(fc.constantFrom("other", "other", "other", "greet", "retire", "pin", "follow"), {
    seed: 5,
    numRuns: 60,
  });
  const repository = createRepository().write("aliases.json", ALIASES);
  repository.commit("0");
  const expected = ["0: nothing → latest"];
  let [stored, versions, lock] = ["latest", 0, ""];
  const retired = new Set<number>();
  const newest = () =>
    Array.from({ length: versions }, (_, index) => versions - index).find((one) => !retired.has(one));
  const leadsTo = () => (stored === "latest" && newest() !== undefined ? `v${newest()}` : stored);
  for (const [index, step] of steps.entries()) {
    const message = String(index + 1);
    const before = [stored, leadsTo()];
    if (step === "other") lock += line(`other@v${index}`);
    if (step === "greet") lock = line(`greet@v${++versions}`) + lock;
    const bad = newest();
    if (step === "retire" && bad !== undefined && bad > 1) {
      retired.add(bad);
      lock = lock.replace(line(`greet@v${bad}`), line(`greet@v${bad}`).replace("\n", ' "" retired "bad"\n'));
    }
    if (step === "pin") stored = "v1";
    if (step === "follow") stored = "latest";
    repository.write("aliases.json", ALIASES.replace("latest", stored)).write("prompts.lock", lock);
    repository.git("add", "--all");
    repository.git("commit", "--quiet", "--allow-empty", "-m", message);
    if (before.join() !== [stored, leadsTo()].join()) expected.push(`${message}: ${before[1]} → ${leadsTo()}`);
  }
  expect(expected.length).toBeGreaterThan(8);
  expect(await moves(repository)).toEqual(expected);
});

it("are found on branches that were merged", async () => {
  const repository = createRepository().write("aliases.json", ALIASES).write("prompts.lock", line("greet@v1"));
  repository.commit("base");
  for (const [branch, tags] of [
    ["one", ["a@v1", "greet@v2", "b@v1"]],
    ["two", ["c@v1", "d@v1", "e@v1"]],
  ] as const) {
    repository.git("checkout", "--quiet", "-b", branch, "main");
    let lock = line("greet@v1");
    for (const tag of tags) {
      lock += line(tag);
      repository.write("prompts.lock", lock).commit(`record ${tag}`);
    }
  }
  repository.git("checkout", "--quiet", "main");
  repository.git("merge", "--quiet", "--no-ff", "-m", "merge two", "two");
  repository.git("merge", "--quiet", "--no-ff", "--no-commit", "-X", "ours", "one");
  repository.write("prompts.lock", ["greet@v1", "greet@v2", "a@v1", "b@v1", "c@v1", "d@v1", "e@v1"].map(line).join(""));
  repository.commit("merge one");
  expect(await moves(repository)).toEqual(["base: nothing → v1", "record greet@v2: v1 → v2"]);
});
