// Checks tags against prompts.lock in real repositories: each rule of docs/file-formats.md, and their order.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRepository, type TestRepository } from "@cuecard/testing";
import { describe, expect, it } from "vitest";
import { brief, lock, read, versionsOf } from "./read.js";

function createGreetings(): TestRepository {
  const repository = createRepository();
  repository.release("greet", 1, "Hello\n");
  repository.release("greet", 2, "Hi\n", "Shorter");
  return repository;
}

function writeLock(dir: string, text: string): void {
  writeFileSync(join(dir, "prompts.lock"), text);
}

function lockLines(repository: TestRepository): string[] {
  return readFileSync(join(repository.dir, "prompts.lock"), "utf8").trimEnd().split("\n");
}

describe("the lock", () => {
  it("gets one line per version, with the notes of annotated tags, and then stays the same", async () => {
    const repository = createGreetings();
    const first = await lock(repository.dir);
    const versions = first.snapshot?.versions ?? [];
    expect(first.lock).toEqual({
      before: "",
      changed: true,
      added: [
        { name: "greet", version: 1 },
        { name: "greet", version: 2 },
      ],
      resolved: false,
      text: `greet@v1 ${versions[0]?.commit} ${versions[0]?.digest}\ngreet@v2 ${versions[1]?.commit} ${versions[1]?.digest} "Shorter"\n`,
    });
    const second = await read(repository.dir);
    expect(second.lock).toEqual({
      before: first.lock.text,
      text: first.lock.text,
      changed: false,
      added: [],
      resolved: false,
    });
    expect(second.snapshot).toEqual(first.snapshot);
  });

  it("is not rewritten because of its line ends, but is sorted", async () => {
    const repository = createGreetings();
    const { lock: written } = await lock(repository.dir);
    writeLock(repository.dir, written.text.replaceAll("\n", "\r\n"));
    expect((await read(repository.dir)).lock.changed).toBe(false);
    const shuffled = `${lockLines(repository).toReversed().join("\n")}\n${lockLines(repository)[0]}\n`;
    writeLock(repository.dir, shuffled);
    expect((await read(repository.dir)).lock).toEqual({ ...written, before: shuffled.replaceAll("\r", ""), added: [] });
    expect((await read(repository.dir, { frozen: true })).lock).toMatchObject({ changed: false });
  });

  it("keeps the line, and the version, of a deleted tag", async () => {
    const repository = createGreetings();
    const before = await lock(repository.dir);
    repository.git("tag", "-d", "greet@v1");
    const after = await read(repository.dir);
    expect(after.snapshot).toEqual(before.snapshot);
    expect(after.lock.changed).toBe(false);
  });

  it("takes new notes from a tag unless frozen, and never loses them to a lightweight tag", async () => {
    const repository = createGreetings();
    await lock(repository.dir);
    const commit = repository.git("rev-parse", "greet@v2^{commit}");
    repository.tag("greet@v2", "Much shorter", { force: true, at: commit });
    const notes = async (frozen: boolean) => (await read(repository.dir, { frozen })).snapshot?.versions[1]?.notes;
    expect(await notes(true)).toBe("Shorter");
    expect(await notes(false)).toBe("Much shorter");
    const refreshed = await lock(repository.dir);
    expect(refreshed.lock).toMatchObject({ changed: true, added: [] });
    expect(lockLines(repository)[1]).toMatch(/ "Much shorter"$/);
    repository.tag("greet@v2", undefined, { force: true, at: commit });
    expect(await notes(false)).toBe("Much shorter");
    expect((await read(repository.dir)).lock.changed).toBe(false);
  });
});

