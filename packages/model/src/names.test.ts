// The name rules, as tables.

import { describe, expect, it } from "vitest";
import { aliasNameProblem, classifyPath, parseVersionTag, partialCandidates, promptNameProblem } from "./names.js";

describe("promptNameProblem", () => {
  it.each(["a", "cost_analyst_prompt", "finance/forecast", "v2.1-beta", "9lives", "a.b/c.d", "constructor"])(
    "allows %s",
    (name) => {
      expect(promptNameProblem(name)).toBeUndefined();
    },
  );

  it.each([
    ["", "it is empty"],
    ["/a", "empty path segment"],
    ["a//b", "empty path segment"],
    ["a/", "empty path segment"],
    [".hidden", 'the segment ".hidden"'],
    ["-a", 'the segment "-a"'],
    ["a b", 'the segment "a b"'],
    ["a/../b", 'the segment ".."'],
    ["a..b", 'contains ".."'],
    ["a.", 'ends in "."'],
    ["a.lock", 'ends in ".lock"'],
    ["a@v1", 'the segment "a@v1"'],
    ["é", 'the segment "é"'],
    ["a".repeat(201), "longer than 200"],
  ])("refuses %j", (name, problem) => {
    expect(promptNameProblem(name)).toContain(problem);
  });
});

describe("aliasNameProblem", () => {
  it.each(["production", "dev-2", "A_b", "v", "vNext", "2nd", "constructor"])("allows %s", (alias) => {
    expect(aliasNameProblem(alias)).toBeUndefined();
  });

  it.each([
    ["latest", "reserved"],
    ["Latest", "reserved"],
    ["WORKING", "reserved"],
    ["v1", "looks like a version"],
    ["V12", "looks like a version"],
    ["2", "looks like a version"],
    ["", "may contain only"],
    ["a b", "may contain only"],
    ["a/b", "may contain only"],
    ["a".repeat(256), "may contain only"],
    ["__proto__", "meaning of its own"],
  ])("refuses %j", (alias, problem) => {
    expect(aliasNameProblem(alias)).toContain(problem);
  });
});

describe("parseVersionTag", () => {
  it.each([
    ["greet@v1", { name: "greet", version: 1 }],
    ["finance/forecast@v12", { name: "finance/forecast", version: 12 }],
    ["pkg@1.2.3", undefined],
    ["greet@v0", undefined],
    ["greet@v01", undefined],
    ["greet@v1.0", undefined],
    ["greet@v", undefined],
    ["greet@v1000000000", undefined],
    ["@scope/pkg@v1", undefined],
    ["../greet@v1", undefined],
    ["v1", undefined],
  ])("reads %s", (tag, expected) => {
    expect(parseVersionTag(tag)).toEqual(expected);
  });
});

describe("classifyPath", () => {
  it.each([
    ["greet.md", { kind: "prompt", name: "greet" }],
    ["finance/forecast.md", { kind: "prompt", name: "finance/forecast" }],
    ["_guidelines.md", { kind: "partial", name: "guidelines" }],
    ["finance/_guidelines.md", { kind: "partial", name: "finance/guidelines" }],
    ["logo.png", { kind: "other" }],
    ["a b.md", { kind: "invalid", name: "a b", problem: expect.any(String) }],
  ])("%s", (path, expected) => {
    expect(classifyPath(path)).toEqual(expected);
  });
});

describe("partialCandidates", () => {
  it("looks in the prompt's folder, then in each parent", () => {
    expect(partialCandidates("a/b/prompt", "tone")).toEqual(["a/b/_tone.md", "a/_tone.md", "_tone.md"]);
    expect(partialCandidates("a/prompt", "shared/tone")).toEqual(["a/shared/_tone.md", "shared/_tone.md"]);
    expect(partialCandidates("prompt", "../tone")).toEqual([]);
  });
});
