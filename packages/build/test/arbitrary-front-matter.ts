// Front matter as people might write it: values of every kind, printed with comments and in every style.

import fc from "fast-check";

const key = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("a", "b", "model", "tags", "c?", "x y", "1") },
  fc.constantFrom("__proto__", "null", "#k", "k: v", "- k", "", "é🙂", "true", "constructor", "[k]", "'q"),
);
const text = fc.oneof(
  fc.constantFrom(
    "",
    "a",
    "a b",
    "it's",
    "a: b",
    "a #b",
    "# c",
    "- x",
    "{a}",
    "null",
    "yes",
    "1.0",
    "a\nb",
    "a\n\nb\n",
    "text of\n\ntwo lines\n",
    "text\nof lines",
    " a",
    "a ",
    "a\tb",
    "a\n  b\n",
    "\n",
    "---",
    "\u2028",
    "*a",
    "&a",
    "!a",
    "%a",
    "@a",
    "`a",
    '"',
    "a\r\nb",
    "\\",
  ),
  fc.string({ maxLength: 8 }).filter((one) => !/[\ud800-\udfff\r]/.test(one)),
);
export const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true, noInteger: true }),
);
export const { value, map } = fc.letrec<{ value: unknown; map: Record<string, unknown> }>((tie) => ({
  value: fc.oneof({ depthSize: "small" }, scalar, fc.array(tie("value"), { maxLength: 3 }), tie("map")),
  map: fc.dictionary(key, tie("value"), { maxKeys: 4 }),
}));

/** Prints a value as people might, with comments and in every style. */
export function print(data: unknown, column: number, style: () => number): string {
  const pad = " ".repeat(column);
  const comment = () => (style() < 0.3 ? " # note" : "");
  const above = (at: string) => (style() < 0.2 ? `${at}# above\n` : style() < 0.1 ? "\n" : "");
  const isList = Array.isArray(data);
  const entries = isList ? data.map((one) => ["", one] as const) : isMap(data) ? Object.entries(data) : undefined;
  if (data === null && style() < 0.4) return `${comment()}\n`;
  const block = typeof data === "string" && style() < 0.6 ? blockText(data, pad) : undefined;
  if (block !== undefined) return block;
  if (entries === undefined || entries.length === 0 || style() < 0.25)
    return `${flow(data, style, column > 0 ? pad : "  ")}${comment()}\n`;
  const lines = entries.map(([name, one], index) => {
    const head = isList ? "-" : `${flow(name, () => 1)}:`;
    // The items of a list may be as far left as its key.
    const step = !isList && Array.isArray(one) && style() < 0.3 ? 0 : style() < 0.3 ? 4 : 2;
    const inner = print(one, column + step, style);
    const isNested = inner.startsWith("\n");
    // `- - a`, `- a: 1`
    const rest = inner.trimStart();
    const isCompact = isList && isNested && step > 0 && !rest.startsWith("#") && style() < 0.6;
    const lead = above(pad);
    if (isCompact) return `${lead}${pad}-${" ".repeat(step - 1)}${rest}`;
    return `${index === 0 && isList ? "" : lead}${pad}${head}${isNested ? comment() : inner === "\n" || inner.startsWith(" #") ? "" : " "}${inner}`;
  });
  return `\n${lines.join("")}`;
}

/** A text in lines of its own, if it can be. */
function blockText(data: string, pad: string): string | undefined {
  if (!/^[a-z]/.test(data) || /[\t\r\u2028\\]| $| \n/m.test(data) || data.endsWith("\n\n")) return undefined;
  const lines = data.replace(/\n$/, "").split("\n");
  return `${data.endsWith("\n") ? "|" : "|-"}\n${lines.map((line) => (line === "" ? "\n" : `${pad}  ${line}\n`)).join("")}`;
}

function flow(data: unknown, style: () => number, pad = "  "): string {
  const entries = Array.isArray(data)
    ? data.map((one) => flow(one, style, pad))
    : isMap(data)
      ? Object.entries(data).map(([name, one]) => `${flow(name, () => 1)}: ${flow(one, style, pad)}`)
      : undefined;
  if (entries !== undefined) {
    const [open, close] = Array.isArray(data) ? ["[", "]"] : ["{", "}"];
    const isLong = style() < 0.3;
    const separator = isLong ? `,${style() < 0.3 ? " # note" : ""}\n ${pad}` : style() < 0.5 ? ", " : " , ";
    const comma = entries.length > 0 && style() < 0.2 ? "," : "";
    return `${open}${isLong ? `\n ${pad}` : " "}${entries.join(separator)}${comma}${isLong ? `\n ${pad}` : ""}${close}`;
  }
  if (typeof data === "string" && /^[a-z][a-z ]*[a-z]$/.test(data) && !/^(?:null|true|false|yes)$/.test(data)) {
    if (style() < 0.7) return data;
  }
  if (typeof data === "string" && /^[ -~]*$/.test(data) && style() < 0.5) return `'${data.replaceAll("'", "''")}'`;
  return JSON.stringify(data);
}

export const isMap = (data: unknown): data is Record<string, unknown> =>
  typeof data === "object" && data !== null && !Array.isArray(data);

/** Numbers from 0 to 1, the same for the same seed. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}
