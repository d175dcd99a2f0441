// What walking through the history finds, and how much it reads.

import { createRepository } from "@cuecard/testing";
import { expect, it } from "vitest";
import { openIsomorphic } from "./isomorphic.js";
import { inspectRepository } from "./preflight.js";
import { walkOutside } from "./walk-history.js";

function open(dir: string) {
  const facts = inspectRepository(dir);
  if (facts === undefined) throw new Error("no repository");
  return openIsomorphic(facts);
}

it("finds the commit where two histories parted like git, also where an older branch was merged", async () => {
  const repository = createRepository();
  const write = (file: string) => repository.write(file, "text\n").commit(file);
  write("first");
  repository.git("branch", "older");
  const base = write("second");
  repository.git("branch", "feature");
  for (const file of ["third", "fourth", "fifth"]) write(file);
  repository.git("checkout", "--quiet", "older");
  write("beside");
  repository.git("checkout", "--quiet", "-");
  repository.git("merge", "--quiet", "--no-edit", "older");
  const main = repository.git("rev-parse", "HEAD");
  repository.git("checkout", "--quiet", "feature");
  const feature = write("sixth");
  expect(repository.git("merge-base", feature, main)).toBe(base);
  expect(await open(repository.dir).findMergeBase(feature, main)).toBe(base);
});

it("reads no more of the history than it needs to find commits in it", async () => {
  const repository = createRepository();
  const commits = ["first", "second", "third", "fourth"].map((file) => repository.write(file, "text\n").commit(file));
  const [first = "", , third = "", fourth = ""] = commits;
  const read: string[] = [];
  const reader = open(repository.dir);
  const readObject = (oid: string) => {
    read.push(oid);
    return reader.readObject(oid);
  };
  expect(await walkOutside({ readObject }, [third], [fourth])).toEqual(new Set());
  expect(read).toEqual([fourth]);
  expect(await walkOutside({ readObject }, [first, fourth], [third])).toEqual(new Set([fourth]));
});
