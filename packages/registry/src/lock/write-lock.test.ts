import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { writeLock } from "./write-lock.js";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "cuecard-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

it("replaces the file and leaves nothing beside it", async () => {
  await writeLock(dir, "one\n");
  await writeLock(dir, "two\n");
  expect(readFileSync(join(dir, "prompts.lock"), "utf8")).toBe("two\n");
  expect(readdirSync(dir)).toEqual(["prompts.lock"]);
});

it("leaves nothing beside it when it cannot be written", async () => {
  mkdirSync(join(dir, "prompts.lock/in-the-way"), { recursive: true });
  await expect(writeLock(dir, "one\n")).rejects.toThrow();
  expect(readdirSync(dir)).toEqual(["prompts.lock"]);
});
