import { growth } from "@cuecard/testing";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { fitsQuery, type SearchedVersion } from "./evaluate-query.js";
import { findExcerpt, searchedPieces } from "./excerpt.js";
import { escapeLike, isLike, literalsIn } from "./like.js";
import { parseQuery } from "./parse-query.js";
import type { Query } from "./query.js";

// Random cases take longer on a slow machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const forecast: SearchedVersion = {
  name: "finance/cost_forecast",
  version: 3,
  isLatest: true,
  text: ["Forecast {{horizon}} for {{team}}.\nNever guess.", "Answer in DOLLARS"],
  description: "It's a forecast",
  model: undefined,
  kind: "chat",
  alias: ["production", "staging"],
  variable: ["horizon", "team"],
  partial: [],
  notes: "",
  tags: { team: "finops", "cost center": "42", "a.b": "c" },
  config: { temperature: 0.2, stream: true, stop: ["\n"], effort: "high" },
};

function parse(text: string): Query {
  const query = parseQuery(text);
  if ("problem" in query) throw new Error(`${query.problem} at ${query.start}`);
  return query;
}

describe("queries", () => {
  it.each<[boolean, string]>([
    [true, "name = 'finance/cost_forecast'"],
    [true, "name LIKE 'finance/%' AND tags.team = 'finops'"],
    [false, "name LIKE 'finance' "],
    [false, "name LIKE 'FINANCE/%'"],
    [true, "name ilike 'FINANCE/%' and not kind = 'text'"],
    [true, "name NOT LIKE 'x%'"],
    [true, 'name = "finance/cost_forecast"'],
    [true, "name != 'x' AND name <> 'y'"],
    [true, "name IN ('x', 'finance/cost_forecast')"],
    [false, "name NOT IN ('x', 'finance/cost_forecast')"],
    [true, "attributes.name LIKE '%cost\\_forecast' AND tag.team='finops'"],
    [true, "description = 'It''s a forecast'"],
    [true, "tags.`cost center` = '42' AND tags.\"cost center\" = 42 AND tags.a.b = 'c' AND tags.a.`b` = 'c'"],
    [false, "tags.owner != 'x'"],
    [true, "NOT tags.owner = 'x'"],
    [true, "tags.owner IS NULL AND tags.team IS NOT NULL"],
    [false, "tags.toString IS NOT NULL OR config.constructor IS NOT NULL"],
    [true, "version = 3 AND version = 'v3' AND version = '3' AND version = 'latest' AND version != 'working'"],
    [true, "version > 2 AND version >= 3 AND version < 4 AND version <= 3"],
    [true, "version IN (1, 'latest')"],
    [false, "version != 'latest'"],
    [true, "text LIKE '%guess.%' AND text ILIKE '%dollars%'"],
    [false, "text NOT ILIKE '%dollars%'"],
    [true, "alias = 'production' AND alias = 'staging' AND alias != 'dev'"],
    [false, "alias != 'production'"],
    [true, "variable IN ('team') AND variable LIKE 'hor%'"],
    [true, "partial IS NULL AND partial != 'guidelines' AND partial NOT LIKE 'g%'"],
    [true, "model IS NULL AND notes IS NULL"],
    [false, "model != 'gpt' OR model LIKE '%' OR model NOT LIKE 'x'"],
    [
      true,
      "config.temperature = 0.2 AND config.temperature < 0.3 AND config.temperature > .1 AND config.stream = true",
    ],
    [true, "config.effort > 1 OR config.stop = '[\"\\n\"]'"],
    [false, "config.temperature > 0.2 OR config.effort > 1 OR config.none < 1"],
    [true, "kind = 'text' OR kind = 'chat' AND name LIKE 'f%'"],
    [false, "(kind = 'text' OR kind = 'chat') AND name LIKE 'x%'"],
    [false, "NOT (kind = 'chat' OR name = 'x')"],
    [true, "NOT NOT kind = 'chat'"],
    [true, "\n kind\t= 'chat' "],
  ])("%s: %s", (expected, text) => {
    expect(fitsQuery(forecast, parse(text))).toBe(expected);
  });

  it.each<[text: string, at: number, end: number, problem: string, hint: string | undefined]>([
    ["", 0, 1, "the query is empty", "write a comparison: name LIKE 'a%'"],
    ["nmae = 'a'", 0, 4, 'unknown field "nmae"', 'did you mean "name"?'],
    ["name = 'a' AND tgas.team = 'x'", 15, 19, 'unknown field "tgas"', 'did you mean "tags"?'],
    ["refund", 0, 6, 'unknown field "refund"', "text ILIKE '%refund%' looks for it in templates"],
    ["name", 4, 5, "expected a comparison, found the end", expect.stringContaining("LIKE")],
    ["name == 'a'", 5, 7, "== is not an operator", "write ="],
    ["name = a", 7, 8, '"a" is not a value', "put it in quotes: 'a'"],
    ["name = ", 7, 8, "expected a value after =, found the end", undefined],
    ["name = 'a", 7, 8, "the ' is not closed", undefined],
    ["name < 'a'", 5, 6, "name cannot be compared with <", expect.stringContaining("ILIKE")],
    ["version LIKE 'v%'", 8, 12, "version cannot be compared with LIKE", expect.stringContaining(">=")],
    ["version = 'newest'", 10, 18, '"newest" is not a version', "write 3, 'latest' or 'working'"],
    ["version > 'latest'", 10, 18, '"latest" is not a version', expect.any(String)],
    ["config.t > '1'", 11, 14, "> compares numbers", "write the number without quotes"],
    ["tags = 'a'", 0, 4, "tags needs a key", "write tags.team"],
    ["name.x = 'a'", 0, 6, "name has no parts", undefined],
    ["name = 'a' name = 'b'", 11, 15, 'unexpected "name"', "comparisons are joined by AND or OR"],
    ["name = 'a' AND", 14, 15, "expected a field, found the end", expect.stringContaining("config.<key>")],
    ["(name = 'a'", 0, 1, "the ( is not closed", undefined],
    ["name = 'a')", 10, 11, "unexpected )", expect.any(String)],
    ["name IN 'a'", 8, 11, "IN takes a list: ('a', 'b')", undefined],
    ["name IN ('a'", 8, 9, "the list is not closed", undefined],
    ["name IS 'a'", 8, 11, "expected NULL, found 'a'", undefined],
    ["'name' = 'a'", 0, 6, "expected a field, found 'name'", expect.any(String)],
    ["name = 'a' && name = 'b'", 11, 12, '"&" has no meaning here', undefined],
    [`${"(".repeat(300)}name = 'a'${")".repeat(300)}`, 200, 201, "the query is nested too deeply", undefined],
    [`name = '${"a".repeat(10_000)}'`, 10_000, 10_001, "the query is too long", "it may have 10000 characters"],
  ])("refuses %s", (text, start, end, problem, hint) => {
    expect(parseQuery(text)).toEqual({ problem, hint, start, end });
  });

  it("survives whatever is written", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom(..."name = ' \" ` ( ) AND NOT IN LIKE tags. , 1 <".split(" ")))),
        (words) => {
          const query = parseQuery(words.join(" "));
          if (!("problem" in query)) fitsQuery(forecast, query);
        },
      ),
      { seed: 1, numRuns: 2000 },
    );
  });

  it("holds long chains", () => {
    const query = parse(Array(500).fill("kind = 'chat'").join(" AND "));
    expect(fitsQuery(forecast, query)).toBe(true);
  });
});

