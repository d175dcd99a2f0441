import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { CompiledFile } from "./compiled-file.js";

const disk = vi.hoisted(() => ({ fails: false }));
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const readSync = (fd: number, into: Buffer, offset: number, length: number, position: number): number => {
    if (disk.fails) throw Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" });
    return fs.readSync(fd, into, offset, length, position);
  };
  return { ...fs, readSync };
});

function folder(): string {
  const dir = mkdtempSync(path.join(os.tmpdir(), "cuecard-test-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function open(dir: string): CompiledFile {
  const file = new CompiledFile(path.join(dir, "compiled.bin"), "identity");
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
    const alive = `compiled.bin.${process.ppid}-abc`;
    for (const name of [`compiled.bin.${dead}`, `compiled.bin.${dead}-abc`, `compiled.bin.${process.pid}-abc`, alive])
      writeFileSync(path.join(dir, name), "half");
    const file = open(dir);
    file.set("a", "text");
    file.save(new Set(["a"]));
    expect(readdirSync(dir).sort()).toEqual(["compiled.bin", alive]);
  });
});
