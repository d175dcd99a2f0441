// Reads JSON as it is meant: a key that is there twice is an error, where JSON.parse silently takes the last.

/** Documents with pointers have four levels. */
const MAX_DEPTH = 16;

/** @throws Error with a message for people. */
export function parseStrictJson(text: string): unknown {
  // Before it is parsed, because some parsers are recursive.
  refuseDepthAndDuplicates(text);
  return JSON.parse(text);
}

/** Reads brackets, colons and strings only: the parser finds every other mistake. */
function refuseDepthAndDuplicates(text: string): void {
  /** The keys of the objects around; `undefined` for a list. */
  const around: (Set<string> | undefined)[] = [];
  /** The string that a colon would make a key; none after that colon, so that every string is read once. */
  let string: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      string = text.slice(at, end);
      at = end - 1;
    } else if (character === "{" || character === "[") {
      around.push(character === "{" ? new Set() : undefined);
      if (around.length > MAX_DEPTH) throw new Error(`it is nested more than ${MAX_DEPTH} levels deep`);
    } else if (character === "}" || character === "]") around.pop();
    else if (character === ":" && string !== undefined) {
      // Parsed, because escapes can write one key in several ways.
      const key: string = string.includes("\\") ? JSON.parse(string) : string.slice(1, -1);
      const keys = around.at(-1);
      if (keys?.has(key)) throw new Error(`duplicate key ${string}`);
      keys?.add(key);
      string = undefined;
    }
  }
}

/** Behind the closing quote; the end of the text if there is none. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return Math.min(at + 1, text.length);
}
