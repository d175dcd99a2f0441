// What makes reading without a git program fast and safe. The contract tests check that it reads correctly.

import * as fs from "node:fs";
import { join } from "node:path";
import { createRepository } from "@cuecard/testing";
import git from "isomorphic-git";
import { expect, it } from "vitest";
import { createBoundedCache, keepDeltaBases } from "./delta-bases.js";
import { openIsomorphic } from "./isomorphic.js";
import { inspectRepository } from "./preflight.js";
import { parsePackedRefs } from "./refs.js";

const OID = "a".repeat(40);
const PEELED = "b".repeat(40);

function createPacked() {
  const repository = createRepository();
  const text = Array.from({ length: 200 }, (_, index) => `line ${index}\n`).join("");
  for (let version = 1; version <= 8; version++) repository.release("greet", version, `${text}${version}\n`);
  repository.git("repack", "-a", "-d", "-q", "-f", "--depth=50");
  return repository;
}

function open(dir: string) {
  const facts = inspectRepository(dir);
  if (facts === undefined) throw new Error("no repository");
  return openIsomorphic(facts);
}

it("makes isomorphic-git cache delta bases (if this fails, its internals may have changed)", async () => {
  const repository = createPacked();
  const cache: Record<symbol, unknown> = {};
  const read = (rev: string) =>
    git.readObject({ fs, dir: repository.dir, oid: repository.git("rev-parse", rev), format: "content", cache });
  await read("greet@v1");
  await keepDeltaBases(cache);
  for (let version = 1; version <= 8; version++) await read(`greet@v${version}:prompts/greet.md`);
  const [packs] = Object.getOwnPropertySymbols(cache).map((symbol) => cache[symbol]);
  const pack: unknown = await (packs as Map<string, unknown>).values().next().value;
  const { offsets, offsetCache } = pack as { offsets: Map<string, number>; offsetCache: Record<number, unknown> };
  const oid = repository.git("rev-parse", "greet@v1:prompts/greet.md");
  expect(offsetCache[offsets.get(oid) ?? 0]).toMatchObject({ type: "blob" });
});

it("forgets the oldest bases beyond its limit", () => {
  const cache = createBoundedCache(10);
  const entry = (bytes: number) => ({ type: "blob", object: new Uint8Array(bytes) });
  cache["1"] = entry(4);
  cache["2"] = entry(4);
  cache["1"] = entry(5);
  expect([cache["1"], cache["2"]]).toEqual([entry(5), entry(4)]);
  cache["3"] = entry(5);
  expect(cache["1"]).toBeUndefined();
  expect([cache["2"], cache["3"]]).toEqual([entry(4), entry(5)]);
});

it("finds objects that a concurrent gc moved into a new pack", async () => {
  const repository = createPacked();
  const late = repository.release("late", 1, "late\n");
  const reader = open(repository.dir);
  expect(await reader.readObject(repository.git("rev-parse", "greet@v1"))).toMatchObject({ type: "commit" });
  repository.git("gc", "--quiet", "--prune=now");
  expect(await reader.readObject(late)).toMatchObject({ type: "commit" });
  expect(await reader.readObject("1".repeat(40))).toBeUndefined();
});

it("shows none of isomorphic-git's messages about a damaged object", async () => {
  const repository = createRepository();
  repository.release("greet", 1, "hello\n");
  const oid = repository.git("rev-parse", "greet@v1");
  const path = join(repository.dir, ".git/objects", oid.slice(0, 2), oid.slice(2));
  fs.chmodSync(path, 0o644);
  fs.writeFileSync(path, "SECRET");
  await expect(open(repository.dir).readObject(oid)).rejects.toThrow(
    new RegExp(`^git could not read the repository: object ${oid} cannot be read$`),
  );
});

it("reads packed-refs", () => {
  const text = `# pack-refs with: peeled fully-peeled sorted \n${OID} refs/heads/main\n${OID} refs/tags/a@v1\n^${PEELED}\n${OID} refs/tags/b/c@v2\nnonsense refs/tags/d\n`;
  expect(parsePackedRefs(text, "refs/tags/")).toEqual([
    { name: "a@v1", oid: OID, peeled: PEELED },
    { name: "b/c@v2", oid: OID },
  ]);
});

it("finds loose objects that were written since it looked, once the tags are listed again", async () => {
  const repository = createRepository();
  repository.release("greet", 1, "Hello\n");
  const reader = open(repository.dir);
  await reader.listTags();
  const text = join(repository.dir, "later.txt");
  fs.writeFileSync(text, "written later\n");
  const oid = repository.git("hash-object", text);
  expect(await reader.readObject(oid)).toBeUndefined();
  repository.git("hash-object", "-w", text);
  await reader.listTags();
  expect((await reader.readObject(oid))?.data.toString()).toBe("written later\n");
});
