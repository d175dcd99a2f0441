import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { CompiledFile } from "./compiled-file.js";
import { CacheKey, Seal } from "./seal.js";

const disk = vi.hoisted(() => ({ fails: false, isFull: false }));
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const readSync = (fd: number, into: Buffer, offset: number, length: number, position: number): number => {
    if (disk.fails) throw Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" });
    return fs.readSync(fd, into, offset, length, position);
  };
  const writeSync = (fd: number, bytes: Buffer, offset: number): number => {
    if (disk.isFull) throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    return fs.writeSync(fd, bytes, offset);
  };
  return { ...fs, readSync, writeSync };
});

function folder(): string {
  const dir = mkdtempSync(path.join(os.tmpdir(), "cuecard-test-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function open(dir: string): CompiledFile {
  const key = CacheKey.of(import.meta.dirname);
  if (key === undefined) throw new Error("this file is in no repository");
  const file = new CompiledFile(path.join(dir, "compiled.bin"), new Seal(key, "identity"));
  onTestFinished(() => file.close());
  return file;
}

describe("the file of compiled versions", () => {
  it("counts an entry that the disk cannot read as damaged", () => {
    const dir = folder();
    const first = open(dir);
    first.set("a", "text");
    first.save(new Set(["a"]));
    const second = open(dir);
    expect(second.get("a")).toBe("text");
    disk.fails = true;
    onTestFinished(() => {
      disk.fails = false;
    });
    expect(second.get("a")).toBeUndefined();
    expect(second.has("a")).toBe(false);
  });

  it("keeps texts of every size, before and after they are on disk", () => {
    const dir = folder();
    const texts = [0, 1, 700_000, 348_576, 1 << 20, (1 << 20) + 1, 3_000_000, 5].map((length, index) => {
      const text = `${index}é`.repeat(length).slice(0, length);
      return [`digest ${index}`, text] as const;
    });
    const first = open(dir);
    for (const [digest, text] of texts) first.set(digest, text);
    for (const [digest, text] of texts) expect(first.get(digest) === text).toBe(true);
    first.set("late", "text");
    first.save(new Set([...texts.map(([digest]) => digest), "late"]));
    const second = open(dir);
    for (const [digest, text] of [...texts, ["late", "text"] as const]) expect(second.get(digest) === text).toBe(true);
  });

  it("adds small files beside a large one, and makes few of them", () => {
    const dir = folder();
    const digests = Array.from({ length: 200 }, (_, index) => `digest ${index}`);
    const save = (count: number, added: readonly string[]): CompiledFile => {
      const file = open(dir);
      for (const digest of added) file.set(digest, `text of ${digest}`);
      file.save(new Set(digests.slice(0, count)));
      return file;
    };
    save(100, digests.slice(0, 100));
    const main = statSync(path.join(dir, "compiled.bin"));
    for (let count = 101; count <= 120; count++) save(count, digests.slice(count - 1, count));
    expect(statSync(path.join(dir, "compiled.bin"))).toMatchObject({ ino: main.ino, mtimeMs: main.mtimeMs });
    expect(readdirSync(dir).length).toBeLessThan(5);
    const all = save(120, []);
    for (const digest of digests.slice(0, 120)) expect(all.get(digest)).toBe(`text of ${digest}`);
    // What is not wanted is removed once it is a part that counts.
    const few = save(50, []);
    expect(readdirSync(dir)).toEqual(["compiled.bin"]);
    expect([few.has("digest 49"), few.has("digest 50"), few.get("digest 0")]).toEqual([
      true,
      false,
      "text of digest 0",
    ]);
  });

  it("leaves the old file in place when the disk is full, and nothing half-written", () => {
    const dir = folder();
    const first = open(dir);
    first.set("a", "old");
    first.save(new Set(["a"]));
    const second = open(dir);
    second.set("b", "waits");
    disk.isFull = true;
    onTestFinished(() => {
      disk.isFull = false;
    });
    expect(second.get("b")).toBeUndefined();
    expect(second.has("b")).toBe(false);
    second.set("c", "c".repeat(2 << 20));
    second.set("d", "waits");
    second.save(new Set(["a", "b", "c", "d"]));
    expect(readdirSync(dir)).toEqual(["compiled.bin"]);
    expect([second.get("a"), second.get("d")]).toEqual(["old", undefined]);
  });

  it("can be written twice at once in one process", () => {
    const dir = folder();
    const [one, other] = [open(dir), open(dir)];
    one.set("a", "of one");
    other.set("b", "of the other");
    one.set("c", "of one again");
    one.save(new Set(["a", "c"]));
    other.save(new Set(["b"]));
    expect([one.get("a"), one.get("c"), other.get("b")]).toEqual(["of one", "of one again", "of the other"]);
    expect(readdirSync(dir)).toEqual(["compiled.bin"]);
  });

  it("sweeps what killed builds left, and leaves others' work", () => {
    const dir = folder();
    const dead = 2 ** 22 + 1;
    const random = "0123456789ab";
    const [alive, reused] = [process.ppid, process.pid].map((pid) => `compiled.bin.${pid}-${random}`);
    for (const name of [`compiled.bin.${dead}-${random}`, reused, alive])
      writeFileSync(path.join(dir, name ?? ""), "half");
    utimesSync(path.join(dir, reused ?? ""), 1, 1);
    const file = open(dir);
    file.set("a", "text");
    file.save(new Set(["a"]));
    expect(readdirSync(dir).sort()).toEqual(["compiled.bin", alive]);
  });
});
