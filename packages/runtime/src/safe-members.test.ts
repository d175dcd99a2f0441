import { describe, expect, it } from "vitest";
import { ownProperty, renderInput, safeMembers } from "./safe-members.js";

const clean = { isPolluted: () => false };
const polluted = { isPolluted: () => true };

describe("safeMembers", () => {
  it("is the object itself if it is plain, and otherwise a copy of its own properties", () => {
    const plain = { a: 1 };
    expect(safeMembers(plain)).toBe(plain);
    class Point {
      readonly x = 1;
      get y(): number {
        return 2;
      }
    }
    const copy = safeMembers(new Point());
    expect(Object.getPrototypeOf(copy)).toBeNull();
    expect([copy["x"], copy["y"], copy["toString"]]).toEqual([1, undefined, undefined]);
    expect(safeMembers(null)).toEqual(Object.create(null));
  });
});

describe("renderInput", () => {
  const input = { a: 1 };
  const isCopied = () => safeMembers(input) !== input;

  it("copies plain objects only while a polluted template renders", () => {
    expect(renderInput(clean, isCopied, input, undefined)).toBe(false);
    expect(renderInput(polluted, isCopied, input, undefined)).toBe(true);
    expect(isCopied()).toBe(false);
  });

  it("keeps copying in and after a rendering inside of it", () => {
    const around = () => [renderInput(clean, isCopied, input, undefined), isCopied()];
    expect(renderInput(polluted, around, input, undefined)).toEqual([true, true]);
    expect(isCopied()).toBe(false);
  });

  it("stops copying after an error", () => {
    const fail = () => {
      throw new Error("boom");
    };
    expect(() => renderInput(polluted, fail, input, undefined)).toThrow("boom");
    expect(isCopied()).toBe(false);
  });

  it("passes the members, the options and the input itself", () => {
    const render = (...given: readonly unknown[]) => given;
    expect(renderInput(clean, render, input, { validate: false })).toEqual([input, { validate: false }, input]);
  });
});

describe("ownProperty", () => {
  it.each([
    [{ a: 1 }, "a", 1],
    [{}, "toString", undefined],
    ["text", "length", 4],
    [null, "a", null],
    [undefined, "a", undefined],
  ])("of %j, %s is %j", (object, name, expected) => {
    expect(ownProperty(object, name)).toBe(expected);
  });
});
