// The one decoder: what is text, and what is said about bytes that are not.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeUtf8 } from "./decode-utf8.js";

const bytes = (...parts: (string | number)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from([part]))));
const utf16 = (text: string): Buffer => Buffer.from(text, "utf16le");

describe("decodeUtf8", () => {
  it.each([
    ["", ""],
    ["Grüße 👋\r\n", "Grüße 👋\r\n"],
    ["\uFEFFHello", "Hello"],
    ["a replacement character that was written: \uFFFD", "a replacement character that was written: \uFFFD"],
  ])("reads %j", (written, text) => {
    expect(decodeUtf8(bytes(written))).toEqual({ text });
    expect(decodeUtf8(bytes(written), { keepsBom: true })).toEqual({ text: written });
  });

  it.each<[name: string, data: Uint8Array, encoding: string | undefined, place: string | undefined]>([
    ["Latin-1", bytes("Hello\nGr", 0xfc, 0xdf, "e"), "Latin-1", "2:3"],
    ["Latin-1 at the end of a line", bytes("caf", 0xe9, "\nx"), "Latin-1", "1:4"],
    ["Latin-1 after other characters", bytes("é👋\uFFFD", 0xe9, "e"), "Latin-1", "1:5"],
    ["a file that was cut off", bytes("caf", 0xc3), "Latin-1", "1:4"],
    ["an encoded surrogate", bytes("a", 0xed, 0xa0, 0x80), "Latin-1", "1:2"],
    ["UTF-16 with its mark", Buffer.concat([bytes(0xff, 0xfe), utf16("Hello")]), "UTF-16", undefined],
    ["UTF-16 in the other order", bytes(0xfe, 0xff, 0, "H", 0, "i"), "UTF-16", undefined],
    ["UTF-16 without its mark", utf16("Hello {{name}}, welcome – hallo"), "UTF-16", undefined],
    ["UTF-32", bytes(0xff, 0xfe, 0, 0, "H", 0, 0, 0), "UTF-32", undefined],
    ["a binary file", bytes("ab\nabcdefgh", 0, "b"), undefined, "2:9"],
  ])("refuses %s", (_, data, encoding, place) => {
    const { failure, text } = decodeUtf8(data);
    expect(text).toBeUndefined();
    expect(failure?.encoding).toBe(encoding);
    expect(failure?.position && `${failure.position.line}:${failure.position.column}`).toBe(place);
  });

  it("reads the bytes that a text is written as, and never replaces any", () => {
    // Not fast-check's own unit `binary`, which keeps a table of all characters in memory.
    const unit = fc.nat({ max: 0x10ffff }).map((point) => String.fromCodePoint(point));
    const data = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.string({ unit }).map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(data, (written) => {
        const { text } = decodeUtf8(written, { keepsBom: true });
        if (text !== undefined) expect(Buffer.from(text).equals(written)).toBe(true);
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});
