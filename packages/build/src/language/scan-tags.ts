// A template's tags as Handlebars' lexer finds them, including those that never end: for messages about templates that do
// not parse. It accepts what the lexer rejects.

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

/** @param from Where the first tag may begin. */
export function* scanTags(text: string, from = 0): Generator<Tag> {
  let at = text.indexOf("{{", from);
  while (at !== -1) {
    // `\{{` is text; `\\{{` is a backslash and a tag.
    if (text[at - 1] === "\\" && text[at - 2] !== "\\") {
      at = text.indexOf("{{", at + 2);
      continue;
    }
    const tag = readTag(text, at);
    yield tag;
    at = text.indexOf("{{", tag.end ?? at + tag.opening.length);
  }
}

function readTag(text: string, start: number): Tag {
  const nothing = { inside: "", openString: undefined, singleBrace: undefined };
  const comment = /^\{\{~?!(--)?/.exec(text.slice(start, start + 6));
  if (comment !== null) {
    const [opening, isLong] = comment;
    const end = endOf(isLong === undefined ? /\}\}/g : /--~?\}\}/g, text, start + opening.length);
    return { kind: "comment", start, end, opening, ...nothing };
  }
  const [raw] = /^\{\{\{\{[^/{}][^{}]*\}\}\}\}/.exec(text.slice(start, start + MAX_RAW_OPENING)) ?? [];
  if (raw !== undefined) {
    const end = endOf(/\{\{\{\{\/[^{}]*\}\}\}\}/g, text, start + raw.length);
    return { kind: "raw", start, end, opening: raw, ...nothing };
  }
  return readPlainTag(text, start);
}

function readPlainTag(text: string, start: number): Tag {
  const [opening = "{{"] = /^\{{2,4}/.exec(text.slice(start, start + 4)) ?? [];
  const ahead = new LookAhead(text);
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
      const end = ahead.find("]", at);
      at = end === -1 || ahead.find("}}", at) < end ? at + 1 : end;
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

/** Finds the next of a few tokens; each part of the text is searched once. */
class LookAhead {
  readonly #text: string;
  readonly #found = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  find(token: string, from: number): number {
    const known = this.#found.get(token);
    if (known !== undefined && (known === -1 || known >= from)) return known;
    const found = this.#text.indexOf(token, from);
    this.#found.set(token, found);
    return found;
  }
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

function endOf(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  const found = pattern.exec(text);
  return found === null ? undefined : found.index + found[0].length;
}
