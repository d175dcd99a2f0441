import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { ProjectHelpers, ValueForm, ValueType } from "@cuecard/build";
import { type Diagnostic, formatPlace, sortDiagnostics } from "@cuecard/model";
import { createProjectFolder } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { openCacheFolder } from "../cache/cache-folder.js";
import { defaultConfig } from "../settings/config.js";
import { readHelpers } from "./read-helpers.js";

// This file makes TypeScript programs: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

function write(dir: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    writeFileSync(path.join(dir, file), text);
  }
}

function read(dir: string, module = "helpers.ts") {
  return readHelpers({ dir, config: { ...defaultConfig, helpers: module }, diagnostics: [] }, openCacheFolder(dir));
}

async function readFiles(files: Readonly<Record<string, string>>, module = "helpers.ts") {
  const dir = createProjectFolder();
  write(dir, files);
  return { dir, ...(await read(dir, module)) };
}

/** The helpers as a service that is a CommonJS module gets them. */
function requireHelpers(helpers: ProjectHelpers | undefined): Record<string, (...args: unknown[]) => unknown> {
  const dir = createProjectFolder();
  write(dir, Object.fromEntries(helpers?.files ?? []));
  return createRequire(path.join(dir, "index.cjs"))(`./${helpers?.commonJsEntry}`);
}

function show(type: ValueType): string {
  return type === "any" ? type : type.map(showForm).join("|");
}

function showForm(form: ValueForm): string {
  if (typeof form === "string") return form;
  if ("values" in form) return form.values.map((value) => JSON.stringify(value)).join("|");
  if ("items" in form) return `(${show(form.items)})[]`;
  const members = form.members.map(({ name, type, optional }) => `${name}${optional ? "?" : ""}: ${show(type)}`);
  return `{ ${[...members, ...(form.others === undefined ? [] : [`*: ${show(form.others)}`])].join(", ")} }`;
}

function lines(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map((finding) => `${formatPlace(finding)} ${finding.code}: ${finding.message}`);
}