describe("disagreement", () => {
  it("reports a moved tag at its line, and does not use it", async () => {
    const repository = createGreetings();
    const { snapshot } = await lock(repository.dir);
    const found = repository.commit("Another");
    repository.tag("greet@v1", undefined, { force: true });
    repository.write("aliases.json", '{ "greet": { "production": "v1" } }');
    const result = await read(repository.dir);
    const locked = snapshot?.versions[0]?.commit ?? "";
    expect(versionsOf(result)).toEqual(["greet@v2"]);
    expect(brief(result.diagnostics)).toEqual([
      "aliases.json:1:28 alias/unusable-version",
      "prompts.lock:1:1 tag/moved",
    ]);
    expect(result.diagnostics[1]).toMatchObject({
      severity: "error",
      message: `the tag greet@v1 was moved: prompts.lock has ${locked.slice(0, 12)}, but the tag points at ${found.slice(0, 12)}`,
      hint: `restore it with \`git fetch origin +refs/tags/greet@v1:refs/tags/greet@v1\` or, if it was moved on the remote as well, with \`git tag -f greet@v1 ${locked.slice(0, 12)}\`; release new content as a new version`,
      range: { start: { line: 1, column: 1 }, end: { line: 1, column: (lockLines(repository)[0]?.length ?? 0) + 1 } },
    });
    expect(result.lock.changed).toBe(false);
  });

  it("reports a digest that does not match the content", async () => {
    const repository = createGreetings();
    await lock(repository.dir);
    const [first = "", second = ""] = lockLines(repository);
    const [tag = "", commit = "", digest = ""] = first.split(" ");
    writeLock(repository.dir, `${tag} ${commit} sha256-${"A".repeat(43)}=\n${second}\n`);
    const result = await read(repository.dir);
    expect(versionsOf(result)).toEqual(["greet@v2"]);
    expect(brief(result.diagnostics)).toEqual(["prompts.lock:1:1 lock/digest-mismatch"]);
    expect(result.diagnostics[0]?.hint).toBe(
      `restore this line from git history: its digest is sha256-${"A".repeat(43)}=, but Cuecard found ${digest}`,
    );
    expect(result.lock.changed).toBe(false);
  });

  it("reports a line whose commit lacks the prompt, or is not a commit", async () => {
    const repository = createGreetings();
    await lock(repository.dir);
    const line = lockLines(repository)[0] ?? "";
    const tree = repository.git("rev-parse", "HEAD^{tree}");
    const commit = line.split(" ")[1] ?? "";
    await writeLock(
      repository.dir,
      `${line.replace("greet", "absent")}\n${line.replace(commit, tree).replace("v1", "v9")}\n`,
    );
    const result = await read(repository.dir);
    expect(brief(result.diagnostics)).toEqual([
      "prompts.lock:1:1 lock/digest-mismatch",
      "prompts.lock:2:1 lock/invalid-line",
    ]);
    expect(result.diagnostics[0]?.hint).toMatch(/found no prompts\/absent\.md in the commit/);
  });

  it("reports at its line a locked tag that is no longer a valid version", async () => {
    const repository = createGreetings();
    await lock(repository.dir);
    repository.git("tag", "-f", "greet@v2", "HEAD^{tree}");
    expect(brief((await read(repository.dir)).diagnostics)).toEqual(["prompts.lock:2:1 tag/not-a-commit"]);
  });

  it("reports a missing commit", async () => {
    const repository = createGreetings();
    const { lock: written } = await lock(repository.dir);
    const gone = "1".repeat(40);
    writeLock(repository.dir, `${written.text}greet@v3 ${gone} sha256-${"A".repeat(43)}=\n`);
    const result = await read(repository.dir);
    expect(versionsOf(result)).toEqual(["greet@v1", "greet@v2"]);
    expect(result.diagnostics).toMatchObject([
      {
        code: "lock/commit-missing",
        range: { start: { line: 3, column: 1 } },
        hint: "run `git fetch --tags`; if the commit is lost, remove the line from prompts.lock",
      },
    ]);
  });

  it("does not overwrite a lock that it cannot read", async () => {
    const repository = createGreetings();
    const text = "<<<<<<< ours\n=======\n>>>>>>> theirs\n";
    writeLock(repository.dir, text);
    const result = await read(repository.dir);
    expect(brief(result.diagnostics)).toEqual(["prompts.lock:1:1 lock/conflict-markers"]);
    expect(result.lock).toEqual({ before: text, text, changed: false, added: [], resolved: false });
  });
});

