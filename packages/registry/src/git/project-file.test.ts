import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { readProjectFile } from "./project-file.js";

function folder(): string {
  const dir = mkdtempSync(path.join(os.tmpdir(), "cuecard-test-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

it("reads a file again if anything about it has changed, and not otherwise", async () => {
  // As if files had been written long ago.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });
  onTestFinished(() => void vi.useRealTimers());
  const [dir, other] = [folder(), folder()];
  const file = path.join(dir, "prompts.lock");
  const write = (text: string) => {
    writeFileSync(file, text);
    utimesSync(file, 1000, 1000);
  };
  const read = async (place = dir) => (await readProjectFile(place, "prompts.lock"))?.text;
  expect(await read()).toBeUndefined();
  write("one");
  const first = await readProjectFile(dir, "prompts.lock");
  expect(first?.text).toBe("one");
  expect(await readProjectFile(dir, "prompts.lock")).toBe(first);
  // Another text of the same size, with the same time.
  await new Promise((done) => setTimeout(done, 30));
  write("two");
  expect(await read()).toBe("two");
  writeFileSync(path.join(other, "prompts.lock"), "six");
  expect(await read(other)).toBe("six");
  expect(await read()).toBe("two");
  rmSync(file);
  expect(await read()).toBeUndefined();
});
