// Parses a query. Operators by precedence: comparisons, then NOT, AND, and OR.

import { nearest } from "@cuecard/runtime";
import {
  type Condition,
  type Field,
  type FieldName,
  fieldRules,
  type Operator,
  type Query,
  type QueryError,
  type Value,
} from "./query.js";
import { type Token, tokenize } from "./tokens.js";

/** How deep a query may be nested; far more than anyone writes. */
const DEEPEST = 200;
/** Characters: a tree of that many words can be walked without overflowing the stack. */
const LONGEST = 10_000;

/**
 * Reads a query such as `name LIKE 'a%' AND tags.team = 'finops'`.
 *
 * @returns The query, or why it cannot be understood.
 */
export function parseQuery(text: string): Query | QueryError {
  if (text.length > LONGEST)
    return {
      problem: "the query is too long",
      hint: `it may have ${LONGEST} characters`,
      start: LONGEST,
      end: LONGEST + 1,
    };
  const tokens = tokenize(text);
  if ("problem" in tokens) return tokens;
  try {
    return new QueryReading(tokens).run();
  } catch (error) {
    if (error instanceof Unreadable) return error.reason;
    throw error;
  }
}

/** Thrown to stop parsing at any depth; caught in this file. */
class Unreadable extends Error {
  readonly reason: QueryError;

  constructor(reason: QueryError) {
    super(reason.problem);
    this.reason = reason;
  }
}

class QueryReading {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  run(): Query {
    if (this.#tokens.length === 1) this.#fail("the query is empty", this.#next, "write a comparison: name LIKE 'a%'");
    const query = this.#any();
    const rest = this.#next;
    if (rest.kind !== "end") this.#fail(`unexpected ${describe(rest)}`, rest, JOIN_HINT);
    return query;
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? { kind: "end", text: "", start: 0, end: 0 };
  }

  #any(): Query {
    let left = this.#all();
    while (this.#takeWord("OR")) left = { kind: "or", left, right: this.#all() };
    return left;
  }

  #all(): Query {
    let left = this.#one();
    while (this.#takeWord("AND")) left = { kind: "and", left, right: this.#one() };
    return left;
  }

  #one(): Query {
    const { start, end } = this.#next;
    if (++this.#depth > DEEPEST) this.#fail("the query is nested too deeply", { start, end });
    let query: Query;
    if (this.#takeWord("NOT")) query = { kind: "not", query: this.#one() };
    else if (this.#takeOperator("(")) {
      query = this.#any();
      if (!this.#takeOperator(")")) this.#fail("the ( is not closed", { start, end });
    } else query = this.#comparison();
    this.#depth--;
    return query;
  }

  #comparison(): Condition {
    const token = this.#next;
    const field = this.#field();
    const at = this.#next;
    const operator = this.#operator();
    const written = field.key === undefined ? field.name : `${field.name}.${field.key}`;
    const rules = fieldRules[field.name];
    if (!rules.operators.includes(operator))
      this.#fail(`${written} cannot be compared with ${operator}`, at, `it takes ${rules.operators.join(", ")}`);
    if (rules.hasKey && field.key === undefined)
      this.#fail(
        `${field.name} needs a key`,
        token,
        `write ${field.name}.${field.name === "tags" ? "team" : "temperature"}`,
      );
    const values = this.#values(operator, at).map(({ value, token: from }) => this.#fit(field, operator, value, from));
    return { kind: "compare", field, operator, values };
  }

  #field(): Field {
    const token = this.#next;
    if (token.kind !== "word" || isKeyword(token.text))
      this.#fail(`expected a field, found ${describe(token)}`, token, FIELDS_HINT);
    this.#at++;
    // MLflow also accepts attributes.name, attribute.name and attr.name for its fields, and tag.team for tags.
    const text = token.text.replace(/^attr(?:ibutes?)?\.(?=.)/, "").replace(/^tag(?=\.|$)/, "tags");
    const dot = text.indexOf(".");
    const name = dot === -1 ? text : text.slice(0, dot);
    if (!isFieldName(name)) this.#unknownField(name, token);
    const unquoted = dot === -1 ? undefined : text.slice(dot + 1);
    const key =
      token.quotedKey === undefined
        ? unquoted
        : unquoted === undefined
          ? token.quotedKey
          : `${unquoted}.${token.quotedKey}`;
    if (key !== undefined && (!fieldRules[name].hasKey || key === ""))
      this.#fail(key === "" ? `${name}. needs a key` : `${name} has no parts`, token);
    return { name, key };
  }

