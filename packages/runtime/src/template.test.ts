// What random templates do not reach: holes, iterables, values with a text of their own. The rest is held against
// Handlebars itself, in the compiler's tests.

import Handlebars from "handlebars";
import { describe, expect, it } from "vitest";
import { each, text } from "./template.js";

const holes: unknown[] = ["a", "b", "c"];
delete holes[1];

describe("each", () => {
  it.each([
    ["an array with holes", holes],
    ["a set", new Set(["a", "b"])],
    [
      "a map",
      new Map([
        ["k", "v"],
        ["l", "w"],
      ]),
    ],
    ["an object", { x: 1, y: 2 }],
    ["an object without prototype", Object.assign(Object.create(null), { x: 1 })],
    ["nothing", undefined],
    ["an empty array", []],
    ["a text", "abc"],
  ])("walks %s as Handlebars does", (_, items) => {
    const oracle = Handlebars.compile("{{#each items}}{{@key}}/{{@index}}/{{@last}}={{this}};{{else}}none{{/each}}", {
      noEscape: true,
    });
    const rendered = each(
      items,
      (item, key, index, last) => `${text(key)}/${text(index)}/${text(last)}=${text(item)};`,
      () => "none",
    );
    expect(rendered).toBe(oracle({ items }));
  });
});

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