describe("frozen", () => {
  it("ignores a tag without a line, and reports a pointer at it", async () => {
    const repository = createGreetings();
    await lock(repository.dir);
    repository.release("greet", 3, "Hey\n");
    repository.release("new", 1, "New\n");
    const quiet = await read(repository.dir, { frozen: true });
    expect(quiet.diagnostics).toEqual([]);
    expect(versionsOf(quiet)).toEqual(["greet@v1", "greet@v2"]);
    expect(quiet.snapshot?.versions[1]?.targeted).toBe(true);
    repository.write("aliases.json", '{\n  "greet": { "dev": { "v2": 1, "v3": 1 } },\n  "new": { "dev": "v1" }\n}');
    const loud = await read(repository.dir, { frozen: true });
    expect(brief(loud.diagnostics)).toEqual([
      "aliases.json:2:32 lock/missing-line",
      "aliases.json:3:19 lock/missing-line",
    ]);
    expect(loud.diagnostics[0]).toMatchObject({
      message: "greet@dev points at greet@v3, which is missing from prompts.lock, and the lock is frozen",
      hint: "run `cuecard lock` and commit the result",
    });
    expect(loud.lock.changed).toBe(false);
    expect((await read(repository.dir)).diagnostics).toEqual([]);
  });
});

describe("pointers", () => {
  it("mark their target versions, including the arms of splits", async () => {
    const repository = createGreetings();
    repository.release("greet", 3, "Hey\n");
    repository.release("greet", 4, "Howdy\n");
    repository.release("greet", 5, "Moin\n");
    repository.write("aliases.json", '{ "greet": { "production": { "v3": 1, "v1": 9 }, "dev": "working" } }');
    const { snapshot, diagnostics } = await read(repository.dir);
    expect(diagnostics).toEqual([]);
    expect(snapshot?.versions.filter(({ targeted }) => targeted).map(({ version }) => version)).toEqual([1, 3, 5]);
    expect(snapshot?.aliases.map(({ alias, target }) => [alias, target.kind])).toEqual([
      ["dev", "working"],
      ["production", "split"],
    ]);
  });

  it("have one diagnostic if aliases.json is not text, and may follow a byte-order mark", async () => {
    const repository = createGreetings();
    repository.write("aliases.json", Buffer.from([0x7b, 0xff]));
    expect(brief((await read(repository.dir)).diagnostics)).toEqual(["aliases.json:1:2 prompt/not-text"]);
    repository.write("aliases.json", '\uFEFF{ "greet": {\r\n "a": "v9" } }');
    expect(brief((await read(repository.dir)).diagnostics)).toEqual(["aliases.json:2:7 alias/unknown-version"]);
  });
});

describe("a tag whose number is far above the others", () => {
  it("does not count as a version, unless the lock has it", async () => {
    const repository = createGreetings();
    await lock(repository.dir);
    repository.git("tag", "greet@v999999999");
    const found = await read(repository.dir);
    expect(brief(found.diagnostics)).toEqual(["prompts/greet.md@v999999999 tag/jump"]);
    expect(versionsOf(found)).toEqual(["greet@v1", "greet@v2"]);
    expect(found.lock.changed).toBe(false);
    const [, second = ""] = lockLines(repository);
    writeLock(repository.dir, `${lockLines(repository).join("\n")}\n${second.replace("@v2", "@v5000")}\n`);
    repository.git("tag", "greet@v5000", "greet@v2^{commit}");
    repository.git("tag", "greet@v5001", "greet@v2^{commit}");
    expect(versionsOf(await read(repository.dir))).toEqual(["greet@v1", "greet@v2", "greet@v5000", "greet@v5001"]);
  });
});
