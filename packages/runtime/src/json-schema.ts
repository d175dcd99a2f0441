// The type of a schema document, as prompts carry it.

/** A JSON Schema (draft 2020-12) document. */
export type JsonSchema = { [keyword: string]: unknown };
