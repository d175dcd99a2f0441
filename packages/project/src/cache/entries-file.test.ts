// What is read from the files of entries is what was last written, or nothing: whatever happens to the files.

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Entries } from "@cuecard/model";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { EntriesFile } from "./entries-file.js";
import { CacheKey } from "./seal.js";

interface Entry {
  readonly text: string;
}

function folder(): string {
  const dir = mkdtempSync(path.join(os.tmpdir(), "cuecard-test-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function open(dir: string, identity = "identity"): EntriesFile<string, Entry> {
  const key = CacheKey.of(import.meta.dirname);
  if (key === undefined) throw new Error("this file is in no repository");
  return new EntriesFile({ path: dir, key }, "record", identity);
}

function contentsOf({ head, entries }: { readonly head: string; readonly entries: Entries<Entry> }) {
  return { head, entries: Object.fromEntries(entries.names.map((name) => [name, entries.get(name)])) };
}

function manyEntries(count: number): Entries<Entry> {
  return Entries.of(
    new Map(Array.from({ length: count }, (_, index) => [`prompt-${index}`, { text: `é text of ${index}` }])),
  );
}

describe("a file of entries", () => {
  it("writes only what has changed, until that is much", async () => {
    const dir = folder();
    await open(dir).write({ head: "first", entries: manyEntries(1000) });
    const sizes: number[] = [];
    for (let step = 0; step < 150; step++) {
      const file = open(dir);
      const { entries } = file.read() ?? { entries: manyEntries(0) };
      await file.write({ head: `step ${step}`, entries: entries.with(new Map([[`prompt-${step}`, { text: "new" }]])) });
      sizes.push(statSync(path.join(dir, "record.json")).size);
    }
    const read = open(dir).read();
    expect(read?.head).toBe("step 149");
    expect(["prompt-0", "prompt-149", "prompt-150"].map((name) => read?.entries.get(name)?.text)).toEqual([
      "new",
      "new",
      "é text of 150",
    ]);
    expect(Math.max(...sizes)).toBeLessThan(10_000);
    expect(sizes.at(-1)).toBeLessThan(Math.max(...sizes));
    expect(readdirSync(dir).length).toBe(2);
  });

  it("is of one identity", async () => {
    const dir = folder();
    await open(dir).write({ head: "", entries: manyEntries(3) });
    expect(open(dir, "another").read()).toBeUndefined();
  });

  it("reads what was written, or nothing, whatever happens to the files", async () => {
    const name = fc.nat(60).map((index) => `prompt-${index}`);
    const step = fc.oneof(
      fc.record({ kind: fc.constant("write"), name, text: fc.option(fc.string()) }),
      fc.record({ kind: fc.constantFrom("damage", "cut", "remove", "old file"), at: fc.nat(1e6), which: fc.nat(1) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const [dir, old] = [folder(), folder()];
        const written: unknown[] = [undefined];
        for (const [index, one] of steps.entries()) {
          const file = open(dir);
          const found = file.read();
          expect(written).toContainEqual(found && contentsOf(found));
          if ("name" in one) {
            const before = found?.entries ?? manyEntries(40);
            const entry = one.text === null ? undefined : { text: one.text };
            const entries = before.with(new Map([[one.name, entry]]));
            const stored = { head: `${index}`, entries };
            await file.write(stored);
            written.push(contentsOf(stored));
            const again = open(dir).read();
            expect(again && contentsOf(again)).toEqual(written.at(-1));
          } else disturb(dir, old, one);
        }
      }),
      { numRuns: 50, seed: 7 },
    );
  });
});

function disturb(dir: string, old: string, { kind, at, which }: { kind: string; at: number; which: number }): void {
  const names = readdirSync(dir).sort();
  const target = names[which % Math.max(1, names.length)];
  if (target === undefined) return;
  const file = path.join(dir, target);
  const bytes = readFileSync(file);
  if (kind === "remove") rmSync(file);
  else if (kind === "cut") writeFileSync(file, bytes.subarray(0, at % bytes.length));
  else if (kind === "damage") {
    bytes.writeUInt8((bytes.readUInt8(at % bytes.length) + 1) % 256, at % bytes.length);
    writeFileSync(file, bytes);
  } else {
    for (const one of readdirSync(old)) if (at % 2 === which) cpSync(path.join(old, one), path.join(dir, one));
    cpSync(dir, old, { recursive: true });
  }
}
