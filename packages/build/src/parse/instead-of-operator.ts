// What to write in place of an operator of another language, as exactly as the tag that holds it tells.

export type Operator = "equal" | "unequal" | "and" | "or" | "not" | "order" | "compute" | "filter" | "ternary";

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ["=", "equal"],
  ["==", "equal"],
  ["===", "equal"],
  ["is", "equal"],
  ["is not", "unequal"],
  ["!=", "unequal"],
  ["!==", "unequal"],
  ["&&", "and"],
  ["and", "and"],
  ["||", "or"],
  ["??", "or"],
  ["or", "or"],
  ["!", "not"],
  ["not", "not"],
  ["<", "order"],
  ["<=", "order"],
  [">", "order"],
  [">=", "order"],
  ["+", "compute"],
  ["-", "compute"],
  ["*", "compute"],
  ["%", "compute"],
  ["|", "filter"],
  ["?", "ternary"],
]);

export function operatorOf(written: string): Operator | undefined {
  return OPERATORS.get(written);
}

/** Strings and `[…]` are passed over. */
const TOKEN = /"(?:\\"|[^"])*"|'(?:\\'|[^'])*'|\[[^\]]*\]|===?|!==?|&&|\|\||\?\?|[<>]=?|[=!|+*%]/g;

/** The operator that stands at an offset of a tag's text. */
export function operatorAt(text: string, at: number): { readonly written: string; readonly start: number } | undefined {
  for (const { 0: written, index: start } of text.matchAll(TOKEN))
    if (start <= at && at < start + written.length) return OPERATORS.has(written) ? { written, start } : undefined;
  return undefined;
}

const OPERAND = String.raw`("[^"]*"|'[^']*'|[^\s"'=!<>|&(){}+*%,;]+)`;

const DECIDE = "decide it before rendering and pass true or false, or call a helper of your own";

/** @param inside The tag's text between its braces. */
export function insteadOfOperator(written: string, inside: string): string | undefined {
  const [, opener = "", keyword, condition = ""] = /^(#|else\s+)?\s*(?:(if|unless)\s+)?(.*)$/s.exec(inside) ?? [];
  // Of `{{#each a || b}}` and the like nobody knows.
  if (opener !== "" && keyword === undefined) return undefined;
  const sign = written.replace(/[|?*+]/g, "\\$&");
  const binary = new RegExp(String.raw`^${OPERAND}\s*(?<!=)${sign}(?!=)\s*${OPERAND}$`).exec(condition);
  const [, left, right] = binary ?? [];
  switch (OPERATORS.get(written)) {
    case "equal":
    case "unequal":
      if (written === "=" && inside.startsWith("="))
        return inside === "=" ? undefined : `write {{${inside.slice(1).trim()}}}`;
      // What `is` may be in the middle of a sentence nobody knows.
      if (left === undefined && /^(?:=|is.*)$/.test(written)) return undefined;
      return insteadOfComparison((OPERATORS.get(written) === "equal") === (keyword !== "unless"), opener, left, right);
    case "and":
      // "{{title and note}}" may be anything.
      if (keyword === "unless" || (opener === "" && written === "and")) return undefined;
      if (left === undefined || right === undefined || opener.startsWith("else"))
        return "put one {{#if}} inside the other";
      return opener === ""
        ? `write {{#if ${left}}}${asText(right)}{{/if}}`
        : `put one inside the other: {{#if ${left}}}{{#if ${right}}}…{{/if}}{{/if}}`;
    case "or":
      if (opener === "") return insteadOfFallback(left, right);
      if (keyword === "unless") return undefined;
      return `write {{#if ${left ?? "…"}}}…{{else if ${right ?? "…"}}}…{{/if}}`;
    case "not": {
      const [, operand] = new RegExp(String.raw`^(?:!|not\s)\s*${OPERAND}$`).exec(condition) ?? [];
      const opposite = keyword === "unless" ? "if" : "unless";
      return operand && `write ${block(opener, opposite, operand)}`;
    }
    case "order":
      return keyword === undefined && left === undefined ? undefined : DECIDE;
    case "compute":
      return left && "compute it before rendering, or call a helper of your own";
    case "filter": {
      const [, value, filter] = new RegExp(String.raw`^${OPERAND}\s*\|\s*([\w.]+)`).exec(condition) ?? [];
      if (opener !== "" || value === undefined || filter === undefined) return undefined;
      const [, fallback] = new RegExp(String.raw`\|\s*default\s*\(\s*${OPERAND}\s*\)$`).exec(condition) ?? [];
      return filter === "default"
        ? insteadOfFallback(value, fallback)
        : `call a helper of your own: {{${filter} ${value}}}`;
    }
    case "ternary": {
      const [, test, then, otherwise] =
        new RegExp(String.raw`^${OPERAND}\s*\?\s*${OPERAND}\s*:\s*${OPERAND}$`).exec(condition) ?? [];
      return test === undefined || then === undefined || otherwise === undefined
        ? "write {{#if …}}…{{else}}…{{/if}}"
        : `write {{#if ${test}}}${asText(then)}{{else}}${asText(otherwise)}{{/if}}`;
    }
    default:
      return undefined;
  }
}

export function insteadOfComparison(isEqual: boolean, opener: string, left = "a", right = "b"): string {
  return `write ${block(opener, isEqual ? "ifEquals" : "unlessEquals", `${left} ${right}`)}`;
}

/** `{{title || "none"}}`, and filters and helpers that say the same. */
export function insteadOfFallback(value: string | undefined, fallback: string | undefined): string {
  if (value === undefined || fallback === undefined)
    return "give the variable a default in input.default, or write {{#if …}}…{{else}}…{{/if}}";
  const written = `{{#if ${value}}}{{${value}}}{{else}}${asText(fallback)}{{/if}}`;
  return /^(?!this$)[\w$-]+$/.test(value)
    ? `give it a default in input.default, or write ${written}`
    : `write ${written}`;
}

function block(opener: string, name: string, operands: string): string {
  return opener.startsWith("else") ? `{{else ${name} ${operands}}}` : `{{#${name} ${operands}}}…{{/${name}}}`;
}

/** An operand as it stands in text. */
function asText(operand: string): string {
  return /^["']/.test(operand) ? operand.slice(1, -1) : `{{${operand}}}`;
}
