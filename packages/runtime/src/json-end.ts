// Where a text stops being JSON (RFC 8259), as a place to show: parsers' own messages differ between engines, and some have none.

/** White space and one token: a mark, the beginning of a text, or a number, `true`, `false` or `null`. */
const TOKEN =
  /[ \t\n\r]*(?:([[\]{},:])|(")|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.])|(?:true|false|null)(?!\w))/y;

/** What a text contains. One expression for a whole text would use an engine's stack for each of its characters. */
const TEXT_PART = /[^"\\\0-\x1f]+|\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** What may come next. `end` is the closing bracket of the innermost open list or object. */
type Wanted = "value" | "value or end" | "key" | "key or end" | "colon" | "comma or end" | "nothing";

/** The offset of the first token that JSON does not allow at its place, or the text's length if the text is cut off. */
export function findJsonEnd(text: string): number {
  const open: string[] = [];
  let wanted: Wanted = "value";
  let at = 0;
  for (;;) {
    TOKEN.lastIndex = at;
    const [token, mark, string] = TOKEN.exec(text) ?? [];
    const start = at + (/^[ \t\n\r]*/.exec(token ?? text.slice(at))?.[0].length ?? 0);
    if (token === undefined) return start;
    const isClosing = mark === "]" || mark === "}";
    if (isClosing ? !wanted.endsWith("end") || open.pop() !== mark : !allows(wanted, mark, string)) return start;
    at += token.length;
    if (string) {
      at = findTextEnd(text, at);
      if (at === 0) return start;
    }
    if (mark === "[" || mark === "{") {
      open.push(mark === "[" ? "]" : "}");
      wanted = mark === "[" ? "value or end" : "key or end";
    } else if (mark === ",") wanted = open.at(-1) === "]" ? "value" : "key";
    else if (mark === ":") wanted = "value";
    else if (wanted.startsWith("key") && !isClosing) wanted = "colon";
    else wanted = open.length > 0 ? "comma or end" : "nothing";
  }
}

/** The offset after a text's closing quote; 0 if it has none. */
function findTextEnd(text: string, start: number): number {
  let end = start;
  for (TEXT_PART.lastIndex = start; TEXT_PART.test(text); ) end = TEXT_PART.lastIndex;
  return text[end] === '"' ? end + 1 : 0;
}

function allows(wanted: Wanted, mark: string | undefined, string: string | undefined): boolean {
  if (wanted === "nothing") return false;
  if (wanted === "colon") return mark === ":";
  if (wanted === "comma or end") return mark === ",";
  if (wanted.startsWith("key")) return string !== undefined;
  return mark === undefined || mark === "[" || mark === "{";
}