describe("a helper's signature", () => {
  const types = `
export interface Options { places?: number; symbol: string }
export type Style = "short" | "long";
enum Level { Low, High }
class Money { cents = 0 }
interface Named { name: string; toString(): string }
class Name implements Named { name = ""; toString() { return this.name } }
type Generic<T> = { value: T };
interface Tree { name: string; children: Tree[]; next?: Tree }
interface Deep<T> { value: T; next?: Deep<T[]> }
`;
  /** Declaration → how it reads: positional, rest, named, and the result's kinds. */
  const rows: readonly (readonly [source: string, expected: string])[] = [
    ["export function none(): string { return '' }", "none(): string"],
    ["export function one(amount: number): string { return '' }", "one(amount: number): string"],
    [
      "export function optional(a: string, b?: boolean): void {}",
      "optional(a: string, b?: boolean|undefined): undefined",
    ],
    ["export function preset(a = 2): number { return a }", "preset(a?: number|undefined): number"],
    ["export const arrow = (a: 1 | 'x' | null) => a", 'arrow(a: null|1|"x"): null|1|"x"'],
    ["export function some(a: unknown, b: any): any {}", "some(a: any, b: any): any"],
    [
      "export function list(a: readonly string[], b: [number, string]) { return b }",
      "list(a: (string)[], b: (string|number)[]): (string|number)[]",
    ],
    ["export function style(a: Style, b: Level): boolean { return true }", 'style(a: "long"|"short", b: 0|1): boolean'],
    ["export function template(a: Uppercase<string>): undefined {}", "template(a: string): undefined"],
    ["export function branded(a: string & { brand: 1 }) { return a }", "branded(a: string): string"],
    ["export function record(a: Record<string, number>) { return a }", "record(a: { *: number }): { *: number }"],
    ["export function instance(a: Money) { return a.cents }", "instance(a: object): number"],
    [
      "export function builtIn(a: Date, b: Iterable<string>) { return '' }",
      "builtIn(a: object, b: string|array|object): string",
    ],
    [
      "export function alike(a: ArrayLike<string>, b: Iterable<number>, c: ReadonlySet<string>) { return '' }",
      "alike(a: string|array|object, b: array|object, c: object): string",
    ],
    [
      "export function measured(a: { length: number }, b: { length: number; name: string }, c: { toFixed(): string }, d: string) { return '' }",
      "measured(a: string|array|{ length: number }, b: { length: number, name: string }, c: number|{ toFixed: any }, d: string): string",
    ],
    ["export function size(a: { length: number }) { return 1 }", "size(a: string|array|{ length: number }): number"],
    [
      "export function repeat(a: string, o: { length: number }) { return a }",
      "repeat(a: string; length: number): string",
    ],
    ["export function weak(a: { x?: 1 }, b: string) { return '' }", "weak(a: { x?: undefined|1 }, b: string): string"],
    ["export function mkUrl(a: string) { return new URL(a) }", "mkUrl(a: string): any"],
    ["export function mkDate(): Date | undefined { return new Date() }", "mkDate(): any"],
    ["export function mkRegExp() { return /a/ }", "mkRegExp(): any"],
    ["export function mkString() { return new String('a') }", "mkString(): any"],
    ["export function mkObject(): object { return {} }", "mkObject(): any"],
    ["export function mkMoney() { return new Money() }", "mkMoney(): any"],
    ["export function mkBoth() { return new Money() as Money & { x: 1 } }", "mkBoth(): any"],
    ["export function mkList() { return [new Date()] }", "mkList(): array"],
    ["export function mkMembers() { return { at: new URL('') } }", "mkMembers(): { at: any }"],
    ["export function mkText(): Named { return new Name() }", "mkText(): any"],
    [
      "export function object(a: object, b: {}) { return '' }",
      "object(a: array|object, b: string|number|boolean|array|object): string",
    ],
    [
      "export function rest(a: string, ...more: (number | null)[]) { return '' }",
      "rest(a: string, ...more: number|null): string",
    ],
    [
      "export function objectFirst(a: Options, b: string) { return '' }",
      "objectFirst(a: { places?: number|undefined, symbol: string }, b: string): string",
    ],
    [
      "export function literal(a: string, o: { x: string; y?: number }) { return '' }",
      "literal(a: string; x: string, y?: number|undefined): string",
    ],
    [
      "export function named(o: Options = { symbol: '$' }) { return '' }",
      "named(; places?: number|undefined, symbol: string): string",
    ],
    [
      "export function partial(a: number, o?: Partial<Options>) { return '' }",
      "partial(a: number; places?: number|undefined, symbol?: string|undefined): string",
    ],
    [
      "export function both(o: Options & { more: boolean }) { return '' }",
      "both(; places?: number|undefined, symbol: string, more: boolean): string",
    ],
    [
      "export function orNull(o: Options | null) { return '' }",
      "orNull(; places?: number|undefined, symbol: string): string",
    ],
    [
      "export function destructured([a]: string[], { x }: { x: string }) { return a + x }",
      "destructured(argument 1: (string)[]; x: string): string",
    ],
    ["export function inside(a: Generic<string>['value']) { return '' }", "inside(a: string): string"],
    ["export function callback(a: string, b?: () => void) { return '' }", "callback(a: string, b?: undefined): string"],
    ["export function big(a: string | bigint) { return '' }", "big(a: string): string"],
    ["export function fails(): never { throw new Error() }", "fails(): "],
    ["const local = (a: string) => a; export { local as renamed }", "renamed(a: string): string"],
    ["export { away } from './lib/away.ts'", "away(a: number): string"],
    ["export * from './lib/star.js'", "star(a: string): string"],
    ["export type { Hidden } from './lib/away.ts'", ""],
    ["export type { away as typed } from './lib/away.ts'", ""],
    ["import type { away as imported } from './lib/away.ts'; export { imported }", ""],
    [
      "export function tree(a: Tree, b: string) { return a.children }",
      "tree(a: { name: string, children: array, next?: any }, b: string): ({ name: string, children: any, next?: any })[]",
    ],
    [
      "export function chain(a: Deep<string>, b: string): void {}",
      "chain(a: { value: string, next?: undefined|{ value: (string)[], next?: undefined|{ value: ((string)[])[], next?: undefined|{ value: (array)[], next?: undefined|{ value: array, next?: undefined|{ value: any, next?: any } } } } } }, b: string): undefined",
    ],
    [
      "export function rows(a: string): { name: string; price: number | null }[] | undefined { return undefined }",
      "rows(a: string): undefined|({ name: string, price: number|null })[]",
    ],
    [
      "export function either(a: { x: 1 } | { y: readonly Style[] }, b: true) { return a }",
      'either(a: { x: 1 }|{ y: ("long"|"short")[] }, b: true): { x: 1 }|{ y: ("long"|"short")[] }',
    ],
    [
      "export function methods() { return { a: 1, f: () => 2, at: new Date(), big: 1n, money: new Money() } }",
      "methods(): { a: number, f: any, at: any, big: any, money: any }",
    ],
    [
      "export function both2() { return { a: 1 } as { a: number } & { b?: string } }",
      "both2(): { a: number, b?: string|undefined }",
    ],
    ["export function tuple(): [a: string, b?: number] { return ['x'] }", "tuple(): array"],
    [
      "export function open() { return {} as { a: string; [other: string]: unknown } }",
      "open(): { a: string, *: any }",
    ],
    [
      "export function swallowed(a: string | 'x', b: 1 | number) { return '' }",
      "swallowed(a: string, b: number): string",
    ],
    ["export function back(a: unknown): unknown { return a }", "back(a: any): any"],
  ];

  it("gets its signature from the types of the function", async () => {
    const source = types + rows.map(([text]) => `${text}\n`).join("");
    const { helpers, diagnostics } = await readFiles({
      "helpers.ts": source,
      "lib/away.ts": "export function away(a: number): string { return String(a) }\nexport type Hidden = () => void;",
      "lib/star.ts": "export const star = (a: string): string => a;",
    });
    expect(lines(diagnostics)).toEqual([]);
    const shown = helpers?.signatures.map(({ name, positional, rest, named, returns }) => {
      const parameter = (one: { name: string; type: ValueType; optional: boolean }) =>
        `${one.name}${one.optional ? "?" : ""}: ${show(one.type)}`;
      const first = [
        ...positional.map(parameter),
        ...(rest === undefined ? [] : [`...${rest.name}: ${show(rest.type)}`]),
      ].join(", ");
      const second = named.length === 0 ? "" : `; ${named.map(parameter).join(", ")}`;
      return `${name}(${first}${second}): ${show(returns)}`;
    });
    expect(shown?.sort()).toEqual(
      rows
        .map(([, expected]) => expected)
        .filter((expected) => expected !== "")
        .sort(),
    );
  });

  it("is read from JavaScript, by its JSDoc", async () => {
    const { helpers, diagnostics } = await readFiles(
      {
        "helpers.js": `
/** @param {number} amount @param {{ places?: number }} [options] @returns {string} */
export function currency(amount, options = {}) { return amount.toFixed(options.places) }
export function free(anything) { return anything }
`,
      },
      "helpers.js",
    );
    expect(diagnostics).toEqual([]);
    expect(helpers?.entry).toBe("helpers/helpers.js");
    expect(helpers?.signatures).toEqual([
      {
        name: "currency",
        positional: [{ name: "amount", type: ["number"], optional: false }],
        named: [{ name: "places", type: ["number", "undefined"], optional: true }],
        returns: ["string"],
      },
      { name: "free", positional: [{ name: "anything", type: "any", optional: false }], named: [], returns: "any" },
    ]);
  });
});

