import { describe, expect, expectTypeOf, it } from "vitest";
import { type Arguments, type Code, catalogue } from "./catalogue.js";
import type { Finding } from "./finding.js";

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

  it("gives the arguments of each code", () => {
    expectTypeOf<Arguments<"git/failed">>().toEqualTypeOf<{ problem: string }>();
    expectTypeOf<Arguments<"release/raced">>().toEqualTypeOf<{ tags: readonly string[] }>();
  });
});
