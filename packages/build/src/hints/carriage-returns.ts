// Files whose lines end in a carriage return alone, as old Macs and some exports write them. They are one line: front matter in
// them is text.

import { type Diagnostic, diagnose, type SourceFile, withFix } from "@cuecard/model";
import { SourceText } from "../text/source-text.js";

export function findCarriageReturns({ path, text }: SourceFile): Diagnostic[] {
  if (text.includes("\n") || !/\r./s.test(text)) return [];
  const source = new SourceText(path, text, 0);
  const finding = diagnose("prompt/carriage-returns", {}, source.place(0, text.indexOf("\r")));
  return [withFix(finding, [source.edit(0, text.length, text.replaceAll("\r", "\n"))])];
}