describe("an export that is not a valid helper", () => {
  const rows: readonly (readonly [source: string, ...expected: string[]])[] = [
    [
      "export default function () {}",
      "1 helpers/default-export: a default export has no name, so templates cannot call it",
    ],
    [
      "export declare function promised(): string;",
      '25 helpers/not-a-function: the export "promised" is not a function',
    ],
    ["export const places = 2;", '14 helpers/not-a-function: the export "places" is not a function'],
    ["export class Money {}", '14 helpers/not-a-function: the export "Money" is not a function'],
    ["export enum Level { Low }", '13 helpers/not-a-function: the export "Level" is not a function'],
    [
      "export function json() {}",
      '17 helpers/name-taken: "json" is reserved in templates and cannot be the name of a helper',
    ],
    [
      "function yes() {} export { yes as true };",
      '35 helpers/name-taken: "true" is reserved in templates and cannot be the name of a helper',
    ],
    [
      "function dashed() {} export { dashed as 'my-helper' };",
      '41 helpers/malformed-name: "my-helper" is not a valid name for a helper',
    ],
    [
      "export function over(a: string): string; export function over(a: number): string; export function over() { return '' }",
      '17 helpers/overloaded: "over" has 2 signatures; a helper must have exactly one',
    ],
    [
      "export function generic<T>(a: T) { return a }",
      '17 helpers/generic: "generic" has the type parameter "T", which helpers cannot have',
    ],
    [
      "export async function later() {}",
      '23 helpers/asynchronous: "later" returns a promise, but helpers must be synchronous',
    ],
    [
      "export function maybe(): string | Promise<string> { return '' }",
      '17 helpers/asynchronous: "maybe" returns a promise, but helpers must be synchronous',
    ],
    [
      "export function call(a: string, b: () => void) {}",
      '33 helpers/unusable-type: "b" of "call" has type () => void, which template values never have',
    ],
    [
      "export function named(o: { big: bigint }) {}",
      '28 helpers/unusable-type: "big" of "named" has type bigint, which template values never have',
    ],
    [
      "export function gives() { return Symbol.iterator }",
      '17 helpers/unusable-type: the result of "gives" has type symbol, which template values never have',
    ],
    [
      "export const typed: number = 'x';",
      '14 helpers/not-a-function: the export "typed" is not a function',
      "14 helpers/type-error: Type 'string' is not assignable to type 'number' (TS2322)",
    ],
  ];

  it("is a finding at its place", async () => {
    const source = rows.map(([text]) => text).join("\n");
    const { diagnostics, helpers } = await readFiles({ "helpers.ts": source });
    expect(helpers).toBeUndefined();
    const expected = rows.flatMap(([, ...findings], index) =>
      findings.map((text) => `helpers.ts:${index + 1}:${text}`),
    );
    expect(lines(sortDiagnostics(diagnostics))).toEqual(expected);
    for (const { code, hint } of diagnostics)
      expect([code, hint ?? code === "helpers/type-error"]).not.toContain(false);
  });

  it("warns about a module without functions", async () => {
    const { diagnostics, helpers } = await readFiles({ "helpers.ts": "export interface Options { a: string }" });
    expect(lines(diagnostics)).toEqual([
      "helpers.ts helpers/no-exports: helpers.ts exports no functions, so templates have no helpers to call",
    ]);
    expect(helpers?.signatures).toEqual([]);
  });
});

