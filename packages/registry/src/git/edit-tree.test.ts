import { execFileSync } from "node:child_process";
import { createRepository } from "@cuecard/testing";
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { editTree } from "./edit-tree.js";
import { openNative } from "./native.js";
import { inspectRepository } from "./preflight.js";
import { writeObjects } from "./write-objects.js";

// Starts git.
vi.setConfig({ testTimeout: 30_000 });

const { dir } = createRepository();
const git = (args: readonly string[], input = "") =>
  execFileSync("git", args, { cwd: dir, input, encoding: "utf8" }).trim();
const facts = inspectRepository(dir);
if (facts === undefined) throw new Error("there is no repository");

/** Names whose order in a tree depends on whether they are folders. */
const path = fc
  .array(fc.constantFrom("a", "a-b", "a.md", "ab", "é", "z"), { minLength: 1, maxLength: 3 })
  .map((names) => names.join("/"));

/** Without paths below others, and each once. */
function withoutNested(paths: readonly string[]): string[] {
  const all = [...new Set(paths)];
  return all.filter((one) => !all.some((other) => other !== one && other.startsWith(`${one}/`)));
}

it("makes the same trees as git's index", async () => {
  const reader = openNative(facts);
  const blobs = ["one", "two"].map((text) => git(["hash-object", "-w", "--stdin"], text));
  const [old = "", blob = ""] = blobs;
  await fc.assert(
    fc.asyncProperty(
      fc.array(path, { maxLength: 12 }),
      fc.array(fc.tuple(path, fc.boolean()), { maxLength: 4 }),
      async (existing, wanted) => {
        const files = withoutNested(existing);
        const edits = withoutNested(wanted.map(([file]) => file)).map((file) => ({
          file,
          isDeleted: wanted.find(([other]) => other === file)?.[1] === true,
        }));
        git(["read-tree", "--empty"]);
        git(["update-index", "--index-info"], files.map((file) => `100755 ${old}\t${file}\n`).join(""));
        const root = git(["write-tree"]);
        const edited = await editTree(
          { facts, reader },
          root,
          edits.map(({ file, isDeleted }) => ({ path: file.split("/"), blob: isDeleted ? undefined : blob })),
        );
        const isBlocked = edits.some(
          ({ file: added, isDeleted }) =>
            !isDeleted && files.some((file) => added.startsWith(`${file}/`) || file.startsWith(`${added}/`)),
        );
        expect(edited === undefined).toBe(isBlocked);
        if (edited === undefined) return;
        for (const { file, isDeleted } of edits)
          if (!isDeleted)
            git([
              "update-index",
              "--add",
              "--cacheinfo",
              `${files.includes(file) ? "100755" : "100644"},${blob},${file}`,
            ]);
          else if (files.includes(file)) git(["update-index", "--force-remove", "--", file]);
        expect(edited.oid).toBe(git(["write-tree"]));
      },
    ),
    { seed: 3, numRuns: 40 },
  );
  await reader.close();
});

it("writes objects of every type and size", async () => {
  const texts = ["", "short", "longer than one byte can count".repeat(10), "x".repeat(100_000)];
  const { code, messages } = await writeObjects(
    facts,
    texts.map((text) => ({ type: "blob", data: Buffer.from(text) })),
  );
  expect([code, messages]).toEqual([0, ""]);
  for (const text of texts) expect(git(["cat-file", "blob", git(["hash-object", "--stdin"], text)])).toBe(text);
});
