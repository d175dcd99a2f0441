// What random templates do not reach: values with a text of their own. The rest is compared with Handlebars itself, in the
// compiler's tests.

import { describe, expect, it } from "vitest";
import { asJson, asText } from "./template.js";

/** A list that holds itself. */
const CYCLE: unknown[] = ["a"];
CYCLE.push(CYCLE, ["b", CYCLE]);

class Unreadable {}
Object.setPrototypeOf(Unreadable.prototype, null);

class Numbered {
  readonly number = 7;
  toString(): string {
    return `number ${this.number}`;
  }
}

function deep(depth: number): unknown[] {
  let list: unknown[] = ["x"];
  for (let i = 0; i < depth; i++) list = [list];
  return list;
}

describe("asText", () => {
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
    [new Numbered(), "number 7"],
    [() => "called", ""],
    [Symbol("s"), ""],
  ])("of %s is %j", (value, expected) => {
    expect(asText(value)).toBe(expected);
  });
});

describe("values without a text of their own", () => {
  const row = (what: string, value: unknown, expected: string) => ({ what, value, expected });
  it.each([
    row("an object of a class without toString", new Unreadable(), "[object Object]"),
    row("one in a list", [new Unreadable(), 1], "[object Object],1"),
    row("an object whose prototype has none", Object.create(Object.create(null)), "[object Object]"),
    row("a list that holds itself", CYCLE, "a,,b,"),
    row("it in another, twice", ["c", CYCLE, CYCLE], "c,a,,b,,a,,b,"),
    row("lists in each other", deep(100), "x"),
  ])("do not throw: $what", ({ value, expected }) => {
    expect(asText(value)).toBe(expected);
  });
});

it("refuses lists that would take minutes", () => {
  const list: unknown[] = [];
  list.length = 1e8;
  const start = process.cpuUsage();
  for (const render of [() => asText(list), () => asText([[list]]), () => asJson(list), () => asJson({ list })])
    expect(render).toThrow(new RangeError("a list of 100000000 items: at most 10000000 can be rendered"));
  const { user, system } = process.cpuUsage(start);
  expect(user + system).toBeLessThan(1_000_000);
});
