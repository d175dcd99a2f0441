// Decodes the bytes of files, standard input and git objects as UTF-8. Nothing is replaced or guessed: bytes that are not
// UTF-8 text have a problem instead of a text.

import { type Diagnostic, diagnose, type Place, type Position, type Subject } from "./diagnostics/diagnostic.js";

/** Every runtime has it. Its types come with Node's or the DOM's, which this package does without. */
declare class TextDecoder {
  constructor(label: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean });
  decode(data: Uint8Array): string;
}

/** Which encoding bytes probably have; `undefined` if they are not text in a known encoding. */
export type OtherEncoding = "UTF-16" | "UTF-32" | "Latin-1";

/** Why bytes are not UTF-8 text. */
export interface NotUtf8 {
  /** The end of a sentence: `it is UTF-16, not UTF-8`. */
  readonly problem: string;
  readonly encoding: OtherEncoding | undefined;
  /** The first byte that does not fit; `undefined` if that is the whole text. */
  readonly position: Position | undefined;
}

export type DecodedBytes =
  | { readonly text: string; readonly failure?: never }
  | { readonly text?: never; readonly failure: NotUtf8 };

const strip = new TextDecoder("utf-8", { fatal: true });
const keep = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Decodes UTF-8.
 *
 * @param options `keepsBom` keeps a byte-order mark, so that writing the text again writes the same bytes.
 */
export function decodeUtf8(data: Uint8Array, { keepsBom = false }: { readonly keepsBom?: boolean } = {}): DecodedBytes {
  const wide = wideEncoding(data);
  if (wide !== undefined) {
    const failure = { problem: `it is ${wide}, not UTF-8`, encoding: wide, position: undefined };
    return { failure };
  }
  let text: string;
  try {
    text = (keepsBom ? keep : strip).decode(data);
  } catch {
    return { failure: findInvalidByte(data) };
  }
  const nul = text.indexOf("\0");
  if (nul === -1) return { text };
  const position = positionAt(text, nul);
  return { failure: { problem: "it contains a NUL byte", encoding: undefined, position } };
}

/** The finding that a file is not text. */
export function reportNotUtf8({ problem, encoding, position }: NotUtf8, place: Place, subject?: Subject): Diagnostic {
  const range =
    position === undefined ? undefined : { start: position, end: { ...position, column: position.column + 1 } };
  return diagnose("prompt/not-text", { problem, encoding }, { range, ...place }, subject);
}

/** By the byte-order mark or, without one, by zeros in every second byte, as texts in Latin letters have them. */
function wideEncoding(data: Uint8Array): OtherEncoding | undefined {
  const [a, b, c, d] = data;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff))
    return "UTF-32";
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return "UTF-16";
  if (data.length % 2 === 1 || data.indexOf(0) === -1) return undefined;
  const start = data.subarray(0, 1000);
  const zeros = [0, 0];
  for (const [at, byte] of start.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const isWide = Math.max(even, odd) > start.length / 4 && Math.min(even, odd) <= start.length / 20;
  return isWide ? "UTF-16" : undefined;
}

function findInvalidByte(data: Uint8Array): NotUtf8 {
  // Line feeds are never part of a longer sequence, so each line can be decoded alone.
  let line = 1;
  for (let at = 0; at <= data.length; line++) {
    const feed = data.indexOf(10, at);
    const bytes = data.subarray(at, feed === -1 ? data.length : feed);
    const valid = decodableBytes(bytes);
    if (valid !== undefined) {
      const column = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, valid)).length + 1;
      const byte = bytes[valid]?.toString(16).padStart(2, "0") ?? "";
      const problem = `it is not valid UTF-8 (the byte 0x${byte} in line ${line}, column ${column})`;
      return { problem, encoding: "Latin-1", position: { line, column } };
    }
    if (feed === -1) break;
    at = feed + 1;
  }
  return { problem: "it is not valid UTF-8", encoding: "Latin-1", position: undefined };
}

/** How many bytes at the start of a line are valid; `undefined` if all are. */
function decodableBytes(bytes: Uint8Array): number | undefined {
  const isValid = (length: number) => {
    try {
      keep.decode(bytes.subarray(0, length));
      return true;
    } catch {
      return false;
    }
  };
  if (isValid(bytes.length)) return undefined;
  // The longest valid beginning ends where a character begins, at most three bytes before the first invalid byte.
  let low = 0;
  let high = bytes.length;
  const begins = (length: number) => [0, 1, 2, 3].find((back) => length >= back && isValid(length - back));
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (begins(middle) === undefined) high = middle - 1;
    else low = middle;
  }
  return low - (begins(low) ?? 0);
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - (before.lastIndexOf("\n") + 1) + 1 };
}
