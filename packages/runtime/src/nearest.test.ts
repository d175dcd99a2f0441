// "Did you mean": near misses get a suggestion; short words and words that are far away get none.

import { describe, expect, it } from "vitest";
import { nearest } from "./nearest.js";

const NAMES = ["production", "staging", "dev", "cost_analyst_prompt", "tools", "model", "name", "greet", "host", "id"];

describe("nearest", () => {
  it.each([
    // Case and separators cost nothing, however short the word is.
    ["Production", "production"],
    ["cost-analyst-prompt", "cost_analyst_prompt"],
    ["ID", "id"],
    // A letter too many, too few, or two in the wrong order.
    ["prodution", "production"],
    ["stagign", "staging"],
    ["gret", "greet"],
    ["tool", "tools"],
    ["modle", "model"],
    ["nmae", "name"],
    ["nam", "name"],
    ["ids", "id"],
    ["dve", "dev"],
    // Another letter, in a word that is long enough.
    ["stabing", "staging"],
    ["grwet", "greet"],
    // Several slips in a long word.
    ["prodctoin", "production"],
    ["productive", "production"],
    ["cost_analst_promt", "cost_analyst_prompt"],
  ])("to %s is %s", (given, expected) => {
    expect(nearest(given, NAMES)).toBe(expected);
  });

  it.each(["x", "i", "in", "de", "tol", "cost", "game", "dex", "most", "canary", "stage", "modeling", "product"])(
    "to %s is nothing",
    (given) => {
      expect(nearest(given, NAMES)).toBeUndefined();
    },
  );

  it("is the nearest of several, and never the word itself", () => {
    expect(nearest("prodution", ["produtions", "production", "prodution"])).toBe("produtions");
    expect(nearest("name", ["name", "names"])).toBe("names");
  });
});
