// SQL's LIKE: `%` matches any text, `_` any one character, and `\` escapes the next character.

type Part =
  | { readonly kind: "any" }
  | { readonly kind: "one" }
  | { readonly kind: "character"; readonly character: string };

/** Whether a whole text matches a pattern. In the worst case, the time grows with the product of their lengths. */
export function isLike(text: string, pattern: string): boolean {
  const characters = [...text];
  const parts = partsOf(pattern);
  let at = 0;
  let part = 0;
  let lastAny = -1;
  let resume = 0;
  while (at < characters.length) {
    const expected = parts[part];
    if (expected?.kind === "any") {
      lastAny = part++;
      resume = at;
    } else if (expected?.kind === "one" || (expected !== undefined && expected.character === characters[at])) {
      at++;
      part++;
    } else if (lastAny !== -1) {
      part = lastAny + 1;
      at = ++resume;
    } else return false;
  }
  return parts.slice(part).every(({ kind }) => kind === "any");
}

/** The pieces of a pattern between its wildcards, as they occur in a matching text. */
export function literalsIn(pattern: string): string[] {
  const pieces = [""];
  for (const part of partsOf(pattern))
    if (part.kind === "character") pieces.push(`${pieces.pop() ?? ""}${part.character}`);
    else pieces.push("");
  return pieces.filter((piece) => piece !== "");
}

/** A text as a pattern that only this text matches. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

function partsOf(pattern: string): Part[] {
  const parts: Part[] = [];
  let escaped = false;
  for (const character of pattern) {
    if (escaped || !/[\\%_]/.test(character)) parts.push({ kind: "character", character });
    else if (character !== "\\") parts.push({ kind: character === "%" ? "any" : "one" });
    escaped = !escaped && character === "\\";
  }
  if (escaped) parts.push({ kind: "character", character: "\\" });
  return parts;
}
