import { describe, expect, it } from "vitest";
import { diagnose, formatPlace, hasCode, inRevision } from "./diagnostic.js";

const range = { start: { line: 2, column: 5 }, end: { line: 2, column: 8 } };
const moved = { tag: "greet@v3", locked: "2c94b3d82ac5", found: "edef23b4e568" };

describe("a diagnostic", () => {
  it("keeps its arguments, its subject and its stage", () => {
    const version = { name: "greet", version: 3, commit: "2c94b3d82ac5" };
    const finding = diagnose("tag/moved", moved, { file: "prompts.lock", range }, version);
    expect(finding).toMatchObject({ code: "tag/moved", severity: "error", stage: "read", args: moved });
    expect(finding.subject).toEqual({ name: "greet", version: 3 });
    expect(hasCode(finding, "tag/moved") && finding.args.found).toBe("edef23b4e568");
    expect(hasCode(finding, "tag/unsigned")).toBe(false);
  });

  it("is the same after a trip through JSON", () => {
    const args = { name: undefined, alias: "production", known: [], nearest: undefined };
    const place = { file: "aliases.json", range, revision: { version: 3 } };
    const finding = diagnose("alias/unknown-alias", args, place, { name: "greet", alias: "production" });
    expect(JSON.parse(JSON.stringify(finding))).toStrictEqual(finding);
  });

  it.each([
    [{ version: 3 }, "v3"],
    [{ commit: "2c94b3d82ac5faa19b59ed164735d88ef2d30c7c" }, "2c94b3d82ac5"],
    ["draft" as const, "draft"],
  ])("is in a revision: %j", (revision, ref) => {
    const finding = inRevision(
      diagnose("template/log", { isAlone: false }, { file: "prompts/greet.md", range }),
      revision,
    );
    expect(finding).toMatchObject({ revision, ref });
    expect(formatPlace(finding)).toBe(`prompts/greet.md@${ref}:2:5`);
    expect(finding).toEqual(
      diagnose("template/log", { isAlone: false }, { file: "prompts/greet.md", range, revision }),
    );
  });
});
