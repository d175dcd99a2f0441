import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createFile, replaceFile } from "./replace-file.js";

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

it("creates a file once, even if several try at the same time, and never replaces one", async () => {
  const dir = folder();
  const file = join(dir, "a.md");
  const texts = Array.from({ length: 10 }, (_, index) => `text ${index}`);
  const created = await Promise.all(texts.map((text) => createFile(file, text)));
  expect(created.filter(Boolean)).toHaveLength(1);
  expect(readFileSync(file, "utf8")).toBe(texts[created.indexOf(true)]);
  expect(readdirSync(dir)).toEqual(["a.md"]);
});

it("keeps permissions that the mask of the process lacks", async () => {
  const file = join(folder(), "a.md");
  writeFileSync(file, "one");
  chmodSync(file, 0o666);
  await replaceFile(file, "two");
  expect(statSync(file).mode & 0o777).toBe(0o666);
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
