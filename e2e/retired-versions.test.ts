// Where TypeScript says that a version is retired: asked of its language service, as editors and linters ask.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "@cuecard/build";
import ts from "typescript";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { makeSnapshot } from "../packages/build/test/make-snapshot.js";
import { type WrittenPackage, writePackage } from "../packages/build/test/write-package.js";

// This file makes TypeScript programs: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const REASON = 'It said "free" */ for @all; \u2028 never mind\n @deprecated `tags`';
const IN_TYPES = 'Retired<"It said \\"free\\" */ for @all;';
const VERSIONS = {
  "old@v1": { "old.md": "{{price}}" },
  "old@v2": { "old.md": "{{price}} {{tax}}" },
  "fresh@v1": { "fresh.md": "Ask @ada\n@deprecated, they say, and\n @deprecated too." },
};

let built: WrittenPackage;
let service: ts.LanguageService;
const texts = new Map<string, string>();

beforeAll(() => {
  const snapshot = makeSnapshot({
    versions: VERSIONS,
    retired: { "old@v1": REASON },
    aliases: { old: { production: { kind: "version", version: 2 } } },
  });
  const { files, diagnostics } = compile(snapshot, { versions: "all", working: false });
  expect(diagnostics).toEqual([]);
  built = writePackage(files);
  service = ts.createLanguageService({
    getCompilationSettings: () => ({
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      strict: true,
      types: [],
      customConditions: ["cuecard-source"],
    }),
    getScriptFileNames: () => [...texts.keys()],
    getScriptVersion: (file) => texts.get(file) ?? "1",
    getScriptSnapshot: (file) => ts.ScriptSnapshot.fromString(texts.get(file) ?? readFileSync(file, "utf8")),
    getCurrentDirectory: () => built.dir,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (file) => texts.has(file) || ts.sys.fileExists(file),
    readFile: (file) => texts.get(file) ?? ts.sys.readFile(file),
    realpath: (path) => ts.sys.realpath?.(path) ?? path,
  });
});

/** A file of this code. */
function open(code: string): string {
  const file = join(built.dir, "use.ts");
  texts.set(
    file,
    `import { load, type Prompts } from "./dist/index.js";\nimport * as old from "./dist/prompts/old.js";\n${code}\n`,
  );
  writeFileSync(file, texts.get(file) ?? "");
  return file;
}

function findDeprecations(code: string): string[] {
  const file = open(code);
  expect(service.getSemanticDiagnostics(file).map(({ messageText }) => messageText)).toEqual([]);
  return service
    .getSuggestionDiagnostics(file)
    .filter((found) => found.reportsDeprecated !== undefined)
    .map(({ code, messageText }) => `${code} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
}

function complete(code: string): string[] {
  const file = open(code.replace("|", ""));
  const at = (texts.get(file) ?? "").indexOf(code.replace("|", "")) + code.indexOf("|");
  return (service.getCompletionsAtPosition(file, at, {})?.entries ?? []).map(({ name }) => name);
}

describe("a retired version is deprecated, with the reason", () => {
  it.each<[code: string, ...found: RegExp[]]>([
    ['load("old", "v1").format({ price: 1 });', /^6387 .*"v1"/],
    ['load("old", 1).format({ price: 1 });', /^6387 The signature .*ref: 1,/],
    ['load("prompts:/old/1").format({ price: 1 });', /^6387 .*"prompts:\/old\/1"/],
    ['load("prompts:/old@v1").format({ price: 1 });', /^6387/],
  ])("%s", (code, ...found) => {
    const messages = findDeprecations(code);
    expect(messages).toEqual(found.map((message) => expect.stringMatching(message)));
    for (const message of messages) expect(message).toContain(IN_TYPES);
  });

  it.each<[code: string, found: readonly string[]]>([
    ["old.v1.format({ price: 1 });", ["6385 'v1' is deprecated."]],
    [
      'import { v1 } from "./dist/prompts/old.js"; v1.format({ price: 1 });',
      ["6385 '$v1' is deprecated.", "6385 'v1' is deprecated."],
    ],
    ['type Spec = Prompts["old"]["v1"];', ["6385 'v1' is deprecated."]],
  ])("%s", (code, found) => {
    expect(findDeprecations(code)).toEqual(found);
  });

  it("in what an editor shows, as one tag that the reason cannot end", () => {
    const file = open("old.v1;");
    const at = (texts.get(file) ?? "").indexOf("v1;");
    const tags = service.getQuickInfoAtPosition(file, at)?.tags ?? [];
    expect(tags.map(({ name, text }) => [name, ts.displayPartsToString(text)])).toEqual([
      ["deprecated", 'Retired: It said "free" *\\/ for \u2060@all; never mind \u2060@deprecated `tags`'],
    ]);
  });
});

describe("nothing else is deprecated", () => {
  it.each([
    'load("old", "v2").format({ price: 1, tax: 1 });',
    'load("old", "production").format({ price: 1, tax: 1 });',
    'load("prompts:/old@latest").format({ price: 1, tax: 1 });',
    'load("fresh", 1).format();',
    'load("prompts:/fresh/1").format();',
    'load("old", "v1" as "v1" | "v2").format({ price: 1, tax: 1 });',
    'import { v1 } from "./dist/prompts/fresh.js"; v1.format();',
    'const why: string | undefined = load("old", "v2").retired; void why;',
  ])("%s", (code) => expect(findDeprecations(code)).toEqual([]));
});

describe("editors complete as they do without retired versions", () => {
  it.each([
    ['load("|", "v1");', ["fresh", "old"]],
    ['load("old", "|");', ["v1", "v2", "production", "latest"]],
    ['load("fresh", "|");', ["v1", "latest"]],
  ])("%s", (code, names) => expect(complete(code)).toEqual(expect.arrayContaining([...names])));
});

it("a program can ask, too", () => {
  const asked = built.run(`import { load } from "./dist/index.js";
    const result = [load("old", "v1").retired, "retired" in load("old", "v2"), load("old", "latest").version];`);
  expect(asked).toEqual([REASON, false, 2]);
});
