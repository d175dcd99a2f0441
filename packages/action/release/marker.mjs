// The hidden marker in the body of a pull request. It says what the pull request is about, so that a closed one is a decision about these
// versions.
import { brotliCompressSync, brotliDecompressSync } from "node:zlib";
import { alias } from "./settings.mjs";

export const MARKER = /^<!-- cuecard (?:(\{.*\})|br:([A-Za-z0-9+/=]+)) -->\n?/m;
/** Longer markers are compressed. */
const READABLE_MARKER = 4000;

/** A body may come from anyone. */
const UNPACKED = { maxOutputLength: 10_000_000 };

export function printMarker(marker) {
  const text = JSON.stringify(marker);
  const isShort = text.length <= READABLE_MARKER;
  return `<!-- cuecard ${isShort ? text : `br:${brotliCompressSync(text).toString("base64")}`} -->\n`;
}

/** What a pull request was about: versions that an alias gets, and versions that are recorded. */
export function readMarker({ body }) {
  try {
    const [, plain = "{}", packed] = MARKER.exec(body ?? "") ?? [];
    const text = packed === undefined ? plain : String(brotliDecompressSync(Buffer.from(packed, "base64"), UNPACKED));
    const { promotes = {}, records = [] } = JSON.parse(text);
    return { promotes, records };
  } catch {
    return { promotes: {}, records: [] };
  }
}

export function markerOf(moves, records) {
  const promotes = moves.length === 0 ? {} : { [alias]: moves.map(({ name, to }) => `${name}@v${to}`) };
  return { promotes, records };
}