describe("queries against JavaScript", () => {
  interface Written {
    readonly query: string;
    readonly script: string;
  }
  const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const word = fc.constantFrom("a", "b", "c", "it's");
  const leaf: fc.Arbitrary<Written> = fc.oneof(
    fc
      .record({ key: fc.constantFrom("x", "y", "z"), value: word, negated: fc.boolean() })
      .map(({ key, value, negated }) => ({
        query: `tags.${key} ${negated ? "!=" : "="} ${quote(value)}`,
        script: `(${JSON.stringify(key)} in tags && (tags[${JSON.stringify(key)}] === ${JSON.stringify(value)}) !== ${negated})`,
      })),
    fc.record({ value: word, negated: fc.boolean() }).map(({ value, negated }) => ({
      query: `alias ${negated ? "!=" : "="} ${quote(value)}`,
      script: `(alias.includes(${JSON.stringify(value)}) !== ${negated})`,
    })),
    fc
      .record({ values: fc.array(word, { minLength: 1, maxLength: 3 }), negated: fc.boolean() })
      .map(({ values, negated }) => ({
        query: `name ${negated ? "NOT " : ""}IN (${values.map(quote).join(", ")})`,
        script: `(${JSON.stringify(values)}.includes(name) !== ${negated})`,
      })),
    fc
      .record({ operator: fc.constantFrom("<", "<=", ">", ">=", "=", "!="), value: fc.nat(4) })
      .map(({ operator, value }) => ({
        query: `version ${operator} ${value + 1}`,
        script: `(version ${operator === "=" ? "===" : operator === "!=" ? "!==" : operator} ${value + 1})`,
      })),
    fc.boolean().map((negated) => ({
      query: `model IS ${negated ? "NOT " : ""}NULL`,
      script: `((model === undefined) !== ${negated})`,
    })),
  );
  // Without brackets of their own: what binds closer has to be known by both.
  const { tree } = fc.letrec<{ tree: Written }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "medium", withCrossShrink: true },
      leaf,
      fc.tuple(tie("tree"), fc.constantFrom("AND", "OR"), tie("tree")).map(([a, operator, b]) => ({
        query: `${a.query} ${operator} ${b.query}`,
        script: `${a.script} ${operator === "AND" ? "&&" : "||"} ${b.script}`,
      })),
      tie("tree").map((inner) => ({ query: `(${inner.query})`, script: `(${inner.script})` })),
      tie("tree").map((inner) => ({ query: `NOT (${inner.query})`, script: `!(${inner.script})` })),
      leaf.map((inner) => ({ query: `not ${inner.query}`, script: `!${inner.script}` })),
    ),
  }));
  const version = fc.record({
    name: word,
    version: fc.integer({ min: 1, max: 5 }),
    alias: fc.uniqueArray(word),
    model: fc.option(word, { nil: undefined }),
    tags: fc.dictionary(fc.constantFrom("x", "y", "z"), word, { noNullPrototype: true }),
  });

  it("fits what the same condition in JavaScript fits", () => {
    fc.assert(
      fc.property(tree, version, (written, own) => {
        const judge = new Function("name", "version", "alias", "model", "tags", `return ${written.script};`);
        const expected: unknown = judge(own.name, own.version, own.alias, own.model, own.tags);
        expect(fitsQuery({ ...forecast, ...own }, parse(written.query))).toBe(expected);
      }),
      { seed: 1, numRuns: 3000 },
    );
  });
});

