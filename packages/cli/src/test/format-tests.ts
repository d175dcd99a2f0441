// The result of `cuecard test` for people: each prompt, each example, and for each failure what was expected and what is there.

import { formatPlace } from "@cuecard/model";
import type { ExampleTest, PromptTest, TestFailure, TestReport } from "@cuecard/project";
import { plural } from "../report/count.js";
import { formatWords } from "../report/format-changes.js";
import type { Paint } from "../terminal/paint.js";
import { printable, printableLine, wrap } from "../terminal/text.js";
import { summarizeCoverage } from "./format-coverage.js";

interface TestStyle {
  readonly paint: Paint;
  readonly width: number;
}

/** With more examples than this, those that pass are not listed. */
const LISTED = 30;
/** How many lines of a text are shown. */
const SHOWN = 12;

export function formatTests({ prompts }: TestReport, style: TestStyle): string {
  const examples = prompts.reduce((sum, prompt) => sum + prompt.examples.length, 0);
  return prompts
    .filter((prompt) => prompt.broken || prompt.examples.length > 0)
    .map((prompt) => formatPrompt(prompt, examples <= LISTED, style))
    .join("");
}

export function formatTestSummary({ prompts, coverage }: TestReport, { paint }: TestStyle): string {
  const tested = prompts.filter(({ examples, broken }) => broken || examples.length > 0);
  const examples = tested.flatMap((prompt) => prompt.examples);
  const expectations = examples.reduce((sum, example) => sum + example.expectations, 0);
  const snapshots = examples.filter(({ snapshot }) => snapshot !== "none").length;
  const without = prompts.length - tested.length;
  const line = (label: string, failed: number, total: number, more = "") => {
    const passed = total - failed;
    const parts = [
      ...(failed > 0 ? [paint.red(`${failed} failed`)] : []),
      ...(passed > 0 || failed === 0 ? [paint.green(`${passed} passed`)] : []),
    ];
    return `${paint.dim(label.padEnd(9))} ${parts.join(paint.dim(" | "))}${paint.dim(more)}\n`;
  };
  const counted = [
    ...(expectations > 0 ? [plural(expectations, "expectation")] : []),
    ...(snapshots > 0 ? [plural(snapshots, "snapshot")] : []),
  ];
  return (
    line(
      "Prompts",
      tested.filter((prompt) => !passes(prompt)).length,
      tested.length,
      without === 0 ? "" : `, ${without} without examples`,
    ) +
    line(
      "Examples",
      examples.filter(({ failures }) => failures.length > 0).length,
      examples.length,
      counted.length === 0 ? "" : ` (${counted.join(", ")})`,
    ) +
    (coverage === undefined ? "" : `${paint.dim("Branches".padEnd(9))} ${summarizeCoverage(coverage, paint)}\n`)
  );
}

function passes({ broken, examples }: PromptTest): boolean {
  return !broken && examples.every(({ failures }) => failures.length === 0);
}

function formatPrompt(prompt: PromptTest, listsAll: boolean, style: TestStyle): string {
  const { paint } = style;
  const { name, path, broken, examples } = prompt;
  const mark = passes(prompt) ? paint.green("✓") : paint.red("✗");
  const about = broken ? paint.red("does not compile") : paint.dim(plural(examples.length, "example"));
  const title = `${mark} ${passes(prompt) ? name : paint.bold(name)} ${paint.dim(path)}  ${about}\n`;
  const listed = examples.filter(({ failures }) => listsAll || failures.length > 0);
  return title + listed.map((example) => formatExample(example, style)).join("");
}

function formatExample({ name, expectations, snapshot, failures }: ExampleTest, style: TestStyle): string {
  const { paint } = style;
  const parts = [
    ...(expectations > 0 ? [plural(expectations, "expectation")] : []),
    ...(snapshot === "none" ? [] : ["snapshot"]),
  ];
  const about = failures.length > 0 || parts.length === 0 ? "" : paint.dim(`  ${parts.join(", ")}`);
  const mark = failures.length === 0 ? paint.green("✓") : paint.red("✗");
  const title = `  ${mark} ${printableLine(name)}${about}\n`;
  return title + failures.map((failure) => formatFailure(failure, style)).join("");
}

function formatFailure(failure: TestFailure, { paint, width }: TestStyle): string {
  const { problem, hint, place, expectation, words, actual } = failure;
  const label = expectation === undefined ? "" : `${expectation.path.filter((key) => !/^\d+$/.test(key)).join(".")}: `;
  const text = paint.red(wrap(printableLine(`${label}${problem}`), Math.max(20, width - 4), "    "));
  const where = paint.dim(`    ${printableLine(formatPlace(place))}`);
  const shown =
    words !== undefined
      ? indent(`${paint.dim("  [-expected-] {+rendered+}")}\n${formatWords(words, paint)}`)
      : actual === undefined || expectation?.kind === "roles"
        ? ""
        : indent(excerpt(actual, paint));
  const advice =
    hint === undefined ? "" : `    ${paint.cyan("hint:")} ${wrap(hint, Math.max(20, width - 10), "    ")}\n`;
  return `    ${text}\n${where}\n${shown}${advice}`;
}

function excerpt(text: string, paint: Paint): string {
  const lines = text.split("\n");
  const shown = lines.slice(0, SHOWN).map((line) => `  ${paint.dim("│")} ${printable(line)}`.trimEnd());
  const more = lines.length - shown.length;
  return `${[...shown, ...(more > 0 ? [paint.dim(`  ┆ ${plural(more, "more line")}`)] : [])].join("\n")}\n`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "    ");
}
