import { UsageError } from "@cuecard/model";
import { describe, expect, it } from "vitest";
import { gitFromEnvironment } from "./git-choice.js";

describe("the git adapter that the environment chooses", () => {
  it.each([
    [undefined, undefined],
    ["", undefined],
    ["auto", "auto"],
    ["isomorphic", "isomorphic"],
  ] as const)("CUECARD_GIT=%s: %s", (variable, expected) => {
    expect(gitFromEnvironment(variable === undefined ? {} : { CUECARD_GIT: variable })).toBe(expected);
  });

  it.each(["isomorhpic", "NATIVE", "git", "constructor"])("CUECARD_GIT=%s is refused", (variable) => {
    const choose = () => gitFromEnvironment({ CUECARD_GIT: variable });
    expect(choose).toThrow(UsageError);
    expect(choose).toThrow(`CUECARD_GIT is "${variable}"; use auto, native or isomorphic`);
  });
});
