import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findLeftovers, sweepLeftovers, temporaryName } from "./leftovers.js";
import { isProcessAlive } from "./process-alive.js";

const DEAD = 2 ** 22 + 1;
const RANDOM = "0123456789ab";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function folderWith(names: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "cuecard-leftovers-"));
  folders.push(folder);
  for (const name of names) writeFileSync(join(folder, name), "half");
  return folder;
}

describe("findLeftovers", () => {
  it.each([
    ["of a process that has ended", `.a.json.${DEAD}-${RANDOM}`, true],
    ["of a process that is running", `.a.json.${process.ppid}-${RANDOM}`, false],
    ["of an impossible process id", `.a.json.99999999999-${RANDOM}`, true],
    ["with another prefix", `.b.json.${DEAD}-${RANDOM}`, false],
    ["with a date, made by the user", ".a.json.20261128-backup", false],
    ["without a process id", ".a.json.bak", false],
  ])("a name %s", (_, name, isLeft) => {
    expect(findLeftovers(folderWith([name]), ".a.json.")).toEqual(isLeft ? [name] : []);
  });

  it("finds a file with this process's id that is older than the process", () => {
    const name = `x.${process.pid}-${RANDOM}`;
    const folder = folderWith([name]);
    expect(findLeftovers(folder, "x.")).toEqual([]);
    utimesSync(join(folder, name), 1, 1);
    expect(findLeftovers(folder, "x.")).toEqual([name]);
  });

  it("never finds what this process is working on, even with an old time", () => {
    const name = temporaryName("x.");
    const folder = folderWith([name]);
    utimesSync(join(folder, name), 1, 1);
    expect(findLeftovers(folder, "x.")).toEqual([]);
  });

  it("finds nothing in a folder that does not exist", () => {
    expect(findLeftovers(join(tmpdir(), "cuecard-does-not-exist"), "x.")).toEqual([]);
  });
});

it("sweeps files and folders", () => {
  const folder = folderWith([`x.${DEAD}-${RANDOM}`, "x.txt"]);
  mkdirSync(join(folder, `x.${DEAD}-ba9876543210`, "inner"), { recursive: true });
  sweepLeftovers(folder, "x.");
  expect(readdirSync(folder)).toEqual(["x.txt"]);
});

it.each([
  [process.pid, true],
  [process.ppid, true],
  [DEAD, false],
  [0, false],
  [-1, false],
  [Number.NaN, false],
  [2 ** 40, false],
])("isProcessAlive(%d) is %s", (pid, alive) => {
  expect(isProcessAlive(pid)).toBe(alive);
});
