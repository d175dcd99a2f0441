// What is wrong with front matter that is not valid YAML, in words that need no knowledge of YAML's grammar, and the line to
// write instead.

import { type Document, isCollection, isScalar, type Node, visit, type YAMLError } from "yaml";
import { yamlEntry } from "./inline-yaml.js";
import { readScalar, readType } from "./type-words.js";

export interface YamlExplanation {
  /** `undefined`: the parser's own words fit. */
  readonly problem?: string | undefined;
  readonly instead: string;
  readonly start: number;
  readonly end: number;
  /** The text to write from `start` to `end`, if it is certain. */
  readonly fix?: string | undefined;
}

/** `key: value` in a line, or in an object within one. */
interface Entry {
  readonly key: string;
  readonly value: string;
  /** The offsets of the value. */
  readonly start: number;
  readonly end: number;
}

/** @param error One of the parser's errors; `undefined` is returned for an error that has no usual cause. */
export function explainYaml(text: string, document: Document.Parsed, error: YAMLError): YamlExplanation | undefined {
  const [start, end] = error.pos;
  const here = { start, end };
  const line = lineAt(text, start);
  const [, indent] = /^ *([\u00a0\u2000-\u200b\u202f\u3000\ufeff]+)/.exec(line.text) ?? [];
  if (indent !== undefined) {
    const problem = "this line is indented with characters that only look like spaces";
    return { problem, instead: "indent with plain spaces", start: line.start, end: line.start + indent.length };
  }
  switch (error.code) {
    case "TAB_AS_INDENT":
      return { problem: "a tab is used as indentation", instead: "indent with spaces", ...here };
    case "DUPLICATE_KEY":
      return { problem: "this key appears twice in the object", instead: "remove one of them", ...here };
    case "BAD_DQ_ESCAPE":
      return { instead: "put the text in single quotes, in which \\ is a plain character", ...here };
    default:
  }
  // After one mistake, the parser misreads brackets and indentation of later lines.
  if (document.errors[0] !== error) return explainEntry(line, start, error);
  return (
    explainBrackets(text, document, error) ??
    explainEntry(line, start, error) ??
    explainLine(line, error) ??
    explainIndentation(text, line, error)
  );
}

function explainBrackets(text: string, document: Document.Parsed, error: YAMLError): YamlExplanation | undefined {
  const [start, end] = error.pos;
  if (error.code === "MISSING_CHAR" || error.code === "BAD_INDENT") return findOpen(text, document);
  return error.code === "UNEXPECTED_TOKEN" && /flow-(?:map|seq)-end/.test(error.message)
    ? { problem: `this ${text[start]} closes nothing`, instead: "remove it", start, end }
    : undefined;
}

/** The alias that `*bold*` at the beginning of a value is to YAML. */
export function suggestForAlias(text: string, at: number): string {
  const line = lineAt(text, at);
  const entry = readEntry(line, at);
  const isText = entry !== undefined && /^\*[^*]+\*/.test(entry.value);
  return isText ? quoted(entry) : "repeat the value here; if it is text that begins with *, put it in quotes";
}

interface LineOfText {
  readonly text: string;
  readonly start: number;
  /** Whether the next line is indented more. */
  readonly isContinued: boolean;
}

function lineAt(text: string, at: number): LineOfText {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const [line = "", next = ""] = text.slice(start).split("\n", 2);
  return { text: line, start, isContinued: next.trim() !== "" && indentOf(next) > indentOf(line) };
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** `[draft] text`, `{beta} text`: text that begins with something in brackets. */
const BEHIND_BRACKETS = /^(?:\[[^[\]]*\]|\{[^{}]*\})\s*[^\s,\]}]/;

/** Longer lines are not explained. */
const MAX_LINE = 1_000;

