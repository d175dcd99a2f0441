// Makes a text that fits a regular expression of a schema, for made inputs.

import { type AST, RegExpParser } from "@eslint-community/regexpp";

/** The shortest text that a pattern describes, as far as it is simple; it need not match. */
export function makeText(pattern: string): string | undefined {
  try {
    return describe(new RegExpParser().parsePattern(pattern, undefined, undefined, { unicode: true }));
  } catch {
    return undefined;
  }
}

function describe(node: AST.Node): string {
  switch (node.type) {
    case "Pattern":
    case "Group":
    case "CapturingGroup": {
      const [first] = node.alternatives;
      return first === undefined ? "" : describe(first);
    }
    case "Alternative":
      return node.elements.map(describe).join("");
    case "Quantifier":
      return describe(node.element).repeat(Math.min(node.min, 200));
    case "Character":
      return String.fromCodePoint(node.value);
    case "CharacterSet":
      return { any: "a", digit: "1", space: " ", word: "a", property: "A" }[node.kind];
    case "CharacterClass": {
      const [first] = node.elements;
      if (node.negate) return "a";
      if (first === undefined) return "";
      return first.type === "CharacterClassRange" ? String.fromCodePoint(first.min.value) : describe(first);
    }
    default:
      return "";
  }
}
