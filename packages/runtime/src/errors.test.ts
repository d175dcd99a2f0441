// `instanceof` across two copies of the package, as a process that imports and requires it has them.

import { expect, it, vi } from "vitest";
import * as here from "./errors.js";

vi.resetModules();
const there = await import("./errors.js");

it("is the same for the errors of both copies, and for nothing else", () => {
  const issues = [{ path: "name", expected: "string", actual: "nothing" }];
  class Special extends here.PromptInputError {}
  const special = new Special("prompts:/greet/1", []);
  const other = new there.PromptInputError("prompts:/greet/1", issues);
  expect(there.PromptInputError).not.toBe(here.PromptInputError);
  expect(other instanceof here.PromptInputError).toBe(true);
  expect(new there.PromptOutputError("prompts:/greet/1", []) instanceof here.PromptOutputError).toBe(true);
  expect(new there.PromptNotFoundError("a@v1", "prompt", "a", []) instanceof here.PromptNotFoundError).toBe(true);
  expect(other instanceof here.PromptOutputError).toBe(false);
  expect([other instanceof Special, special instanceof Special, special instanceof there.PromptInputError]).toEqual([
    false,
    true,
    true,
  ]);
  for (const value of [new TypeError("x"), null, undefined, { name: "PromptInputError" }])
    expect(value instanceof here.PromptInputError).toBe(false);
});
