// Texts that users see (messages, hints, help, comments of exported types, schemas, files that `init` writes) refer to no file of
// this repository: users do not have it. Name what they have, or a web address.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { diagnosticsPage } from "./docs/diagnostics-page.js";
import { root } from "./run-step.js";

/** A path or the name of a page of this repository, unless it is part of a web address or of a package's name. */
const OWN_FILE =
  /(?<![\w@./-])(?:\.{1,2}\/)*(?:docs\/[\w-]+|ARCHITECTURE\.md|e2e\/|scripts\/\w+\.|packages\/(?:model|registry|build|runtime|project|catalog|cli|action)\b|(?:file-formats|template-language|governance|monorepos|releasing|promoting|diagnostics|deploying|loading|editors|troubleshooting)\.md)/;

const published = ["model", "registry", "build", "runtime", "project", "cli"];

function filesIn(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

/** The strings of a source file, and the comments that declarations and editors show. */
function userTexts(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const texts = (text.match(/\/\*\*.*?\*\//gs) ?? []).slice();
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

function references(file: string, texts: readonly string[]): string[] {
  return texts.flatMap((text) => {
    const found = OWN_FILE.exec(text.replace(/https?:\/\/\S+/g, ""));
    return found === null ? [] : [`${file}: ${found[0]} in ${JSON.stringify(text.slice(0, 120))}`];
  });
}

it.each(published)("the texts of packages/%s", (name) => {
  const sources = filesIn(`packages/${name}/src`).filter((file) => /(?<!\.test)\.ts$/.test(file));
  expect(sources.flatMap((file) => references(file, userTexts(file, read(file))))).toEqual([]);
});

it("the schemas, the action, and the files around them", () => {
  const files = [...filesIn("packages/cli/schemas"), ...filesIn("packages/action")];
  expect(files.flatMap((file) => references(file, [read(file)]))).toEqual([]);
});

it("messages and hints of diagnostics", () => {
  const texts = diagnosticsPage().match(/^ {2}.*$/gm) ?? [];
  expect(texts.length).toBeGreaterThan(200);
  expect(references("the catalogue", texts)).toEqual([]);
});

it("finds a path in strings and comments that users see, and not in other comments, addresses and names", () => {
  const planted = [
    "// docs/decisions/001.md",
    "/** See docs/loading.md. */",
    'const hint = "see `docs/file-formats.md`";',
    'const fine = "https://example.com/docs/configuration packages/prompts @acme/docs/x";',
    "const other = `the list is in ../docs/cli.md`;",
  ].join("\n");
  expect(references("a.ts", userTexts("a.ts", planted))).toHaveLength(3);
});
