// What random templates do not reach: values with a text of their own. The rest is held against Handlebars itself, in the
// compiler's tests.

import { describe, expect, it } from "vitest";
import { text } from "./template.js";

describe("text", () => {
  it.each<[unknown, string]>([
    [null, ""],
    [undefined, ""],
    [false, "false"],
    [0, "0"],
    [10n, "10"],
    [["a", null, ["b"]], "a,,b"],
    [new Date(0).toISOString(), "1970-01-01T00:00:00.000Z"],
    [new URL("https://example.com/"), "https://example.com/"],
    [{ a: 1 }, "[object Object]"],
    [Object.create(null), "[object Object]"],
    [{ toString: () => "forged" }, "[object Object]"],
    [() => "called", ""],
    [Symbol("s"), ""],
  ])("of %s is %j", (value, expected) => {
    expect(text(value)).toBe(expected);
  });
});
