// A process that knows the tags lists what git lists, and asks git only if a ref has changed.

import { createProject } from "@cuecard/testing";
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { KnownTags } from "./known-tags.js";
import { openNative } from "./native.js";
import { inspectRepository } from "./preflight.js";

// Starts git.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

it("lists what git lists", async () => {
  const repository = createProject({ "prompts/greet.md": "Hi" }).identify();
  repository.commit("First");
  repository.tag("greet@v1");
  repository.write("prompts/greet.md", "Hello").commit("Second");
  repository.git("branch", "other");
  const facts = inspectRepository(repository.dir);
  if (facts === undefined) throw new Error("there is no repository");
  const reader = openNative(facts);
  const known = new KnownTags();
  const operations: Readonly<Record<string, (name: string) => void>> = {
    tag: (name) => repository.git("tag", "--force", name, "HEAD~1"),
    move: (name) => repository.git("tag", "--force", name),
    annotate: (name) => repository.git("tag", "--force", "--annotate", "--message=Notes", name),
    remove: (name) =>
      repository.git("tag", "--delete", ...repository.git("tag", "--list", name).split("\n").filter(Boolean)),
    pack: () => repository.git("pack-refs", "--all"),
    symbolic: () => repository.git("symbolic-ref", "refs/tags/s@v1", "refs/heads/other"),
    "no longer symbolic": () => repository.git("update-ref", "--no-deref", "-d", "refs/tags/s@v1"),
    branch: (name) => repository.git("branch", "--force", "other", name === "a@v1" ? "HEAD" : "HEAD~1"),
    nothing: () => {},
  };
  const step = fc.record({
    operation: fc.constantFrom(...Object.keys(operations)),
    name: fc.constantFrom("a@v1", "b@v1"),
  });
  let asked = 0;
  const steps = fc.sample(step, { seed: 3, numRuns: 50 });
  for (const { operation, name } of steps) {
    operations[operation]?.(name);
    const list = await known.list(facts, () => {
      asked++;
      return reader.listTags();
    });
    expect(list.text, `${operation} ${name}`).toBe((await reader.listTags()).text);
  }
  await reader.close();
  expect(asked).toBeLessThan(steps.length - 10);
});
