// Adds examples to the front matter of a prompt's file. Everything that is written there stays as it is.

import type { SourceFile, TextEdit } from "@cuecard/model";
import { isMap, isScalar, isSeq } from "yaml";
import { flowYaml } from "../hints/inline-yaml.js";
import type { Example } from "../model.js";
import { parseYaml } from "../parse/parse-yaml.js";
import { splitFrontMatter } from "../parse/split-front-matter.js";
import { SourceText } from "../text/source-text.js";

/** How long a line with an input may be. */
const MAX_LINE = 110;

/** @returns `undefined` if the front matter is written in a way that this cannot add to. */
export function insertExamples(file: SourceFile, examples: readonly Example[]): TextEdit | undefined {
  const source = splitFrontMatter(file).value?.frontMatter;
  if (source === undefined) {
    const whole = new SourceText(file.path, file.text, 0);
    return whole.edit(0, 0, `---\nexamples:\n${printBlock(examples, "  ")}---\n`);
  }
  const parsed = parseYaml(source.text);
  if (parsed.kind !== "parsed") return undefined;
  const { contents } = parsed.document;
  const { text } = source;
  if (contents === null || (isScalar(contents) && contents.value === null))
    return source.edit(text.length, text.length, `${lineEnd(text)}examples:\n${printBlock(examples, "  ")}`);
  if (!isMap(contents) || contents.flow === true) return undefined;
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === "examples");
  if (pair === undefined)
    return source.edit(text.length, text.length, `${lineEnd(text)}examples:\n${printBlock(examples, "  ")}`);
  const { key, value } = pair;
  if (isSeq(value) && value.flow === true) {
    const end = text.lastIndexOf("]", (value.range?.[1] ?? 0) - 1);
    const before = text.slice(0, end).trimEnd();
    const comma = value.items.length === 0 || before.endsWith(",") ? "" : ",";
    // Behind a comment, nothing can follow on the same line.
    if (end < 0 || /(?:^|\s)#[^\n]*$/.test(before)) return undefined;
    const written = examples.map((example) => flowYaml(example)).join(", ");
    return source.edit(
      before.length,
      end,
      `${comma}${value.items.length === 0 ? "" : " "}${written}${text.slice(before.length, end)}`,
    );
  }
  if (isSeq(value) && value.items.length > 0) {
    const first = value.range?.[0] ?? 0;
    const indent = text.slice(text.lastIndexOf("\n", first - 1) + 1, first);
    if (indent.trim() !== "") return undefined;
    const last = value.items.at(-1);
    const end = endOfLine(text, lastOffset(last) ?? value.range?.[1] ?? 0);
    return source.edit(end, end, `${lineEnd(text.slice(0, end))}${printBlock(examples, indent)}`);
  }
  const isEmpty = value === null || (isScalar(value) && value.value === null);
  if (!isEmpty || !isScalar(key) || !key.range) return undefined;
  const end = endOfLine(text, key.range[1]);
  return source.edit(end, end, `${lineEnd(text.slice(0, end))}${printBlock(examples, "  ")}`);
}

function lastOffset(node: unknown): number | undefined {
  if (typeof node !== "object" || node === null || !("range" in node)) return undefined;
  const range = node.range as readonly number[] | undefined;
  return range?.[1];
}

/** The offset behind the line that an offset is in; the same offset at the beginning of a line. */
function endOfLine(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === "\n") return offset;
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end + 1;
}

/** A line end, if the text does not end with one. */
function lineEnd(text: string): string {
  return text === "" || text.endsWith("\n") ? "" : "\n";
}

function printBlock(examples: readonly Example[], indent: string): string {
  return examples
    .map(({ name, input }) => {
      const title = `${indent}- name: ${flowYaml(name)}\n`;
      const line = `${indent}  input: ${flowYaml(input)}\n`;
      if (line.length <= MAX_LINE || Object.keys(input).length === 0) return title + line;
      const members = Object.entries(input).map(
        ([key, value]) => `${indent}    ${flowYaml(key)}: ${flowYaml(value)}\n`,
      );
      return `${title}${indent}  input:\n${members.join("")}`;
    })
    .join("");
}
