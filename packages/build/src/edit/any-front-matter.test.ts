// Changes of front matter, however it is written.

import { plainText } from "@cuecard/model";
import { deepEqual } from "@cuecard/runtime";
import { diffArrays } from "diff";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMap, map, print, random, scalar, value } from "../../test/arbitrary-front-matter.js";
import { afterStep, type FieldChange, stepsOf } from "./changed-data.js";
import { findFrontMatter } from "./find-front-matter.js";
import { setFrontMatter } from "./set-front-matter.js";

const set = (text: string, ...changes: readonly FieldChange[]) => setFrontMatter("prompts/a.md", text, changes);

/** A path into data, or just beyond it. */
function pathInto(data: unknown, choose: () => number): (string | number)[] {
  const keys = Array.isArray(data) ? [...data.keys(), data.length] : isMap(data) ? [...Object.keys(data), "new"] : [];
  const picked = keys[Math.floor(choose() * keys.length)];
  if (picked === undefined) return [];
  const inner = Array.isArray(data)
    ? data[Number(picked)]
    : isMap(data) && Object.hasOwn(data, picked)
      ? data[picked]
      : undefined;
  return choose() < 0.5 || inner === undefined ? [picked] : [picked, ...pathInto(inner, choose)];
}

function dataOf(file: string): unknown {
  const found = findFrontMatter({ path: "a.md", text: plainText(file) });
  return "parsed" in found ? (found.parsed.data ?? {}) : found.diagnostics;
}

describe("whatever the front matter and the change are", () => {
  const file = fc.tuple(map, fc.nat()).map(([data, seed]) => {
    const yaml = print(data, 0, random(seed)).replace(/^\n/, "");
    return { data, text: `---\n${yaml}---\nBody\n`, seed: seed + 1 };
  });

  it("has the value afterwards, once and for all", () => {
    fc.assert(
      fc.property(file, value, ({ data, text: before, seed }, next) => {
        const choose = random(seed);
        fc.pre(deepEqual(dataOf(before), data));
        const path = pathInto(data, choose);
        fc.pre(path.length > 0);
        const change: FieldChange = choose() < 0.25 ? { path, remove: true } : { path, value: next };
        const expected = stepsOf(data, change).reduce(afterStep, data as unknown);
        const result = set(before, change);
        expect(result.diagnostics.map(({ message }) => message)).toEqual([]);
        const after = result.text ?? "";
        expect(deepEqual(dataOf(after), expected)).toBe(true);
        expect(after.endsWith("---\nBody\n")).toBe(true);
        // Another item has the index of a removed one.
        if (!("remove" in change && typeof path.at(-1) === "number")) expect(set(after, change).text).toBe(after);
      }),
      { numRuns: 300 },
    );
  });

  it("changes nothing if the value is the same", () => {
    fc.assert(
      fc.property(file, ({ data, text: before }) => {
        fc.pre(deepEqual(dataOf(before), data));
        const changes = Object.entries(data).map(([name, one]) => ({ path: [name], value: one }));
        expect(set(before, ...changes).text).toBe(before);
      }),
      { numRuns: 100 },
    );
  });

  it("changes only the line of the changed value, and keeps all comments", () => {
    fc.assert(
      fc.property(file, scalar, ({ data, text: before, seed }, next) => {
        const choose = random(seed);
        fc.pre(deepEqual(dataOf(before), data));
        const path = pathInto(data, choose);
        const lines = before.split("\n");
        const parts = diffArrays(lines, (set(before, { path, value: next }).text ?? before).split("\n"));
        const removed = parts.reduce((sum, part) => sum + (part.removed === true ? part.count : 0), 0);
        const old = path.reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], data);
        const isScalar = old !== undefined && (typeof old !== "object" || old === null);
        if (!isScalar) return;
        // A text can have lines of its own below its key.
        const own = typeof old === "string" ? old.replace(/\n$/, "").split("\n").length + 1 : 1;
        expect(removed).toBeLessThanOrEqual(own);
        const comments = (text: string) => text.split(/# (?:note|above)/).length;
        expect(comments(set(before, { path, value: next }).text ?? "")).toBe(comments(before));
      }),
      { numRuns: 100 },
    );
  });
});
