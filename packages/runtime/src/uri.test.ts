import { describe, expect, it } from "vitest";
import { parsePromptUri, promptUri } from "./uri.js";

describe("parsePromptUri", () => {
  it.each([
    ["prompts:/greet/3", { name: "greet", ref: "v3" }],
    ["prompts:/greet/v3", { name: "greet", ref: "v3" }],
    ["prompts:/greet@production", { name: "greet", ref: "production" }],
    ["prompts:/greet/latest", { name: "greet", ref: "latest" }],
    ["prompts:/finance/forecast/production", { name: "finance/forecast", ref: "production" }],
    ["prompts:/finance/forecast@2", { name: "finance/forecast", ref: "v2" }],
    ["prompts:/greet", undefined],
    ["prompts:/@production", undefined],
    ["prompts:/greet@", undefined],
    ["greet@production", undefined],
  ])("reads %s", (uri, expected) => {
    expect(parsePromptUri(uri)).toEqual(expected);
  });

  it("reads what promptUri writes", () => {
    expect(parsePromptUri(promptUri("a/b", 7))).toEqual({ name: "a/b", ref: "v7" });
    expect(parsePromptUri(promptUri("a", "working"))).toEqual({ name: "a", ref: "working" });
  });
});
