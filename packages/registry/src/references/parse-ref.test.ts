import { expect, it } from "vitest";
import { parseRef } from "./parse-ref.js";

it.each<[string, ReturnType<typeof parseRef>]>([
  ["greet", { name: "greet", ref: undefined }],
  ["finance/forecast", { name: "finance/forecast", ref: undefined }],
  ["greet@production", { name: "greet", ref: "production" }],
  ["greet@v3", { name: "greet", ref: "v3" }],
  ["greet@3", { name: "greet", ref: "v3" }],
  ["prompts:/greet/3", { name: "greet", ref: "v3" }],
  ["prompts:/finance/forecast@production", { name: "finance/forecast", ref: "production" }],
  ["prompts:/finance/forecast/latest", { name: "finance/forecast", ref: "latest" }],
  ["", undefined],
  ["greet@", undefined],
  ["@v1", undefined],
  ["../secret", undefined],
  ["prompts:/greet", undefined],
  ["prompts:greet", undefined],
])("%s", (text, parsed) => expect(parseRef(text)).toEqual(parsed));
