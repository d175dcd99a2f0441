// A template's tags as Handlebars' lexer finds them, including those that never end: for messages about templates that do
// not parse. It accepts what the lexer rejects.

import { LookAhead } from "./look-ahead.js";

export interface Tag {
  readonly kind: "tag" | "comment" | "raw";
  readonly start: number;
  /** Past its last brace (a raw block's: that of its closing tag); `undefined` where it is never closed. */
  readonly end: number | undefined;
  /** What opens it: `{{`, `{{{`, `{{!--`; of a raw block the whole `{{{{raw}}}}`. */
  readonly opening: string;
  /** The text between the braces, trimmed, without `~`; empty for comments and raw blocks. */
  readonly inside: string;
  /** The quote of a string in it that does not end where it seems to. */
  readonly openString: number | undefined;
  /** A single brace that closes nothing. */
  readonly singleBrace: number | undefined;
}

/** How long the opening tag of a raw block may be. */
const MAX_RAW_OPENING = 200;
/** How long a tag may be; a longer one counts as never closed. */
const MAX_TAG = 5_000;

/** @param from Where the first tag may begin. */
export function* scanTags(text: string, from = 0): Generator<Tag> {
  const ahead = new LookAhead(text);
  let at = text.indexOf("{{", from);
  while (at !== -1) {
    // `\{{` is text; `\\{{` is a backslash and a tag.
    if (text[at - 1] === "\\" && text[at - 2] !== "\\") {
      at = text.indexOf("{{", at + 2);
      continue;
    }
    const tag = readTag(text, at, ahead);
    yield tag;
    at = text.indexOf("{{", tag.end ?? at + tag.opening.length);
  }
}

function readTag(text: string, start: number, ahead: LookAhead): Tag {
  const nothing = { inside: "", openString: undefined, singleBrace: undefined };
  const comment = /^\{\{~?!(--)?/.exec(text.slice(start, start + 6));
  if (comment !== null) {
    const [opening, isLong] = comment;
    const end = ahead.find(isLong === undefined ? /\}\}/g : /--~?\}\}/g, start + opening.length)?.end;
    return { kind: "comment", start, end, opening, ...nothing };
  }
  const [raw] = /^\{\{\{\{[^/{}][^{}]*\}\}\}\}/.exec(text.slice(start, start + MAX_RAW_OPENING)) ?? [];
  if (raw !== undefined) {
    const end = ahead.find(/\{\{\{\{\/[^{}]*\}\}\}\}/g, start + raw.length)?.end;
    return { kind: "raw", start, end, opening: raw, ...nothing };
  }
  return readPlainTag(text, start);
}

function readPlainTag(whole: string, start: number): Tag {
  const [opening = "{{"] = /^\{{2,4}/.exec(whole.slice(start, start + 4)) ?? [];
  const text = whole.slice(0, start + MAX_TAG);
  let openString: number | undefined;
  let singleBrace: number | undefined;
  let at = start + opening.length;
  const tag = (end: number | undefined, last: number): Tag => {
    const inside = text
      .slice(start + opening.length, last)
      .replace(/^~|~$/g, "")
      .trim();
    return { kind: "tag", start, end, opening, inside, openString, singleBrace };
  };
  while (at < text.length) {
    const mark = text[at];
    if ((mark === '"' || mark === "'") && /[\s(=|{~]/.test(text[at - 1] ?? "")) {
      const end = endOfString(text, at);
      const seemsOpen = end === undefined || (text.slice(at, end).includes("}}") && /[\w$]/.test(text[end] ?? ""));
      if (seemsOpen) openString ??= at;
      at = end ?? at + 1;
    } else if (mark === "[") {
      const end = text.indexOf("]", at);
      at = end === -1 || !text.slice(end).includes("}}") || text.slice(at, end).includes("}}") ? at + 1 : end;
    } else if (text.startsWith("}}", at)) {
      const [closing = "}}"] = new RegExp(`^\\}{2,${opening.length}}`).exec(text.slice(at, at + opening.length)) ?? [];
      return tag(at + closing.length, at);
    } else if (text.startsWith("{{", at)) return tag(undefined, at);
    else {
      if (mark === "}") singleBrace ??= at;
      at++;
    }
  }
  return tag(undefined, text.length);
}

/** Past the closing quote of the string that begins at `start`. */
function endOfString(text: string, start: number): number | undefined {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === quote) return at + 1;
    if (text[at] === "\\" && text[at + 1] === quote) at++;
  }
  return undefined;
}
