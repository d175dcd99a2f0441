import { spawn, spawnSync } from "node:child_process";
import { createRepository } from "@cuecard/testing";
import { expect, it } from "vitest";
import { CatFile, type CatFileDialect, catFileArguments } from "./cat-file.js";

const node = (script: string) => new CatFile(spawn(process.execPath, ["-e", script]), "/a/folder", "batch");

it.each<CatFileDialect>(["batch", "batch-command"])("reads objects of git itself by --%s", async (dialect) => {
  const repository = createRepository().write("a.txt", "one\n");
  repository.commit("One");
  const oid = (revision: string) =>
    spawnSync("git", ["rev-parse", revision], { cwd: repository.dir, encoding: "utf8" }).stdout.trim();
  const child = spawn("git", catFileArguments(dialect), { cwd: repository.dir });
  const objects = new CatFile(child, repository.dir, dialect);
  const [blob, tree, missing] = await Promise.all(
    [oid("HEAD:a.txt"), oid("HEAD^{tree}"), "0".repeat(40)].map((id) => objects.read(id)),
  );
  expect([blob?.type, blob?.data.toString()]).toEqual(["blob", "one\n"]);
  expect(tree?.type).toBe("tree");
  expect(missing).toBeUndefined();
  expect((await objects.read(oid("HEAD")))?.type).toBe("commit");
  await objects.close();
});

/** Answers each line like git, in pieces of a few bytes. */
const IN_PIECES = `
  const answers = { a: "a blob 5\\nx\\ny\\0z\\n", b: "b missing\\n", c: "c tree 0\\n\\n", d: "d blob 1000001\\n" + "x".repeat(1000001) + "\\n", e: "e commit 3\\nabc\\n" };
  let rest = "";
  process.stdin.on("data", (chunk) => {
    const lines = (rest + chunk).split("\\n");
    rest = lines.pop();
    const text = lines.map((line) => answers[line]).join("");
    const step = text.length > 1000 ? 70001 : 3;
    for (let at = 0; at < text.length; at += step) process.stdout.write(text.slice(at, at + step));
  });`;

it("answers in the order of the requests, wherever the output is split", async () => {
  const objects = node(IN_PIECES);
  const [a, b, c] = await Promise.all(["a", "b", "c"].map((oid) => objects.read(oid)));
  expect([a?.type, a?.size, a?.data.toString()]).toEqual(["blob", 5, "x\ny\0z"]);
  expect(b).toBeUndefined();
  expect([c?.type, c?.data.length]).toEqual(["tree", 0]);
  const [d, e] = await Promise.all(["d", "e"].map((oid) => objects.read(oid)));
  expect([d?.size, d?.data.length]).toEqual([1_000_001, 0]);
  expect(e?.data.toString()).toBe("abc");
  await objects.close();
});

it("fails pending and later requests when the process ends", async () => {
  const objects = node('process.stderr.write("fatal: loose object is corrupt\\n"); process.exit(128)');
  const failure = "git could not read the repository: loose object is corrupt";
  await expect(objects.read("a")).rejects.toThrow(failure);
  await expect(objects.read("b")).rejects.toThrow(failure);
  await objects.close();
  const silent = node("process.exit(1)");
  await expect(silent.read("a")).rejects.toThrow("git cat-file ended early");
});
