// The query language of `search`. It is an entry of its own, because it needs none of the compiler.

export { fitsQuery, type SearchedVersion } from "./search/evaluate-query.js";
export { type Excerpt, findExcerpt, isAboutTexts, searchedPieces } from "./search/excerpt.js";
export { escapeLike } from "./search/like.js";
export { parseQuery } from "./search/parse-query.js";
export type { Condition, Field, FieldName, Operator, Query, QueryError, Value } from "./search/query.js";
export { searchedVersion } from "./search/searched-version.js";
