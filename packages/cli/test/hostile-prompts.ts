// Prompts that try to take a compiler's time or memory, each with the finding that it must end in.

export interface HostilePrompt {
  readonly name: string;
  /** The file's content. */
  readonly content: string | Uint8Array;
  /** `undefined` where the prompt is in order. */
  readonly code: string | undefined;
}

const withFrontMatter = (frontMatter: string, body = "{{a}}") => `---\n${frontMatter}\n---\n${body}`;
const withPattern = (pattern: string) =>
  withFrontMatter(
    `input: { schema: { type: object, properties: { a: { type: string, pattern: ${JSON.stringify(pattern)} } } } }`,
  );

/** The JSON text of a schema of definitions, each of which refers to the next: twice, its size doubles with each. */
export function chainedSchema(make: (next: object) => object, count: number): string {
  const next = (index: number) => ({ $ref: `#/$defs/a${index + 1}` });
  const definition = (index: number) => (index === count - 1 ? { type: "string" } : make(next(index)));
  const $defs = Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, definition(index)]));
  return JSON.stringify({ type: "object", properties: { x: { $ref: "#/$defs/a0" } }, required: ["x"], $defs });
}

const withDoubling = (role: "input" | "output", make: (next: object) => object) =>
  withFrontMatter(`${role}: { schema: ${chainedSchema(make, 30)} }`, role === "input" ? "{{json x}}" : "Hi");
const nested = (open: string, close: string, inside = "{{x}}") => `${open.repeat(32)}${inside}${close.repeat(32)}`;
const bomb = [
  "a: &a [x,x,x,x,x,x,x,x,x]",
  ...Array.from({ length: 9 }, (_, level) => {
    const [name, before] = ["bcdefghij"[level], "abcdefghi"[level]];
    return `${name}: &${name} [${new Array(9).fill(`*${before}`).join(",")}]`;
  }),
].join("\n");

export const hostilePrompts: readonly HostilePrompt[] = [
  { name: "1 MB of text", content: "x".repeat(1_000_000), code: undefined },
  { name: "1 MB of tags", content: "{{a}}".repeat(200_000), code: "template/too-large" },
  { name: "more than 1 MB", content: "x".repeat(2_000_000), code: "prompt/too-large" },
  { name: "10,000 nested blocks", content: "{{#if a}}".repeat(10_000), code: "template/too-large" },
  {
    name: "10,000 nested blocks, closed",
    content: `${"{{#if a}}".repeat(10_000)}x${"{{/if}}".repeat(10_000)}`,
    code: "template/too-large",
  },
  { name: "100,000 expressions", content: "{{a}} ".repeat(100_000), code: "template/too-large" },
  { name: "9,000 expressions", content: "{{a}}{{b}} ".repeat(4_500), code: undefined },
  { name: "50,000 opening braces", content: "{{".repeat(50_000), code: "template/syntax" },
  { name: "5,000 opening braces", content: "{{".repeat(5_000), code: "template/syntax" },
  { name: "nested helper calls", content: `{{json ${"(lookup ".repeat(5_000)}`, code: "template/too-large" },
  {
    name: "9,000 misspelled variables on one line",
    content: withFrontMatter(
      `input: { schema: { ${Array.from({ length: 600 }, (_, n) => `variable_number_${n}: string`).join(", ")} } }`,
      Array.from({ length: 9_000 }, (_, n) => `{{varable_nmber_${n}}}`).join(" "),
    ),
    code: "template/undeclared-variable",
  },
  { name: "32 nested loops", content: nested("{{#each a}}", "{{/each}}"), code: undefined },
  { name: "32 nested sections", content: nested("{{#a}}", "{{/a}}"), code: "template/too-large" },
  {
    name: "nested loops in a chat with media",
    content: `{{role "system"}}${nested("{{#each a}}", '{{role "user"}}{{/each}}', "{{media url=x}}")}`,
    code: undefined,
  },
  {
    name: "definitions that refer to the next twice, as alternatives",
    content: withDoubling("input", (next) => ({ anyOf: [next, next] })),
    code: "schema/invalid",
  },
  {
    name: "definitions that refer to the next twice, as parts",
    content: withDoubling("output", (next) => ({ allOf: [next, next] })),
    code: "schema/invalid",
  },
  {
    name: "definitions that refer to the next twice, as members",
    content: withDoubling("output", (next) => ({ type: "object", properties: { l: next, r: next } })),
    code: "schema/invalid",
  },
  {
    name: "definitions that refer to the next twice, as items",
    content: withDoubling("output", (next) => ({ type: "array", prefixItems: [next, next] })),
    code: "schema/invalid",
  },
  { name: "a loop in a look-ahead", content: withPattern("(?=a+b)c"), code: "schema/unsafe-pattern" },
  { name: "a loop in a look-behind", content: withPattern("(?<!\\s+b)c"), code: "schema/unsafe-pattern" },
  { name: "look-aheads at the start", content: withPattern("^(?=.*[a-z])(?!.*\\s).{8,}$"), code: undefined },
  { name: "a pattern that backtracks", content: withPattern("^(a+)+$"), code: "schema/unsafe-pattern" },
  { name: "a pattern that backtracks by choices", content: withPattern("^(a|a)*$"), code: "schema/unsafe-pattern" },
  { name: "a pattern of 5,000 groups", content: withPattern("(a?)".repeat(5_000)), code: "schema/unsafe-pattern" },
  {
    name: "many patterns",
    content: withFrontMatter(
      `input: { schema: { type: object, properties: { ${Array.from({ length: 50 }, (_, n) => `a${n}: { pattern: "${"(a?)".repeat(60)}${n}" }`).join(", ")} } } }`,
    ),
    code: "schema/unsafe-pattern",
  },
  {
    name: "a reference to itself",
    content: withFrontMatter('input: { schema: { $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/a" } } } }'),
    code: "schema/invalid",
  },
  {
    name: "a recursive schema",
    content: withFrontMatter(
      'input: { schema: { type: object, properties: { a: { type: string }, next: { $ref: "#" } } } }',
      "{{a}}{{#if next}}{{next.a}}{{/if}}",
    ),
    code: undefined,
  },
  {
    name: "a remote reference",
    content: withFrontMatter(
      'input: { schema: { type: object, properties: { a: { $ref: "http://127.0.0.1:9/x" } } } }',
    ),
    code: "schema/remote-ref",
  },
  { name: "a YAML alias bomb", content: withFrontMatter(bomb), code: "front-matter/syntax" },
  { name: "nested YAML", content: withFrontMatter(`config: ${"[".repeat(10_000)}`), code: "front-matter/syntax" },
  {
    name: "30 kB of YAML keys",
    content: withFrontMatter(`config:\n${Array.from({ length: 3_000 }, (_, n) => `  k${n}: 1`).join("\n")}`),
    code: undefined,
  },
  {
    name: "100 kB of front matter",
    content: withFrontMatter(`description: ${"x".repeat(100_000)}`),
    code: "front-matter/too-large",
  },
  { name: "bytes that are no UTF-8", content: new Uint8Array([0x7b, 0xff, 0xfe, 0xc3, 0x28]), code: "prompt/not-text" },
  { name: "a NUL byte", content: "a\0b", code: "prompt/not-text" },
];
