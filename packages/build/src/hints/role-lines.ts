// `system:` and `user:` alone on a line, as Prompty and other tools mark messages. In Cuecard they are text.

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

const ROLE_LINE = /^[ \t]*#{0,3}[ \t]*\**(system|developer|user|human|assistant|ai|model|tool)\**:\**[ \t]*$/gim;

/** One finding for a text that begins with such a line; its fix is about all of them. */
export function findRoleLines(source: SourceText): Diagnostic[] {
  const lines = [...source.text.matchAll(ROLE_LINE)].map(({ 0: text, 1: word = "", index }) => {
    const start = index + text.length - text.trimStart().length;
    return { written: word, start, end: index + text.trimEnd().length, role: ROLES.get(word.toLowerCase()) ?? "user" };
  });
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined || source.text.slice(0, first.start).trim() !== "") return [];
  // A text that the model continues: it ends with the name of the one who speaks next.
  if (last.role === "assistant" && source.text.slice(last.end).trim() === "") return [];
  const args = { written: source.text.slice(first.start, first.end), role: first.role };
  const finding = diagnose("template/role-line", args, source.place(first.start, first.end));
  const isCertain = lines.length > 1 || first.role === "system";
  const edits = lines.map(({ start, end, role }) => source.edit(start, end, `{{role "${role}"}}`));
  return [withFix(finding, isCertain ? edits : [])];
}
