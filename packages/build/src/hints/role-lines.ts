// `system:` and `user:` alone on a line, as Prompty and other tools mark messages, `<message role="system">` of Semantic Kernel
// `<|im_start|>system` of ChatML, and what Llama and Gemma take. In Cuecard they are text.

import { type Diagnostic, diagnose, withFix } from "@cuecard/model";
import type { SourceText } from "../text/source-text.js";

const ROLES: ReadonlyMap<string, string> = new Map([
  ["system", "system"],
  ["developer", "system"],
  ["user", "user"],
  ["human", "user"],
  ["assistant", "assistant"],
  ["ai", "assistant"],
  ["model", "assistant"],
  ["tool", "tool"],
]);

/** The role that another tool's word means, in any case; `undefined` for other words. */
export function suggestRole(word: string): string | undefined {
  return ROLES.get(word.toLowerCase());
}

const NAMES = [...ROLES.keys()].join("|");
const ROLE_LINE = new RegExp(String.raw`^[ \t]*(?:#{1,3}[ \t]*)?\**(${NAMES})\**:\**[ \t]*$`, "gim");
const ROLE_TAG = new RegExp(
  [
    String.raw`<message\s+role=["'](${NAMES})["']\s*>`,
    String.raw`<\|im_start\|>(${NAMES})\b`,
    String.raw`<\|start_header_id\|>(${NAMES})<\|end_header_id\|>`,
    String.raw`<start_of_turn>(${NAMES})\b`,
  ].join("|"),
  "gi",
);
const END_TAG = /<\/message>|<\|im_end\|>|<\|eot_id\|>|<end_of_turn>/gi;

/** What may come before the first mark: nothing, or the token with which some models' texts begin. */
const STARTS = ["", "<|begin_of_text|>", "<bos>"];

/** One finding for a text that begins with such a mark; its fix is about all of them. */
export function findRoleLines(source: SourceText): Diagnostic[] {
  const lines = findMarks(source.text, ROLE_LINE);
  const marks = lines.length > 0 ? lines : findMarks(source.text, ROLE_TAG);
  const [first] = marks;
  const last = marks.at(-1);
  if (first === undefined || last === undefined) return [];
  const start = source.text.slice(0, first.start).trim();
  if (!STARTS.includes(start)) return [];
  // A text that the model continues: it ends with the name of the one who speaks next.
  if (lines.length > 0 && last.role === "assistant" && source.text.slice(last.end).trim() === "") return [];
  const args = { written: source.text.slice(first.start, first.end), role: first.role };
  const finding = diagnose("template/role-line", args, source.place(first.start, first.end));
  const isCertain = marks.length > 1 || first.role === "system";
  const ends = lines.length > 0 ? [] : [...source.text.matchAll(END_TAG)];
  const startsAt = source.text.indexOf(start);
  const edits = [
    ...(start === "" ? [] : [source.edit(startsAt, startsAt + start.length, "")]),
    ...marks.map(({ start, end, role }) => source.edit(start, end, `{{role "${role}"}}`)),
    ...ends.map(({ 0: text, index }) => source.edit(withBlanksBefore(source.text, index), index + text.length, "")),
  ];
  return [withFix(finding, isCertain ? edits : [])];
}

/** Where the spaces and tabs before an offset begin. */
function withBlanksBefore(text: string, offset: number): number {
  let start = offset;
  while (text[start - 1] === " " || text[start - 1] === "\t") start--;
  return start;
}

function findMarks(
  text: string,
  mark: RegExp,
): { readonly start: number; readonly end: number; readonly role: string }[] {
  return [...text.matchAll(mark)].map((found) => {
    const { 0: written, index } = found;
    const name = found.slice(1).find((word) => word !== undefined) ?? "";
    const start = index + written.length - written.trimStart().length;
    return { start, end: index + written.trimEnd().length, role: suggestRole(name) ?? "user" };
  });
}