describe("LIKE", () => {
  const piece = fc.constantFrom("a", "b", "%", "_", "\\", "\\%", ".", "*", "\n", "😀", "[");

  it("fits what the regular expression fits", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.array(piece, { maxLength: 8 }), (pattern, pieces) => {
        const source = [...pattern.join("").matchAll(/\\?[\s\S]/gu)].map(([part]) => {
          if (part === "%") return ".*";
          return part === "_"
            ? "."
            : (part.length > 1 && part.startsWith("\\") ? part.slice(1) : part).replace(/[\\.*[\]^$+?(){}|]/g, "\\$&");
        });
        const text = pieces.join("");
        expect(isLike(text, pattern.join(""))).toBe(new RegExp(`^${source.join("")}$`, "su").test(text));
      }),
      { seed: 1, numRuns: 5000 },
    );
  });

  it("takes no longer than the lengths allow", async () => {
    const search = (length: number) => isLike("a".repeat(length), `${"%a".repeat(50)}%b`);
    expect(search(20_000)).toBe(false);
    expect(await growth(search, 50_000, 200_000)).toBeLessThan(10);
  });

  it("escapes, and finds the pieces between wildcards", () => {
    fc.assert(
      fc.property(fc.array(piece), fc.array(piece), (a, b) => {
        const [text, other] = [a.join(""), b.join("")];
        expect(isLike(other, escapeLike(text))).toBe(other === text);
        expect(literalsIn(escapeLike(text))).toEqual(text === "" ? [] : [text]);
      }),
      { seed: 1 },
    );
    expect(literalsIn("%one_two\\%%three")).toEqual(["one", "two%", "three"]);
  });
});

describe("excerpts", () => {
  it.each([
    ["A line\n  with a Finding in it", "finding", { line: 2, text: "with a Finding in it", start: 7, end: 14 }],
    ["none", "x", undefined],
    [
      `${"a".repeat(100)}X${"b".repeat(100)}`,
      "x",
      { line: 1, text: `…${"a".repeat(40)}X${"b".repeat(40)}…`, start: 41, end: 42 },
    ],
  ])("of %j for %j", (text, piece, expected) => {
    expect(findExcerpt(text, [piece])).toEqual(expected);
  });

  it("are of what the query does not deny", () => {
    const query = parse("text LIKE '%one%lonnger_x' AND (name = 'n' OR text ILIKE 'two%') AND NOT text LIKE '%three%'");
    expect(searchedPieces(query)).toEqual(["lonnger", "two"]);
  });
});