  #unknownField(name: string, token: Token): never {
    const near = nearest(name, Object.keys(fieldRules));
    const bare = this.#tokens.length === 2;
    const hint =
      near !== undefined
        ? `did you mean "${near}"?`
        : bare
          ? `text ILIKE '%${name}%' looks for it in templates`
          : FIELDS_HINT;
    this.#fail(`unknown field "${name}"`, { start: token.start, end: token.start + name.length }, hint);
  }

  #operator(): Operator {
    const token = this.#next;
    if (token.kind === "operator") {
      const operator = token.text === "<>" ? "!=" : token.text;
      if (operator === "==") this.#fail("== is not an operator", token, "write =");
      if (isComparison(operator)) {
        this.#at++;
        return operator;
      }
    }
    if (this.#takeWord("IS")) {
      const negated = this.#takeWord("NOT");
      if (!this.#takeWord("NULL")) this.#fail(`expected NULL, found ${describe(this.#next)}`, this.#next);
      return negated ? "IS NOT NULL" : "IS NULL";
    }
    const negated = this.#takeWord("NOT");
    for (const word of ["LIKE", "ILIKE", "IN"] as const)
      if (this.#takeWord(word)) return negated ? `NOT ${word}` : word;
    this.#fail(`expected a comparison, found ${describe(this.#next)}`, this.#next, OPERATORS_HINT);
  }

  #values(operator: Operator, at: Token): { readonly value: Value; readonly token: Token }[] {
    if (operator === "IS NULL" || operator === "IS NOT NULL") return [];
    if (operator !== "IN" && operator !== "NOT IN") return [this.#value(at)];
    const open = this.#next;
    if (!this.#takeOperator("(")) this.#fail(`IN takes a list: ('a', 'b')`, open);
    const values = [this.#value(at)];
    while (this.#takeOperator(",")) values.push(this.#value(at));
    if (!this.#takeOperator(")")) this.#fail("the list is not closed", open);
    return values;
  }

  #value(at: Token): { readonly value: Value; readonly token: Token } {
    const token = this.#next;
    this.#at++;
    if (token.kind === "string") return { value: token.text, token };
    if (token.kind === "number") return { value: Number(token.text), token };
    if (token.kind === "word" && /^(?:true|false)$/i.test(token.text))
      return { value: token.text.toLowerCase() === "true", token };
    if (token.kind === "word" && !isKeyword(token.text))
      this.#fail(`"${token.text}" is not a value`, token, `put it in quotes: '${token.text}'`);
    this.#fail(`expected a value after ${at.text.toUpperCase()}, found ${describe(token)}`, token);
  }

  /** A value, converted to its field's type. */
  #fit({ name }: Field, operator: Operator, value: Value, token: Token): Value {
    const compares = operator.endsWith("LIKE") || !fieldRules[name].operators.includes("<");
    if (name === "version") {
      const number = typeof value === "string" ? /^v?([1-9]\d*)$/.exec(value)?.[1] : value;
      if (number !== undefined && typeof number !== "boolean") return Number(number);
      if ((value === "latest" || value === "working") && !/^[<>]/.test(operator)) return value;
      this.#fail(`${JSON.stringify(value)} is not a version`, token, "write 3, 'latest' or 'working'");
    }
    if (/^[<>]/.test(operator) && typeof value !== "number")
      this.#fail(`${operator} compares numbers`, token, "write the number without quotes");
    return compares ? String(value) : value;
  }

  #takeWord(word: string): boolean {
    const { kind, text, quotedKey } = this.#next;
    if (kind !== "word" || quotedKey !== undefined || text.toUpperCase() !== word) return false;
    this.#at++;
    return true;
  }

  #takeOperator(operator: string): boolean {
    const { kind, text } = this.#next;
    if (kind !== "operator" || text !== operator) return false;
    this.#at++;
    return true;
  }

  #fail(problem: string, { start, end }: Pick<Token, "start" | "end">, hint?: string): never {
    throw new Unreadable({ problem, hint, start, end: Math.max(end, start + 1) });
  }
}

const KEYWORDS = new Set(["AND", "OR", "NOT", "LIKE", "ILIKE", "IN", "IS", "NULL"]);
const COMPARISONS = ["=", "!=", "<", "<=", ">", ">="] as const;
const FIELDS_HINT = `fields are ${Object.entries(fieldRules)
  .map(([name, { hasKey }]) => (hasKey ? `${name}.<key>` : name))
  .join(", ")}`;
const OPERATORS_HINT = "comparisons are =, !=, <, <=, >, >=, LIKE, ILIKE, IN (…), IS NULL, IS NOT NULL";
const JOIN_HINT = "comparisons are joined by AND or OR";

function isKeyword(text: string): boolean {
  return KEYWORDS.has(text.toUpperCase());
}

function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(fieldRules, name);
}

function isComparison(text: string): text is (typeof COMPARISONS)[number] {
  return COMPARISONS.some((operator) => operator === text);
}

function describe({ kind, text }: Token): string {
  if (kind === "end") return "the end";
  return kind === "string" ? `'${text}'` : kind === "word" || kind === "number" ? `"${text}"` : text;
}
