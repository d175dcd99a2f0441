import { describe, expect, expectTypeOf, it } from "vitest";
import type { Finding } from "./catalogue/finding.js";
import { type Arguments, type Code, catalogue } from "./catalogue.js";
import { diagnose } from "./diagnostic.js";

describe("the catalogue", () => {
  // An assertion (`as Finding<…>`) checks the words against their arguments, but neither missing nor unknown members.
  it.each(Object.entries(catalogue) as [Code, Finding<never>][])("%s is complete", (code, entry) => {
    expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*\/[a-z]+(?:-[a-z]+)*$/);
    expect(["error", "warning", "info"]).toContain(entry.severity);
    expect(["settings", "read", "compile", "plan", "write"]).toContain(entry.stage);
    expect(entry.about).toMatch(/\S/);
    expect(["string", "function"]).toContain(typeof entry.message);
    expect(["string", "function", "undefined"]).toContain(typeof entry.hint);
    expect(["severity", "stage", "about", "message", "hint"]).toEqual(expect.arrayContaining(Object.keys(entry)));
  });

  it.each([
    ["2c94b3d82ac5faa1", "edef23b4e5685297", "2c94b3d82ac5", "edef23b4e568"],
    ["2c94b3d82ac5faa1", "2c94b3d82ac5fab1", "2c94b3d82ac5faa", "2c94b3d82ac5fab"],
  ])("prints %s and %s with as many digits as differ", (a, b, first, second) => {
    const file = "prompts.lock";
    const moved = diagnose("tag/moved", { tag: "greet@v1", locked: a, found: b }, { file });
    expect(moved.message).toMatch(new RegExp(`\\b${first}\\b.*\\b${second}\\b`));
    expect(moved.hint).toContain(`\`git tag -f greet@v1 ${first}\``);
    const args = { tag: "greet@v1", remote: "origin", here: a, there: b, locked: undefined };
    const differs = diagnose("release/tag-differs", args, { file });
    expect(differs.message).toMatch(new RegExp(`\\b${first}\\b.*\\b${second}\\b`));
  });

  it("gives the arguments of each code", () => {
    expectTypeOf<Arguments<"git/failed">>().toEqualTypeOf<{ problem: string }>();
    expectTypeOf<Arguments<"release/raced">>().toEqualTypeOf<{ tags: readonly string[] }>();
  });
});
