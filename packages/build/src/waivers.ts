// Comments with which authors accept a finding: in a template `{{!-- cuecard-disable-next-line <code>: <reason> --}}`, in front matter
// `# cuecard-disable-next-line <code>: <reason>`. Only warnings and notes can be accepted, and only with a reason.

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
import { SourceText } from "./text/source-text.js";

interface Waiver {
  readonly file: string;
  /** 1-based, of the line that it is about. */
  readonly line: number;
  readonly code: string;
  readonly reason: string;
  readonly place: Place;
}

/** A comment of a template, or of YAML on a line of its own. */
const COMMENT =
  /(?:\{\{~?!-{0,2}|^[ \t]*#)[ \t]*cuecard-disable-next-line[ \t]+(?<code>[^\s:]+)[ \t]*(?::[ \t]*(?<reason>.*?))?[ \t]*(?:-{0,2}~?\}\}|$)/gm;

/** @returns The findings that are not accepted, and what is wrong with the comments. */
export function applyWaivers(diagnostics: readonly Diagnostic[], content: PromptContent): readonly Diagnostic[] {
  const waivers = filesOf(content).flatMap(findWaivers);
  if (waivers.length === 0) return diagnostics;
  const used = new Set<Waiver>();
  const kept = diagnostics.filter((finding) => {
    const waiver = waivers.find((candidate) => isAbout(candidate, finding));
    if (waiver === undefined) return true;
    used.add(waiver);
    return finding.severity === "error" || waiver.reason === "";
  });
  const errors = new Set(diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code));
  const own = content.prompt.path;
  return [...kept, ...waivers.flatMap((waiver) => report(waiver, { isUsed: used.has(waiver), errors, own }))];
}

function findWaivers({ path, text }: SourceFile): Waiver[] {
  if (!text.includes("cuecard-disable-next-line")) return [];
  const source = new SourceText(path, text, 0);
  return [...text.matchAll(COMMENT)].map(({ 0: comment, index, groups }) => {
    const start = index + comment.search(/\S/);
    const place = source.place(start, index + comment.trimEnd().length);
    const line = (place.range?.end.line ?? 0) + 1;
    return { file: path, line, code: groups?.["code"] ?? "", reason: groups?.["reason"] ?? "", place };
  });
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
