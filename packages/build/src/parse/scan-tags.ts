// A template's tags as Handlebars' lexer finds them, those included that never end: for messages about templates that do
// not parse. It forgives what the lexer refuses.

export interface Tag {
  readonly kind: "tag" | "comment" | "raw";
  readonly start: number;
  /** Past its last brace (a raw block's: that of its closing tag); `undefined` where it is never closed. */
  readonly end: number | undefined;
  /** What opens it: `{{`, `{{{`, `{{!--`, `{{{{raw}}}}`. */
  readonly opening: string;
  /** What stands between the braces, trimmed, without `~`; empty for comments and raw blocks. */
  readonly inside: string;
  /** The quote of a string in it that does not end where it seems to. */
  readonly openString: number | undefined;
  /** A single brace that closes nothing. */
  readonly singleBrace: number | undefined;
}

export function* scanTags(text: string): Generator<Tag> {
  let at = text.indexOf("{{");
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
  if (text.startsWith("{{{{", start) && !text.startsWith("{{{{/", start)) {
    const opened = endOf(/\}\}\}\}/g, text, start) ?? start + 4;
    const opening = text.slice(start, opened);
    return { kind: "raw", start, end: endOf(/\{\{\{\{\/[^{}]*\}\}\}\}/g, text, opened), opening, ...nothing };
  }
  return readPlainTag(text, start);
}

function readPlainTag(text: string, start: number): Tag {
  const opening = text.startsWith("{{{", start) ? "{{{" : "{{";
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
      at = end === -1 || text.slice(at, end).includes("}}") ? at + 1 : end;
    } else if (text.startsWith("}}", at)) {
      const closing = opening === "{{{" && text.startsWith("}}}", at) ? 3 : 2;
      return tag(at + closing, at);
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

function endOf(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  const found = pattern.exec(text);
  return found === null ? undefined : found.index + found[0].length;
}
