// Everything that a person reads is plain American technical English: documents, help, diagnostics, and the strings and comments
// of source files. If this test fails, rewrite the sentence; do not only replace the word.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it, vi } from "vitest";
import { createProgram } from "../../packages/cli/src/program.js";
import type { Terminal } from "../../packages/cli/src/terminal/terminal.js";
import { root } from "../run-step.js";
import { diagnosticsPage } from "./diagnostics-page.js";
import { type Page, parsePage, readPage } from "./read-page.js";
import { type Line, proseOfSource } from "./source-prose.js";

vi.setConfig({ testTimeout: 60_000 });

/** Turns that read like a translation, and what to write instead. */
const TURNS: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [
    /(?<!\bthere )\b(?:is|are|was|were) no (?!longer\b|more than\b)[\w{`"]/,
    '"is not a valid …", "has no …", "unknown …"',
  ],
  [/\bthere (?:is|are|was|were) not\b/, '"does not exist"'],
  [/\bwhat (?:stands|speaks) against\b/, '"why … fails"'],
  [/\b(?:stand|stands|stood|standing)\b/, '"is", "appears", "is written"'],
  [/\b(?:held?|holds|holding) (?:\S+ ){0,4}?against\b/, '"checked against"'],
  [/(?<!\b(?:cannot|can) )\btell\b|\b(?:tells|told)\b/, '"reports", "shows", "prints"'],
  [/\b(?:say|says|said) (?:so|no)\b/, '"reports", "rejects"'],
  [/\b(?:go|goes|going|went) on\b/, '"continues", "proceed"'],
  [/\bmeanwhile\b/, '"while the command was running", "in the meantime"'],
  [/\b(?:somebody|nobody|everybody|whoever|whomever|whom)\b/, '"you", or the person\'s role; "anyone who …"'],
  [/\bwhat of\b/, "the subject itself"],
  [/\ball the same\b/, '"anyway"'],
  [/\b(?:mend|mends|mended)\b/, '"fix"'],
  [/\b(?:give|gives|gave|given) back\b/, '"return"'],
  [/\b(?:lay|lays|laid|lie|lies) over\b/, '"maps to", "overlays"'],
  [/, too,|(?<!\bis|\bare), too[.;:)]/, '"also" before the verb, or "as well"'],
  [/\bshall\b/, '"must", "should", or the plain verb'],
  [/\bof no (?:loop|use|effect|type)\b/, '"outside …", "has no …"'],
  [/\bsee to\b/, '"fix"'],
  [/\btake[ns]? (?:\w+ ){0,3}away\b/, '"remove"'],
  [/\b(?:colour|behaviour|favour|honour|centre|licence|misspelt|learnt)/, "the American spelling"],
  [/\b(?:optimi|recogni|organi|normali|initiali|summari)s(?:e|ed|es|er|ing)\b/, "the American spelling"],
  [/\b(?:one|a) (?:line|entry|module|pointer|file|object|export|function|tag|row) an? (?!time\b)\w+/, '"one … per …"'],
];

const PATTERNS = TURNS.map(([pattern, instead]) => [new RegExp(pattern, "i"), instead] as const);

/** The codes of diagnostics are permanent. */
const CODE_HEADING = /^### [\w-]+\/[\w-]+$/;

const documents = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  ...filesIn("docs", ".md"),
  ...filesIn(".changeset", ".md"),
  ...readdirSync(path.join(root, "packages")).flatMap((name) =>
    readdirSync(path.join(root, "packages", name))
      .filter((file) => file === "README.md")
      .map((file) => `packages/${name}/${file}`),
  ),
];

const packages = readdirSync(path.join(root, "packages")).filter((name) =>
  existsSync(path.join(root, "packages", name, "src")),
);

it.each(documents.filter((file) => file !== "docs/diagnostics.md"))("%s", (file) => {
  expect(problemsIn(proseOf(readPage(file)))).toEqual([]);
});

it("every diagnostic, with example values", () => {
  expect(problemsIn(proseOf(parsePage("docs/diagnostics.md", diagnosticsPage())))).toEqual([]);
});

it("the help of every command", () => {
  // Help is formatted for a terminal's width and printed nowhere.
  const terminal = { stdout: { columns: 1000 }, stderr: { columns: 1000 } } as Terminal;
  const program = createProgram(terminal, () => {});
  const lines = everyCommand(program).flatMap((command) =>
    command
      .helpInformation()
      .split("\n")
      .map((text) => ({ place: `${command.name()} --help`, text })),
  );
  expect(lines.length).toBeGreaterThan(200);
  expect(problemsIn(lines)).toEqual([]);
});

it.each(packages)("strings and comments of packages/%s/src", (name) => {
  const sources = filesIn(`packages/${name}/src`, ".ts");
  const lines = sources.flatMap((file) => proseOfSource(file, readFileSync(path.join(root, file), "utf8")));
  expect(problemsIn(lines)).toEqual([]);
});

it("the action", () => {
  const modules = filesIn("packages/action", ".mjs");
  const others = [...filesIn("packages/action", ".sh"), ...filesIn("packages/action", ".yml")];
  const lines = [
    ...modules.flatMap((file) => proseOfSource(file, readFileSync(path.join(root, file), "utf8"))),
    ...others.flatMap((file) => proseOfScript(file)),
  ];
  expect(lines.length).toBeGreaterThan(100);
  expect(problemsIn(lines)).toEqual([]);
});

/** Comments, what is printed, and descriptions. */
function proseOfScript(file: string): Line[] {
  const lines = readFileSync(path.join(root, file), "utf8").split("\n");
  return lines.flatMap((text, index) =>
    /^\s*#|\becho\b|::(?:error|warning|notice)|^\s*description:/.test(text)
      ? [{ place: `${file}:${index + 1}`, text: text.replaceAll(/`[^`]*`/g, "") }]
      : [],
  );
}

