// Comments with which authors accept a finding: in a template `{{!-- cuecard-disable-next-line <code>: <reason> --}}`, in front matter
// `# cuecard-disable-next-line <code>: <reason>`. Several codes are separated by commas. Only warnings and notes can be accepted, and
// only with a reason. Any other comment that begins like this is reported: its author believes that it has an effect.

import {
  type Code,
  catalogue,
  type Diagnostic,
  diagnose,
  filesOf,
  isCode,
  type Place,
  type PromptContent,
  type SourceFile,
} from "@cuecard/model";
import { nearest } from "@cuecard/runtime";
import { locateFences } from "./parse/split-front-matter.js";
import { SourceText } from "./text/source-text.js";

interface Waiver {
  readonly file: string;
  /** 1-based, of the line that it is about. */
  readonly line: number;
  readonly code: string;
  readonly reason: string;
  readonly place: Place;
}

/** A comment that accepts nothing. */
interface Malformed {
  readonly problem: string;
  readonly place: Place;
}

const DIRECTIVE = "cuecard-disable-next-line";

/** The beginning of a comment of a template or of YAML, up to the first word of all these comments. */
const BEGINNING = /(?:\{\{~?!(?:(?<long>--)|-?)[ \t\r\n]*|(?<before>^[ \t]*|[ \t])#[ \t]*)(?=cuecard-disable)/gm;

/** The end of a comment of YAML, of the long and of the short form of templates. */
const ENDS = { yaml: /[ \t\r]*$/gm, long: /--~?\}\}/g, short: /-{0,2}~?\}\}/g } as const;

/** @returns The findings that are not accepted, and what is wrong with the comments. */
export function applyWaivers(diagnostics: readonly Diagnostic[], content: PromptContent): readonly Diagnostic[] {
  const comments = filesOf(content).flatMap(findComments);
  if (comments.length === 0) return diagnostics;
  const waivers = comments.filter((comment) => "code" in comment);
  const used = new Set<Waiver>();
  const kept = diagnostics.filter((finding) => {
    const waiver = waivers.find((candidate) => isAbout(candidate, finding));
    if (waiver === undefined) return true;
    used.add(waiver);
    return finding.severity === "error" || waiver.reason === "";
  });
  const errors = new Set(diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code));
  const own = content.prompt.path;
  return [
    ...kept,
    ...comments.flatMap((comment) =>
      "code" in comment
        ? report(comment, { isUsed: used.has(comment), errors, own })
        : [diagnose("waiver/malformed", { problem: comment.problem }, comment.place)],
    ),
  ];
}

function findComments({ path, text }: SourceFile): (Waiver | Malformed)[] {
  if (!text.includes("cuecard-disable")) return [];
  const source = new SourceText(path, text, 0);
  const fences = locateFences(text);
  const head = fences.kind === "fenced" ? fences.end : 0;
  const found: (Waiver | Malformed)[] = [];
  let read = 0;
  for (const { 0: beginning, index, groups = {} } of text.matchAll(BEGINNING)) {
    if (index < read) continue;
    const { before, long } = groups;
    const from = index + beginning.length;
    const end = ENDS[before !== undefined ? "yaml" : long === undefined ? "short" : "long"];
    end.lastIndex = from;
    const closing = end.exec(text);
    // A comment that is not closed is an error of its own, and nothing after it is a comment.
    if (closing === null) break;
    read = closing.index + (before === undefined ? closing[0].length : 0);
    const place = source.place(index + beginning.search(/\S/), read);
    const misplaced = before === undefined ? undefined : findMisplacement(index < head, before, text[index - 1]);
    if (misplaced === undefined) found.push(...parseComment(text.slice(from, closing.index), place));
    else found.push({ problem: misplaced, place });
  }
  return found;
}

/** Why a comment of YAML has no effect where it is. */
function findMisplacement(isInHead: boolean, before: string, previous: string | undefined): string | undefined {
  const isOwnLine = before !== " " || previous === undefined || previous === "\n";
  if (!isInHead) return isOwnLine ? "it is not in the front matter, so it is part of the prompt's text" : undefined;
  return isOwnLine ? undefined : "it is not on a line of its own";
}

function parseComment(written: string, place: Place): (Waiver | Malformed)[] {
  const [, directive = "", rest = ""] = /^([\w-]*)([\s\S]*)$/.exec(written) ?? [];
  if (directive !== DIRECTIVE) return [{ problem: `"${directive}" is not a directive`, place }];
  const colon = rest.indexOf(":");
  const codes = (colon === -1 ? rest : rest.slice(0, colon)).split(",").map((code) => code.trim());
  if (codes.every((code) => code === "")) return [{ problem: "it names no code", place }];
  const spaced = codes.find((code) => /\s/.test(code));
  if (spaced !== undefined)
    return [{ problem: colon === -1 ? "no colon follows the code" : `"${spaced}" is not one code`, place }];
  const reason = colon === -1 ? "" : rest.slice(colon + 1).trim();
  const line = (place.range?.end.line ?? 0) + 1;
  return codes.filter((code) => code !== "").map((code) => ({ file: place.file, line, code, reason, place }));
}

function isAbout({ file, line, code }: Waiver, finding: Diagnostic): boolean {
  return finding.code === code && finding.file === file && finding.range?.start.line === line;
}

interface Use {
  readonly isUsed: boolean;
  readonly errors: ReadonlySet<Code>;
  /** The prompt's own file. */
  readonly own: string;
}

function report({ file, code, reason, place }: Waiver, { isUsed, errors, own }: Use): Diagnostic[] {
  if (!isCode(code))
    return [diagnose("waiver/unknown-code", { code, nearest: nearest(code, Object.keys(catalogue)) }, place)];
  if (isUsed && errors.has(code)) return [diagnose("waiver/error", { code }, place)];
  // A partial may need it for another prompt.
  if (!isUsed) return file === own ? [diagnose("waiver/not-needed", { code }, place)] : [];
  return reason === "" ? [diagnose("waiver/no-reason", { code }, place)] : [];
}
