// Conditions as other languages write them (`a == "b"`, `x is not none`, `a and not b`, `tags.length > 0`), and the
// Handlebars tags that test the same.

/** A value of an expression: a text, a number, a path. */
export const VALUE: string = String.raw`(?:"[^"]*"|'[^']*'|[^\s"'=!<>|&(){}+*%,;]+)`;
export const OPERAND: string = `(${VALUE})`;

/** How much of a tag is read for a hint. Hints are given for conditions of at most this length. */
export const MAX_READ = 300;

type Asker = "if" | "unless" | "ifEquals" | "unlessEquals";

/** What one tag can test. */
interface Question {
  readonly asker: Asker;
  readonly operands: string;
}

const OPPOSITES: Readonly<Record<Asker, Asker>> = {
  if: "unless",
  unless: "if",
  ifEquals: "unlessEquals",
  unlessEquals: "ifEquals",
};

const COMPARED = new RegExp(String.raw`^${OPERAND}\s*(===?|!==?|=|>=?|\sis\s+not\s|\sis\s)\s*${OPERAND}$`);
const WHOLE = new RegExp(`^${OPERAND}$`);

/** Other languages' words for null, true and false. */
const NOTHING = /^(?:null|undefined|none|nil|void|empty|blank)$/i;
const TRUE = /^(?:true|defined)$/i;
const FALSE = /^(?:false|not defined)$/i;

/**
 * The tags that test a condition; `undefined` if Handlebars has none.
 *
 * @param opener What comes before the keyword: `#`, or `else ` within a chain.
 */
export function suggestCondition(opener: string, keyword: "if" | "unless", condition: string): string | undefined {
  if (condition.length > MAX_READ) return undefined;
  const either = readAll(splitAt(condition, "or"));
  const both = readAll(splitAt(condition, "and"));
  if (either === undefined && both === undefined) return undefined;
  const isElse = opener.startsWith("else");
  const [first, second] = either !== undefined && either.length > 1 ? either : (both ?? either ?? []);
  if (first === undefined) return undefined;
  if (second === undefined) return `write ${block(isElse, keyword === "if" ? first : opposite(first))}`;
  // `unless a and b` would take two tags with opposite tests, which is hard to read.
  if (keyword === "unless") return undefined;
  if (either !== undefined && either.length > 1) {
    const chain = either.map((question, index) => opening(isElse || index > 0, question)).join("…");
    return `write ${chain}${isElse ? "" : `…{{/${first.asker}}}`}`;
  }
  const nested = (both ?? []).reduceRight(
    (inner, question) => `${opening(false, question)}${inner}{{/${question.asker}}}`,
    "…",
  );
  return isElse ? `write {{else}}${nested}` : `put one inside the other: ${nested}`;
}

function readAll(parts: readonly string[]): Question[] | undefined {
  const read = parts.map(readQuestion).filter((question) => question !== undefined);
  return read.length === parts.length ? read : undefined;
}

function readQuestion(written: string): Question | undefined {
  const text = written.trim();
  const [, inner] = /^\(([^()]*)\)$/.exec(text) ?? [];
  if (inner !== undefined) return readQuestion(inner);
  const [, negated] = /^(?:!(?!=)|not\b)\s*(.+)$/s.exec(text) ?? [];
  if (negated !== undefined) {
    const question = readQuestion(negated);
    return question && opposite(question);
  }
  const [, left, sign, right] = COMPARED.exec(text.replace(/\bis\s+not\s+defined$/, "is undefined")) ?? [];
  if (left !== undefined && sign !== undefined && right !== undefined) return readComparison(left, sign.trim(), right);
  const [, value] = WHOLE.exec(text) ?? [];
  return value === undefined || value === "…" ? undefined : { asker: "if", operands: value };
}

function readComparison(left: string, sign: string, right: string): Question | undefined {
  const [, list] = /^(.+)\.(?:length|size|count)$/.exec(left) ?? [];
  const isMore = sign === ">" || sign === ">=";
  const isSome = (sign === ">" && right === "0") || (sign === ">=" && right === "1");
  if (list !== undefined && isSome) return { asker: "if", operands: list };
  if (left === "@index" && isSome) return { asker: "unless", operands: "@first" };
  if (isMore) return undefined;
  const question = readEquality(left, right, list);
  return sign.startsWith("!") || sign.endsWith("not") ? opposite(question) : question;
}

function readEquality(left: string, right: string, list: string | undefined): Question {
  if (list !== undefined && right === "0") return { asker: "unless", operands: list };
  if (left === "@index" && right === "0") return { asker: "if", operands: "@first" };
  if (NOTHING.test(right) || FALSE.test(right)) return { asker: "unless", operands: left };
  if (TRUE.test(right)) return { asker: "if", operands: left };
  return { asker: "ifEquals", operands: `${left} ${right}` };
}

function opposite({ asker, operands }: Question): Question {
  return { asker: OPPOSITES[asker], operands };
}

function opening(isElse: boolean, { asker, operands }: Question): string {
  return isElse ? `{{else ${asker} ${operands}}}` : `{{#${asker} ${operands}}}`;
}

function block(isElse: boolean, question: Question): string {
  return isElse ? opening(true, question) : `${opening(false, question)}…{{/${question.asker}}}`;
}

const SIGNS = { and: /^(?:&&|\s+and\s+)$/, or: /^(?:\|\||\s+or\s+)$/ } as const;

/** The parts of a condition between its `and` or `or`; strings are passed over. */
function splitAt(condition: string, operator: keyof typeof SIGNS): string[] {
  const parts = [""];
  for (const [piece] of condition.matchAll(/"[^"]*"|'[^']*'|&&|\|\||\s+(?:and|or)\s+|./gs)) {
    if (SIGNS[operator].test(piece)) parts.push("");
    else parts.push(parts.pop() + piece);
  }
  return parts;
}
