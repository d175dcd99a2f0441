// What to write instead of an operator of another language, as exactly as the tag allows.

import { OPERAND, suggestCondition } from "./condition.js";
import { isElseIf } from "./other-languages.js";
import { asText, suggestFallback } from "./suggest-fallback.js";
import { suggestForFilters } from "./suggest-for-filters.js";

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

/** Matches strings and `[…]` as well, in order to skip them. */
const TOKEN = /"(?:\\"|[^"])*"|'(?:\\'|[^'])*'|\[[^\]]*\]|===?|!==?|&&|\|\||\?\?|[<>]=?|[=!|+*%]/g;

/** The operator at an offset of a tag's text. */
export function operatorAt(text: string, at: number): { readonly written: string; readonly start: number } | undefined {
  for (const { 0: written, index: start } of text.matchAll(TOKEN))
    if (start <= at && at < start + written.length) return OPERATORS.has(written) ? { written, start } : undefined;
  return undefined;
}

const DECIDE = "decide it before rendering and pass true or false, or call a helper of your own";

/** A tag with a condition: what opens it, `if` or `unless`, and the condition. */
const ASKING = /^(#|else\b)?\s*(if|unless)(?:\s+|(?=[(!]))(.*)$/s;

/** @param inside The tag's text between its braces. */
export function suggestForOperator(written: string, inside: string): string | undefined {
  // `{{ > header }}`
  const [, partial] = /^>\s*([\w./-]+.*)$/s.exec(inside) ?? [];
  if (partial !== undefined) return `write {{> ${partial}}}`;
  const elseIf = /^#?([a-z:-]+)\s+(.*)$/s.exec(inside);
  const [, opener = "", keyword, condition = ""] =
    elseIf !== null && isElseIf(elseIf[1] ?? "") ? ["", "else ", "if", elseIf[2]] : (ASKING.exec(inside) ?? []);
  if (keyword === "if" || keyword === "unless")
    return suggestCondition(opener, keyword, condition) ?? unknownCondition(written, opener, keyword);
  // `{{#each a || b}}` and the like have no certain meaning.
  return /^(?:#|else\s)/.test(inside) ? undefined : suggestForValue(written, inside);
}

/** A suggestion for a condition that no tag can express. */
function unknownCondition(written: string, opener: string, keyword: "if" | "unless"): string | undefined {
  switch (OPERATORS.get(written)) {
    case "and":
      return keyword === "unless" ? undefined : "put one {{#if}} inside the other";
    case "or":
      return keyword === "unless" || opener.startsWith("else") ? undefined : "write {{#if …}}…{{else if …}}…{{/if}}";
    case "order":
      return DECIDE;
    case "equal":
    case "unequal": {
      const isEqual = (OPERATORS.get(written) === "equal") === (keyword === "if");
      // In the middle of a sentence, `is` is likely a word.
      return /^(?:=|is.*)$/.test(written)
        ? undefined
        : `compare two values with {{#${isEqual ? "if" : "unless"}Equals}}`;
    }
    default:
      return undefined;
  }
}

/** A suggestion for a tag that inserts a value. */
function suggestForValue(written: string, inside: string): string | undefined {
  const sign = written.replace(/[|?*+]/g, "\\$&");
  const binary = new RegExp(String.raw`^${OPERAND}\s*(?<!=)${sign}(?!=)\s*${OPERAND}$`).exec(inside);
  const [, left, right] = binary ?? [];
  switch (OPERATORS.get(written)) {
    case "equal":
      if (/^=.*=$/s.test(inside)) return "delimiters cannot be changed: tags are written in double braces";
      if (written === "=") return /^=\s*[^=<>%\s]/.test(inside) ? `write {{${inside.slice(1).trim()}}}` : undefined;
      return suggestCondition("", "if", inside);
    case "unequal":
      return suggestCondition("", "if", inside);
    case "and":
      // "{{title and note}}" may be anything.
      if (written === "and" || left === undefined || right === undefined) return undefined;
      return `write {{#if ${left}}}${asText(right)}{{/if}}`;
    case "or":
      return suggestFallback(left, right);
    case "order":
      return left === undefined ? undefined : DECIDE;
    case "compute":
      return left && "compute it before rendering, or call a helper of your own";
    case "not": {
      const [, operand] = new RegExp(String.raw`^(?:!|not\s)\s*${OPERAND}$`).exec(inside) ?? [];
      return operand && `write {{#unless ${operand}}}…{{/unless}}`;
    }
    case "filter":
      return suggestForFilters(inside);
    case "ternary": {
      const [, test, then, otherwise] =
        new RegExp(String.raw`^${OPERAND}\s*\?\s*${OPERAND}\s*:\s*${OPERAND}$`).exec(inside) ?? [];
      return test === undefined || then === undefined || otherwise === undefined
        ? "write {{#if …}}…{{else}}…{{/if}}"
        : `write {{#if ${test}}}${asText(then)}{{else}}${asText(otherwise)}{{/if}}`;
    }
    default:
      return undefined;
  }
}

export function suggestComparison(isEqual: boolean, opener: string, left: string, right: string): string {
  const condition = `${left} ${isEqual ? "==" : "!="} ${right}`;
  return suggestCondition(opener, "if", condition) ?? `compare two values with {{#${isEqual ? "if" : "unless"}Equals}}`;
}
