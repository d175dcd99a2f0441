import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { replaceFile } from "./replace-file.js";

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "cuecard-replace-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

it("replaces a file, and leaves it unchanged if the last check fails", async () => {
  const dir = folder();
  const file = join(dir, "a.json");
  expect(await replaceFile(file, "one")).toBe(true);
  expect(await replaceFile(file, "two", async () => false)).toBe(false);
  expect(readFileSync(file, "utf8")).toBe("one");
  expect(readdirSync(dir)).toEqual(["a.json"]);
});

it("works where file handles have no sync method, as under Yarn's Plug'n'Play", async () => {
  const file = join(folder(), "a.json");
  writeFileSync(file, "");
  const handle = await open(file);
  const prototype: { sync: unknown } = Object.getPrototypeOf(handle);
  const { sync } = prototype;
  await handle.close();
  onTestFinished(() => {
    prototype.sync = sync;
  });
  prototype.sync = undefined;
  expect(await replaceFile(file, "text")).toBe(true);
  expect(readFileSync(file, "utf8")).toBe("text");
});
