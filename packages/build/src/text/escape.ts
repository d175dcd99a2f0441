// How any text enters emitted code. Prompt text goes into JSON string literals only, and into doc comments with their end
// and every line separator broken; never into template literals or line comments. Only a name of letters, digits, `_` and `$`
// becomes an identifier.

const LINE_SEPARATORS = /[\u2028\u2029]/g;
const UNSAFE_IN_LITERAL = /[\u2028\u2029]|<[!/]/;

/** A JavaScript and TypeScript string literal that is also safe inside an HTML script element. */
export function stringLiteral(text: string): string {
  const literal = JSON.stringify(text);
  if (!UNSAFE_IN_LITERAL.test(literal)) return literal;
  return literal
    .replace(LINE_SEPARATORS, (separator) => (separator === "\u2028" ? "\\u2028" : "\\u2029"))
    .replace(/<(?=[!/])/g, "\\u003c");
}

/** JSON as a string literal. In single quotes, the quotes of JSON need no backslash. Safe where {@link stringLiteral} is. */
export function jsonLiteral(value: unknown): string {
  const escaped = JSON.stringify(value).replace(/[\\'\u2028\u2029]|<(?=[!/])/g, (character) =>
    character === "\\" || character === "'"
      ? `\\${character}`
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `'${escaped}'`;
}

/** A literal of plain data (what JSON or YAML can hold), keys in their own order. `__proto__` stays an ordinary key. */
export function valueLiteral(value: unknown): string {
  if (typeof value === "string") return stringLiteral(value);
  if (Array.isArray(value)) return `[${value.map(valueLiteral).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => `${literalKey(key)}: ${valueLiteral(member)}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  if (typeof value === "number" && !Number.isFinite(value))
    return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
  if (Object.is(value, -0)) return "-0";
  return JSON.stringify(value) ?? "undefined";
}

/** A property's name in an object literal, where `__proto__` must stay an ordinary name. */
export function literalKey(name: string): string {
  return name === "__proto__" ? '["__proto__"]' : propertyKey(name);
}

/** A property's name as written in a type, or in an object literal if it cannot be `__proto__`. */
export function propertyKey(name: string): string {
  return isIdentifierName(name) ? name : stringLiteral(name);
}

/** Reading a member: `value.name`, `value["first name"]`. Of a name that objects inherit, it may read what is not theirs. */
export function memberAccess(object: string, name: string): string {
  return isIdentifierName(name) ? `${object}.${name}` : `${object}[${stringLiteral(name)}]`;
}

/** Whether every object has a property of that name. */
export function isInherited(name: string): boolean {
  return name in Object.prototype;
}

function isIdentifierName(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name);
}

/**
 * A JSDoc comment (with its line end), or nothing for nothing to say.
 *
 * @param retired Why what follows should not be used anymore.
 */
export function docComment(paragraphs: readonly (string | undefined)[], indent = "", retired?: string): string {
  const text = paragraphs.filter((paragraph) => paragraph !== undefined && paragraph !== "").join("\n\n");
  const lines = [
    ...(text === "" ? [] : commentText(text).split("\n")),
    ...(retired === undefined ? [] : [`@deprecated Retired: ${commentText(retired).replace(/\s+/g, " ")}`]),
  ].map((line) => line.trimEnd());
  if (lines.length === 0) return "";
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} *${line === "" ? "" : ` ${line}`}\n`).join("")}${indent} */\n`;
}

function commentText(text: string): string {
  return (
    text
      .replace(LINE_SEPARATORS, " ")
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f\u0085]/g, " ")
      .replace(/\*\//g, "*\\/")
      // An @ at the start of a line or behind a space begins a JSDoc tag, even inside a fence. TypeScript takes a zero-width
      // space for a space, and a word joiner for a letter.
      .replace(/(^|[\s\u200b])@/gm, "$1\u2060@")
  );
}

/** Text as a fenced block for a doc comment, whatever fences it holds itself. */
export function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