describe("the module", () => {
  it.each([
    ["helper.ts", 'did you mean "helpers.ts"?'],
    ["lib/other.ts", "create it, or fix the path"],
  ])("must exist: %s", async (module, hint) => {
    const { diagnostics } = await readFiles({ "helpers.ts": "" }, module);
    expect(lines(diagnostics)).toEqual([
      `${module} helpers/not-found: "helpers" names the module ${module}, which does not exist`,
    ]);
    expect(diagnostics[0]?.hint).toContain(hint);
  });

  it("must not lead out of the project", async () => {
    const dir = createProjectFolder();
    const outside = createProjectFolder();
    write(outside, { "real.ts": "export const f = () => '';", "money.ts": "export const money = '$';" });
    symlinkSync(path.join(outside, "real.ts"), path.join(dir, "helpers.ts"));
    expect(lines((await read(dir)).diagnostics)).toEqual([
      "helpers.ts helpers/outside-project: helpers.ts is outside the project's folder, so the package cannot contain it",
    ]);
    rmSync(path.join(dir, "helpers.ts"));
    const specifier = `${path.relative(dir, outside)}/money.ts`;
    write(dir, { "helpers.ts": `import { money } from "${specifier}";\nexport const f = () => money;` });
    expect(lines((await read(dir)).diagnostics)).toEqual([
      `helpers.ts:1:23 helpers/outside-project: "${specifier}" is outside the project's folder, so the package cannot contain it`,
    ]);
  });

  it("is checked by TypeScript, and so is what it imports by a path", async () => {
    const { diagnostics } = await readFiles({
      "helpers.ts":
        'import { money } from "./lib/money.ts";\nimport type { Odd } from "./types.ts";\nexport const f = (a: Odd) => money(a);\nlet x = ;',
      "lib/money.ts": "export function money(a: string): string {\n  return a.length;\n}",
      "types.ts": "export type Odd = Missing;",
    });
    expect(lines(diagnostics).sort()).toEqual([
      "helpers.ts:4:9 helpers/type-error: Expression expected (TS1109)",
      "lib/money.ts:2:3 helpers/type-error: Type 'number' is not assignable to type 'string' (TS2322)",
      "types.ts:1:19 helpers/type-error: Cannot find name 'Missing' (TS2304)",
    ]);
  });

  it("knows Node's types only where the project has them, wherever Cuecard was started", async () => {
    const { dir, ...without } = await readFiles({ "helpers.ts": "export const here = () => process.title;" });
    expect(lines(without.diagnostics)).toMatchObject([expect.stringContaining("Cannot find name 'process'")]);
    write(dir, { "node_modules/@types/node/index.d.ts": "declare const process: { title: string };" });
    expect(await read(dir)).toMatchObject({ diagnostics: [], helpers: { signatures: [{ name: "here" }] } });
  });

  it("is emitted with what it imports by a path, types gone", async () => {
    const { helpers, diagnostics } = await readFiles(
      {
        "src/helpers.mts": `import { symbol } from "../lib/money";
import type { Options } from "./types.ts";
import { Options as Same } from "./types.ts";
export { plain } from "./plain.js";
export * from "../lib/index.ts";
/** Kept. */
export function currency(amount: number, options: Options = {}): string {
  const text = amount.toFixed((options satisfies Same).places);
  return \`\${symbol}\${text}\` as string;
}
`,
        "src/types.ts": "export interface Options { places?: number }",
        "src/plain.js": "export const plain = (a) => a.trim();",
        "lib/money.ts": 'import { unit } from "./index.ts";\nexport const symbol: string = unit();',
        "lib/index.ts": "export const unit = (): string => '$';",
      },
      "src/helpers.mts",
    );
    expect(lines(diagnostics)).toEqual([]);
    expect(helpers?.entry).toBe("helpers/src/helpers.mjs");
    const isImported = ([file]: readonly [string, string]) => !file.endsWith(".cjs");
    expect(Object.fromEntries([...(helpers?.files ?? [])].filter(isImported))).toEqual({
      "helpers/lib/index.js": "export const unit = () => '$';\n",
      "helpers/lib/money.js": 'import { unit } from "./index.js";\nexport const symbol = unit();\n',
      "helpers/src/helpers.mjs": `import { symbol } from "../lib/money.js";
export { plain } from "./plain.js";
export * from "../lib/index.js";
/** Kept. */
export function currency(amount, options = {}) {
    const text = amount.toFixed(options.places);
    return \`\${symbol}\${text}\`;
}
`,
      "helpers/src/plain.js": "export const plain = (a) => a.trim();\n",
    });
    const required = requireHelpers(helpers);
    expect(required["currency"]?.(2, { places: 1 })).toBe("$2.0");
    expect([required["plain"]?.(" a "), required["unit"]?.()]).toEqual(["a", "$"]);
  });

  it.each([
    ["./rates.json", "is not a TypeScript or JavaScript module"],
    ["./node_modules/dep/index.js", "leads into node_modules"],
    ["./types.js", "resolves to types.d.ts, which is not a module with code"],
    ["#money", "is neither a path within the project nor a package"],
    ["https://example.com/money.js", "is neither a path within the project nor a package"],
  ])("imports no %s", async (specifier, problem) => {
    const { diagnostics } = await readFiles({
      "helpers.ts": `import * as x from "${specifier}";\nexport const f = () => String(x);`,
      "rates.json": "{}",
      "types.d.ts": "export const a: string;",
      "node_modules/dep/index.js": "export {};",
    });
    expect(lines(diagnostics)).toEqual([`helpers.ts:1:20 helpers/unusable-import: "${specifier}" ${problem}`]);
  });

  it.each<[string, ...string[]]>([
    ["import(name)", '1:55 helpers/unusable-import: "name" is computed'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a module's text, as it is
    ["import(`./${name}.ts`)", '1:55 helpers/unusable-import: "`./${name}.ts`" is computed'],
    ["import('./' + name)", "1:55 helpers/unusable-import: \"'./' + name\" is computed"],
    ["import(`./rates.json`)", '1:55 helpers/unusable-import: "./rates.json" is not a'],
    ["import(`./lib/money.ts`)"],
    ["import('./lib/money.ts' as string)", "1:55 helpers/unusable-import: \"'./lib/money.ts' as string\" is computed"],
    ["import(`listed`)", "1:55 helpers/missing-dependency: the helpers import listed"],
  ])("imports what is written out, and nothing computed: %s", async (call, ...expected) => {
    const { helpers, diagnostics } = await readFiles({
      "helpers.ts": `export function f(name: string): string { void ${call}.then(String); return name }`,
      "lib/money.ts": "export const symbol = '$';",
      "rates.json": "{}",
      "node_modules/listed/index.d.ts": "export const b: string;",
      "packages/prompts/package.json": "{}",
    });
    expect(lines(diagnostics)).toEqual(expected.map((start) => expect.stringContaining(`helpers.ts:${start}`)));
    if (expected.length === 0)
      expect([...(helpers?.files.keys() ?? [])]).toEqual([
        ...["helpers/helpers.cjs", "helpers/helpers.js"],
        ...["helpers/lib/money.cjs", "helpers/lib/money.js"],
      ]);
  });

  it("imports packages by name, which the generated package should list", async () => {
    const { dir, helpers, diagnostics } = await readFiles({
      "helpers.ts": 'import { a } from "@acme/money/deep";\nimport { b } from "listed";\nexport const f = () => a + b;',
      "node_modules/@acme/money/deep.js": "",
      "node_modules/@acme/money/deep.d.ts": "export const a: string;",
      "node_modules/listed/index.d.ts": "export const b: string;",
      "packages/prompts/package.json": '{ "dependencies": { "listed": "1.0.0" } }',
    });
    expect(lines(diagnostics)).toEqual([
      "helpers.ts:1:19 helpers/missing-dependency: the helpers import @acme/money, but packages/prompts/package.json does not list it as a dependency",
    ]);
    expect(helpers?.files.get("helpers/helpers.js")).toMatch(/^import \{ a \} from "@acme\/money\/deep";\n/);
    // Nothing else changed, and it is looked at anew.
    write(dir, { "packages/prompts/package.json": '{ "peerDependencies": { "listed": "1", "@acme/money": "1" } }' });
    expect((await read(dir)).diagnostics).toEqual([]);
  });
});

describe("what was read before", () => {
  const money = "export const symbol = '$';";
  const source = 'import { symbol } from "./money.js";\nexport const f = (a: string) => symbol + a;';

  it.each<[string, (dir: string) => void, string]>([
    ["its text", (dir) => write(dir, { "helpers.ts": `${source}\nexport const g = () => '';` }), "f g $"],
    ["a file that it imports", (dir) => write(dir, { "money.ts": "export const symbol = '€';" }), "f €"],
    ["another file in the place of an import", (dir) => write(dir, { "money.d.ts": "x", "money.ts": "" }), "error"],
    ["nothing", () => {}, "f $"],
  ])("is read again when something changed: %s", async (_, change, expected) => {
    const { dir } = await readFiles({ "helpers.ts": source, "money.ts": money });
    change(dir);
    const { helpers, files } = await read(dir);
    const symbol = /'(.)'/.exec(helpers?.files.get("helpers/money.js") ?? "")?.[1];
    expect(helpers === undefined ? "error" : [...helpers.signatures.map(({ name }) => name), symbol].join(" ")).toBe(
      expected,
    );
    expect(files).toContain(path.join(dir, "money.ts"));
  });

  it("is found where files came to be that would go before", async () => {
    const { dir } = await readFiles({ "helpers.ts": source, "money.js": money });
    write(dir, { "money.ts": "export const symbol = '€';" });
    expect((await read(dir)).helpers?.files.get("helpers/money.js")).toContain("€");
  });
});
