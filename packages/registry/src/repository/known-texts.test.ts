import { mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { KnownTexts } from "./known-texts.js";

it("reads a file again if anything about it has changed, and not otherwise", async () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), "cuecard-test-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const file = path.join(dir, "greet.md");
  // As if files had been written long ago.
  let ahead = 60_000;
  const texts = new KnownTexts(() => Date.now() + ahead);
  const later = () => new Promise((done) => setTimeout(done, 30));

  expect(texts.read(file).text).toBeUndefined();
  const write = (text: string) => {
    writeFileSync(file, text);
    utimesSync(file, 1000, 1000);
  };
  write("one");
  const first = texts.read(file);
  expect(first.text).toBe("one");
  expect(texts.read(file)).toBe(first);
  // Another text of the same size, with the same time.
  await later();
  write("two");
  expect(texts.read(file).text).toBe("two");
  rmSync(file);
  expect(texts.read(file).text).toBeUndefined();
  symlinkSync("elsewhere.md", file);
  expect(texts.read(file).text).toBeUndefined();
  rmSync(file);
  writeFileSync(file, "two");
  expect(texts.read(file).text).toBe("two");

  // What was written just now may be written again within the same tick of the clock.
  ahead = 0;
  await later();
  writeFileSync(file, "new");
  const fresh = texts.read(file);
  expect(texts.read(file)).not.toBe(fresh);
});