/** The entry of a line; in `{ a: x, b: y }` the one around an offset. */
function readEntry({ text, start }: LineOfText, at: number): Entry | undefined {
  if (text.length > MAX_LINE) return undefined;
  const [, head = "", key = "", value = ""] = /^(\s*(?:- +)*)([^\s:#][^:]*):[ \t]+(.*?)\s*$/.exec(text) ?? [];
  if (key === "") return undefined;
  const from = start + text.indexOf(value, head.length + key.length + 1);
  const isInner = value.startsWith("{") && !value.startsWith("{{") && !BEHIND_BRACKETS.test(value);
  if (!isInner) return { key, value, start: from, end: from + value.length };
  const opening = Math.max(text.lastIndexOf("{", at - start), text.lastIndexOf(",", at - start - 1));
  const inner = /^[{,]\s*([^\s:{},]+):\s+([^{},]*[^{},\s])/.exec(text.slice(opening));
  if (inner === null) return undefined;
  const innerStart = start + opening + inner[0].length - (inner[2] ?? "").length;
  return { key: inner[1] ?? "", value: inner[2] ?? "", start: innerStart, end: innerStart + (inner[2] ?? "").length };
}

function explainEntry(line: LineOfText, at: number, { code }: YAMLError): YamlExplanation | undefined {
  const entry = readEntry(line, at);
  if (entry === undefined || entry.value === "" || at > entry.end) return undefined;
  const { key, value, start, end } = entry;
  const place = { start, end };
  if (/^[>|][^\n]*\S/.test(value) && !/^[>|][+\-\d]*$/.test(value))
    return {
      problem: `${value[0]} starts a block of text on the next line`,
      instead: line.isContinued
        ? `write ${key}: ${value[0]}, and the text below it`
        : quoted({ ...entry, value: value.slice(1).trim() }),
      ...place,
    };
  if (value.startsWith("{{"))
    return {
      problem: "a value that begins with { is an object",
      instead: `${quoted(entry)} (tags are not rendered here)`,
      ...place,
      fix: inQuotes(value),
    };
  const choices = /^["'].*["']$/.test(value) && /["']\s*\|\s*["']/.test(value) ? readType(value) : undefined;
  if (choices?.kind === "enum")
    return {
      problem: "a value in quotes ends at the second quote",
      instead: `write ${yamlEntry(`${key}(enum)`, choices.values)}`,
      ...place,
    };
  const [, list, description] = /^(\[.*?\]),\s*(.+)$/.exec(value) ?? [];
  if (list !== undefined && description !== undefined && /\((?:enum|array)\)$/.test(key))
    return {
      problem: "a list ends at its ]",
      instead: `write ${key.slice(0, -1)}, ${description}): ${list}`,
      ...place,
    };
  const [, single] = /^("[^"\\]*"|'[^']*'),$/.exec(value) ?? [];
  if (single !== undefined)
    return {
      problem: "a value in quotes ends at the second quote",
      instead: "remove the comma",
      ...place,
      fix: single,
    };
  const items = /^(\w+)\[\]?$/.exec(value)?.[1];
  if (items !== undefined) return { problem: "[ begins a list", instead: `write ${key}(array): ${items}`, ...place };
  const typed = /^(\w+)\s*:\s/.exec(value)?.[1];
  if (typed !== undefined && readScalar(typed) !== undefined && line.text.startsWith(" ")) {
    const meant = value.replace(/^(\w+)\s*:\s+/, "$1, ");
    return { problem: "a description comes after a comma", instead: `write ${yamlEntry(key, meant)}`, ...place };
  }
  const problem = explainValue(value, code);
  const isPlain = !/^["'[{]/.test(value) && !/\s#/.test(value);
  const fix = isPlain ? inQuotes(value) : undefined;
  return problem === undefined ? undefined : { problem, instead: quoted(entry), ...place, fix };
}

/** Why a value has to be in quotes. */
function explainValue(value: string, code: YAMLError["code"]): string | undefined {
  if (/^["']/.test(value))
    return code === "UNEXPECTED_TOKEN" ? "a value in quotes ends at the second quote" : undefined;
  if (/^[[{]/.test(value))
    return code === "UNEXPECTED_TOKEN" || (code === "MISSING_CHAR" && BEHIND_BRACKETS.test(value))
      ? `a value that begins with ${value[0]} is ${value.startsWith("[") ? "a list" : "an object"}`
      : undefined;
  if (/^[@`%&*!|>]/.test(value)) return `text without quotes cannot begin with ${value[0]}`;
  if (/^[-?] /.test(value)) return `text without quotes cannot begin with "${value.slice(0, 2)}"`;
  return /:(?:\s|$)/.test(value) ? "`: ` in text without quotes starts a nested value" : undefined;
}

function inQuotes(value: string): string {
  return !value.includes('"') && !value.includes("\\") ? `"${value}"` : `'${value.replaceAll("'", "''")}'`;
}

function quoted({ key, value: written }: Pick<Entry, "key" | "value">): string {
  const [, value = written] = /^'([^"]*)'$/.exec(written) ?? [];
  const text = inQuotes(value);
  const shown = text.length <= 80 ? text : `${text[0]}…${text[0]}`;
  return `put the text in quotes: ${key}: ${shown}`;
}

const INDENTATION: Partial<Record<YAMLError["code"], string>> = {
  BAD_INDENT: "this line starts in a different column than the keys before it",
  BLOCK_AS_IMPLICIT_KEY: "this key has both a value and keys below it",
};

/** A line that is not `key: value`. */
function explainLine({ text, start }: LineOfText, { code, pos }: YAMLError): YamlExplanation | undefined {
  const place = { start: start + text.length - text.trimStart().length, end: start + text.trimEnd().length };
  if (/^\s*\{[{%]/.test(text)) {
    const instead = "remove the tag, or move it below the closing ---";
    return { problem: "tags are not rendered in front matter", instead, ...place };
  }
  const instead = suggestForLine(text);
  if (instead !== undefined) return { problem: "each line needs a key and a value", instead, ...place };
  if (code === "MULTILINE_IMPLICIT_KEY" && /^\s*[^\s:#[\]{}-][^:]*$/.test(text)) {
    const rule = "write a key and a value; if the text begins with a rule, write it as ***";
    return { problem: "each line needs a key and a value", instead: rule, ...place };
  }
  const problem = INDENTATION[code];
  if (problem === undefined) return undefined;
  return { problem, instead: "start all keys of an object in the same column", start: pos[0], end: pos[1] };
}

/** A line that starts to the left of the first key. */
function explainIndentation(text: string, line: LineOfText, { code, pos }: YAMLError): YamlExplanation | undefined {
  const first = text.split("\n").find((other) => other.trim() !== "") ?? "";
  const isLeft = code === "UNEXPECTED_TOKEN" && indentOf(line.text) < indentOf(first);
  const instead = "start all keys of an object in the same column";
  return isLeft ? { problem: INDENTATION.BAD_INDENT, instead, start: pos[0], end: pos[1] } : undefined;
}

/** The line to write for one without a key, or without the space behind it: `model:gpt`, `model = gpt`. */
export function suggestForLine(line: string): string | undefined {
  if (line.length > MAX_LINE) return undefined;
  const [, name, value] = /^\s*([A-Za-z_][\w.-]*)\s*(?::(?=\S)|=>?)\s*(.*?)\s*$/.exec(line) ?? [];
  if (name !== undefined && !/^\w+:\/\//.test(line.trim())) return `write ${name}: ${value}`;
  const [, word, text] = /^\s*([A-Za-z_]\w*)\s+(["'].*["'])\s*$/.exec(line) ?? [];
  return word === undefined ? undefined : `write ${word}: ${text}`;
}

/** The quote or bracket that is never closed; the parser reports it at the end of the text. */
function findOpen(text: string, document: Document.Parsed): YamlExplanation | undefined {
  let found: YamlExplanation | undefined;
  const check = (node: Node, closing: string | undefined) => {
    const [start, end] = node.range ?? [0, 0];
    const isOpening = /^["'[{]/.test(text.slice(start, start + 1));
    const isOpen =
      closing !== undefined && isOpening && (end - start < 2 || !text.slice(start, end).trimEnd().endsWith(closing));
    if (isOpen)
      found = {
        problem: `this ${text[start]} is never closed`,
        instead: `close it with ${closing}`,
        start,
        end: start + 1,
      };
  };
  visit(document, {
    Node: (_, node) => {
      if (isScalar(node))
        check(node, node.type === "QUOTE_DOUBLE" ? '"' : node.type === "QUOTE_SINGLE" ? "'" : undefined);
      else if (isCollection(node) && node.flow === true) check(node, text[node.range?.[0] ?? 0] === "[" ? "]" : "}");
    },
  });
  return found;
}