it("finds a sentence in strings and comments, and nothing in names, code spans and codes of diagnostics", () => {
  const source = [
    "/** It is\n * no version. */",
    'const told = "nobody"; // `told`',
    'const code = "alias/changed-meanwhile";',
    "f(`it goes on`, /shall/);",
  ].join("\n");
  expect(problemsIn(proseOfSource("a.ts", source)).map((problem) => problem.split(": write")[0])).toEqual([
    'a.ts:1: "is no v"',
    'a.ts:3: "nobody"',
    'a.ts:5: "goes on"',
  ]);
});

it("finds a planted sentence, and nothing in code", () => {
  const planted = parsePage(
    "a.md",
    "It is no version.\n\n```ts\n// It is no version.\n```\n\n`is no version` is fine.\n",
  );
  expect(problemsIn(proseOf(planted))).toEqual([
    'a.md:1: "is no v": write "is not a valid …", "has no …", "unknown …"\n  It is no version.',
  ]);
  const printed = parsePage("a.md", "<!-- docs: output -->\n\n```text\nnobody is there\n```\n");
  expect(problemsIn(proseOf(printed))).toHaveLength(1);
});

function problemsIn(lines: readonly Line[]): string[] {
  return lines.flatMap(({ place, text }) =>
    PATTERNS.flatMap(([pattern, instead]) => {
      const found = pattern.exec(text);
      return found === null ? [] : [`${place}: "${found[0]}": write ${instead}\n  ${text.trim()}`];
    }),
  );
}

/** The lines of a page that are sentences: text and tables without code spans, and what commands print. */
function proseOf({ file, text, blocks }: Page): Line[] {
  const lines = text.split("\n");
  const code = new Set<number>();
  for (const { kind, line, text: body, check, language } of blocks) {
    if (kind === "table" || check === "output" || (language === "text" && file === "docs/diagnostics.md")) continue;
    for (let at = line; at < line + body.split("\n").length + 1; at++) code.add(at);
  }
  return lines.flatMap((line, index) =>
    code.has(index + 1) || CODE_HEADING.test(line)
      ? []
      : [{ place: `${file}:${index + 1}`, text: line.replace(/(`+).*?\1/g, "`…`") }],
  );
}

function filesIn(folder: string, extension: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(extension))
    .map((file) => `${folder}/${file.split(path.sep).join("/")}`)
    .sort();
}

type Command = ReturnType<typeof createProgram>;

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap((child) => everyCommand(child as Command))];
}
