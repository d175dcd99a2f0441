// Combines the options of a search into one query.

import type { Condition, Query } from "@cuecard/build/search";

/** A version must match all given options. */
export interface SearchRequest {
  /** In the filter language: `name LIKE 'a%' AND tags.team = 'finops'`. */
  readonly query?: string | undefined;
  /** Texts that each occur in the name, the description, the template or a partial that it uses; case is ignored. */
  readonly words?: readonly string[] | undefined;
  /** Text in the template or in a partial that it uses; case is ignored. */
  readonly text?: readonly string[] | undefined;
  /** The name, with `*` for any text; without one, a part of the name. */
  readonly name?: string | undefined;
  /** Labels, each with its value, or alone for any value: `[["team", "finops"], ["tier"]]`. */
  readonly tags?: readonly (readonly [key: string, value?: string | undefined])[] | undefined;
  /** An alias that points at the version, or `latest`. */
  readonly alias?: string | undefined;
  /** The model, with `*` for any text; without one, a part of it. */
  readonly model?: string | undefined;
  /** Variables of the input; `*` matches any text. */
  readonly variables?: readonly string[] | undefined;
  /** Partials that the version uses, as templates name them; `*` matches any text. */
  readonly partials?: readonly string[] | undefined;
  /** Whether every version is searched, and not only those in use: each prompt's latest, and where aliases point. */
  readonly allVersions?: boolean | undefined;
}

/**
 * @param written The query of the request, parsed.
 * @param literally Makes a pattern that matches only the given text.
 */
export function queryOf(
  request: SearchRequest,
  written: Query | undefined,
  literally: (text: string) => string,
): Query | undefined {
  const like = (name: Condition["field"]["name"], pattern: string): Query => compare(name, "ILIKE", pattern);
  const contains = (name: Condition["field"]["name"], text: string) => like(name, `%${literally(text)}%`);
  const wildcards = (text: string) => text.split("*").map(literally).join("%");
  const partOf = (text: string) => (text.includes("*") ? wildcards(text) : `%${literally(text)}%`);
  const { words = [], text = [], name, tags = [], alias, model, variables = [], partials = [] } = request;
  const queries: Query[] = [
    ...(written === undefined ? [] : [written]),
    ...words.map((word): Query => {
      const right: Query = { kind: "or", left: contains("name", word), right: contains("description", word) };
      return { kind: "or", left: contains("text", word), right };
    }),
    ...text.map((piece) => contains("text", piece)),
    ...(name === undefined ? [] : [like("name", partOf(name))]),
    ...tags.map(([key, value]) =>
      value === undefined ? compare("tags", "IS NOT NULL", undefined, key) : compare("tags", "=", value, key),
    ),
    ...(alias === undefined
      ? []
      : [alias === "latest" ? compare("version", "=", alias) : compare("alias", "=", alias)]),
    ...(model === undefined ? [] : [like("model", partOf(model))]),
    ...variables.map((variable) => compare("variable", "LIKE", wildcards(variable))),
    ...partials.map(
      (partial): Query => ({
        kind: "or",
        left: compare("partial", "LIKE", wildcards(partial)),
        right: compare("partial", "LIKE", `%/${wildcards(partial)}`),
      }),
    ),
  ];
  const [first, ...rest] = queries;
  return first === undefined ? undefined : rest.reduce((left, right) => ({ kind: "and", left, right }), first);
}

function compare(
  name: Condition["field"]["name"],
  operator: Condition["operator"],
  value?: string,
  key?: string,
): Condition {
  return { kind: "compare", field: { name, key }, operator, values: value === undefined ? [] : [value] };
}
