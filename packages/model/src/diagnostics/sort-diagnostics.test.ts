import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { type Diagnostic, diagnose, inRevision, type Place, type Subject } from "./diagnostic.js";
import { compareRevisions, type Revision } from "./revision.js";
import { compareDiagnostics, sortDiagnostics } from "./sort-diagnostics.js";

// Random cases take longer on a slow machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const at = (line: number, column = 1) => ({ start: { line, column }, end: { line, column: column + 1 } });
const undeclared = (variable: string, place: Place, subject?: Subject, nearest?: string) =>
  diagnose("template/undeclared-variable", { variable, nearest }, place, subject);

const revision: fc.Arbitrary<Revision | undefined> = fc.oneof(
  fc.constantFrom(undefined, "draft" as const),
  fc.record({ version: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ commit: fc.constantFrom("2c94b3d8", "2c94b3d9", "a0", "e4", "10") }),
);
const diagnostic: fc.Arbitrary<Diagnostic> = fc
  .record({
    file: fc.constantFrom("prompts/_p.md", "prompts/a.md"),
    revision,
    line: fc.integer({ min: 1, max: 3 }),
    variable: fc.constantFrom("x", "y"),
    nearest: fc.constantFrom(undefined, "z"),
    name: fc.constantFrom(undefined, "a", "b"),
    severity: fc.constantFrom("error" as const, "warning" as const),
  })
  .map(({ file, revision, line, variable, nearest, name, severity }) => ({
    ...undeclared(variable, { file, revision, range: at(line) }, name === undefined ? undefined : { name }, nearest),
    severity,
  }));

describe("sorted diagnostics", () => {
  it("are the same, whatever order they were found in", () => {
    fc.assert(
      fc.property(
        fc
          .array(diagnostic, { maxLength: 12 })
          .chain((found) => fc.tuple(fc.constant(found), fc.shuffledSubarray(found, { minLength: found.length }))),
        ([found, shuffled]) => {
          expect(sortDiagnostics(shuffled)).toEqual(sortDiagnostics(found));
        },
      ),
      { seed: 9, numRuns: 500 },
    );
  });

  it("are in a total order", () => {
    fc.assert(
      fc.property(diagnostic, diagnostic, diagnostic, (a, b, c) => {
        expect(Math.sign(compareDiagnostics(a, b))).toBe(-Math.sign(compareDiagnostics(b, a)) + 0);
        expect(compareDiagnostics(a, b) === 0).toBe(JSON.stringify(a) === JSON.stringify(b));
        if (compareDiagnostics(a, b) <= 0 && compareDiagnostics(b, c) <= 0)
          expect(compareDiagnostics(a, c)).toBeLessThanOrEqual(0);
      }),
      { seed: 9, numRuns: 2000 },
    );
  });

  it("have the working tree first, then the draft, versions by number, and commits by id", () => {
    const revisions = [
      { commit: "2c94" },
      { version: 10 },
      "draft",
      { version: 9 },
      undefined,
      { commit: "10aa" },
    ] as const;
    expect(revisions.toSorted(compareRevisions)).toEqual([
      "draft",
      { version: 9 },
      { version: 10 },
      { commit: "10aa" },
      { commit: "2c94" },
      undefined, // Array.prototype.toSorted puts it last, whatever the comparison
    ]);
    expect(compareRevisions(undefined, "draft")).toBeLessThan(0);
  });

  it("hold one finding for a partial's mistake, about none of the prompts that share it", () => {
    const place = { file: "prompts/_p.md", range: at(1) };
    const [a, b] = [undeclared("x", place, { name: "a" }), undeclared("x", place, { name: "b" })];
    expect(sortDiagnostics([b, a])).toEqual([undeclared("x", place)]);
    expect(sortDiagnostics([a, a])).toEqual([a]);
  });

  it("hold a finding for each version whose partial has a mistake: the texts may differ", () => {
    const place = { file: "prompts/_p.md", range: at(1) };
    const [a, b] = ["a", "b"].map((name) => inRevision(undeclared("x", place), { version: 3 }, { name, version: 3 }));
    expect(sortDiagnostics([b, a].filter((one) => one !== undefined))).toEqual([a, b]);
  });
});
