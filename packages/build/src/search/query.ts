// A query over versions of prompts, as a tree. Its written form extends MLflow's filter language:
// https://mlflow.org/docs/latest/ml/search/search-runs (there: comparisons joined by AND).

export type Query =
  | { readonly kind: "and"; readonly left: Query; readonly right: Query }
  | { readonly kind: "or"; readonly left: Query; readonly right: Query }
  | { readonly kind: "not"; readonly query: Query }
  | Condition;

export interface Condition {
  readonly kind: "compare";
  readonly field: Field;
  readonly operator: Operator;
  /** One; any number for IN, none for IS NULL. */
  readonly values: readonly Value[];
}

export type Operator = "=" | "!=" | "<" | "<=" | ">" | ">=" | "LIKE" | "ILIKE" | "IN" | "IS NULL" | Negated;
type Negated = "NOT LIKE" | "NOT ILIKE" | "NOT IN" | "IS NOT NULL";

export type Value = string | number | boolean;

export interface Field {
  readonly name: FieldName;
  /** Of `tags` and `config`. */
  readonly key: string | undefined;
}

export type FieldName =
  | "name"
  | "version"
  | "text"
  | "description"
  | "model"
  | "kind"
  | "alias"
  | "variable"
  | "partial"
  | "notes"
  | "tags"
  | "config";

/** What can be compared with a field, and how. */
export interface FieldRules {
  readonly operators: readonly Operator[];
  /** Whether a version has any number of them: then `!=` means that none is. */
  readonly isList: boolean;
  /** Whether a key selects it: `tags.team`. */
  readonly hasKey: boolean;
}

const EQUAL = ["=", "!=", "IN", "NOT IN", "IS NULL", "IS NOT NULL"] as const;
const LIKE = ["LIKE", "ILIKE", "NOT LIKE", "NOT ILIKE"] as const;
const ORDER = ["<", "<=", ">", ">="] as const;

const text: FieldRules = { operators: [...EQUAL, ...LIKE], isList: false, hasKey: false };
const list: FieldRules = { ...text, isList: true };

export const fieldRules: Readonly<Record<FieldName, FieldRules>> = {
  name: text,
  version: { operators: [...EQUAL, ...ORDER], isList: false, hasKey: false },
  text: list,
  description: text,
  model: text,
  kind: text,
  alias: list,
  variable: list,
  partial: list,
  notes: text,
  tags: { ...text, hasKey: true },
  config: { operators: [...EQUAL, ...LIKE, ...ORDER], isList: false, hasKey: true },
};

/** Why a query cannot be understood, and where. */
export interface QueryError {
  readonly problem: string;
  readonly hint: string | undefined;
  /** Offsets into the query, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}
