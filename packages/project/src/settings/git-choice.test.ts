import { UsageError } from "@cuecard/model";
import { describe, expect, it } from "vitest";
import { chooseGit } from "./git-choice.js";

describe("who reads git", () => {
  it.each([
    [undefined, "native"],
    ["", "native"],
    ["auto", "auto"],
    ["isomorphic", "isomorphic"],
  ] as const)("CUECARD_GIT=%s over the setting native: %s", (variable, expected) => {
    expect(chooseGit("native", variable === undefined ? {} : { CUECARD_GIT: variable })).toBe(expected);
  });

  it.each(["isomorhpic", "NATIVE", "git", "constructor"])("CUECARD_GIT=%s is refused", (variable) => {
    const choose = () => chooseGit("native", { CUECARD_GIT: variable });
    expect(choose).toThrow(UsageError);
    expect(choose).toThrow(`CUECARD_GIT is "${variable}"; it may be auto, native or isomorphic`);
  });
});
