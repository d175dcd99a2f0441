// Findings as an editor shows them: with offsets into the text that it has.

import type { EditFinding, TextChange } from "@cuecard/catalog";
import { type Diagnostic, formatPlace, offsetsOf, type TextEdit } from "@cuecard/model";

/**
 * @param file The edited file, relative to the project's folder.
 * @param text As it was sent: with a byte-order mark and any line ends.
 * @returns Each finding once, those in the text first, by place.
 */
export function describeFindings(diagnostics: readonly Diagnostic[], file: string, text: string): EditFinding[] {
  const offset = offsetsOf(text);
  const once = diagnostics.filter((one, index) => diagnostics.findIndex((other) => isSame(one, other)) === index);
  const here = (finding: Diagnostic): EditFinding => {
    const { range, fix = [] } = finding;
    const edits = fix.map((edit) => toChange(edit, offset));
    return {
      ...describe(finding),
      ...(range === undefined ? {} : { range: { from: offset(range.start), to: offset(range.end) } }),
      // An edit of several files cannot be done in one text.
      ...(edits.length > 0 && fix.every((edit) => edit.file === file) ? { fix: edits } : {}),
    };
  };
  const own = once.filter((finding) => finding.file === file).map(here);
  const others = once.filter((finding) => finding.file !== file);
  return [
    ...own.sort((a, b) => (a.range?.from ?? 0) - (b.range?.from ?? 0)),
    ...others.map((finding) => ({ ...describe(finding), place: formatPlace(finding) })),
  ];
}

/** Whether two findings say the same about the same place: prompts that share a file share what is wrong with it. */
export function isSame(a: Diagnostic, b: Diagnostic): boolean {
  return a.code === b.code && a.message === b.message && formatPlace(a) === formatPlace(b);
}

function describe({ severity, code, message, hint, file }: Diagnostic): EditFinding {
  return {
    severity: severity === "error" ? "error" : "warning",
    ...{ code, message, file },
    ...(hint === undefined ? {} : { hint }),
  };
}

function toChange({ range, text }: TextEdit, offset: ReturnType<typeof offsetsOf>): TextChange {
  return { from: offset(range.start), to: offset(range.end), insert: text };
}
