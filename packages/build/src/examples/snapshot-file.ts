// Prints and parses the snapshots of a prompt: what each example renders, line by line, so that a pull request shows the text that
// changes. Every text comes back exactly, also through editors and git settings that change line ends and trailing spaces.

import { escapeInvisible } from "@cuecard/model";
import type { Message } from "@cuecard/runtime";

/** A message of a rendered example, its media written as text. */
export interface SnapshotMessage {
  readonly role: string;
  readonly text: string;
}

export function snapshotOf(messages: readonly Pick<Message, "role" | "content">[]): SnapshotMessage[] {
  return messages.map(({ role, content }) => ({
    role,
    text:
      typeof content === "string"
        ? content
        : content
            .map((part) =>
              part.type === "text" ? part.text : `[media ${[part.contentType, part.url].filter(Boolean).join(" ")}]`,
            )
            .join("\n"),
  }));
}

/**
 * @example
 * ```text
 * # What the examples of greet render. Written by `cuecard test --update`.
 *
 * ## a visit
 * system
 * | Be kind.
 * |
 * user
 * | Hello Ada!
 * ```
 */
export function printSnapshots(name: string, examples: ReadonlyMap<string, readonly SnapshotMessage[]>): string {
  const blocks = [...examples].map(([example, messages]) => {
    const lines = messages.flatMap(({ role, text }) => [role, ...text.split("\n").map(printLine)]);
    return [`## ${isPlain(example) && !/^(?:"|$)/.test(example) ? example : quote(example)}`, ...lines].join("\n");
  });
  return `${[`${HEADER}${name} render. Written by \`cuecard test --update\`.`, ...blocks].join("\n\n")}\n`;
}

/** How every file begins. A file that begins in another way is another tool's. */
const HEADER = "# What the examples of ";

/** Whether a file is one that {@link printSnapshots} wrote, even with conflicts. */
export function isSnapshotFile(text: string): boolean {
  return text.split("\n", 20).some((line) => line.startsWith(HEADER));
}

/** @returns The examples by name, or the first line that is not part of a snapshot. */
export function parseSnapshots(
  text: string,
): ReadonlyMap<string, readonly SnapshotMessage[]> | { readonly line: number; readonly problem: string } {
  const examples = new Map<string, { role: string; lines: string[] }[]>();
  let messages: { role: string; lines: string[] }[] | undefined;
  if (!isSnapshotFile(text)) return { line: 1, problem: "is not the beginning of a snapshot" };
  for (const [index, written] of text.split("\n").entries()) {
    const line = written.replace(/\r$/, "");
    const fail = (problem: string) => ({ line: index + 1, problem });
    if (/^(?:<{7}|={7}|>{7}|\|{7})(?: |$)/.test(line)) return fail("is the marker of a merge conflict");
    if (line === "" || (line.startsWith("# ") && messages === undefined)) continue;
    if (line.startsWith("## ")) {
      const name = line.startsWith('## "') ? unquote(line.slice(3)) : line.slice(3);
      if (name === undefined) return fail("is not the name of an example");
      if (examples.has(name)) return fail("is the name of an example that is above already");
      messages = [];
      examples.set(name, messages);
    } else if (line.startsWith("|")) {
      const content = line.startsWith('|"') ? unquote(line.slice(1)) : line.slice(2);
      const message = messages?.at(-1);
      if (content === undefined || message === undefined) return fail("is not a line of a message");
      message.lines.push(content);
    } else if (/^[a-z]+$/.test(line) && messages !== undefined) messages.push({ role: line, lines: [] });
    else return fail("is not part of a snapshot");
  }
  return new Map(
    [...examples].map(([name, found]) => [name, found.map(({ role, lines }) => ({ role, text: lines.join("\n") }))]),
  );
}

function printLine(line: string): string {
  if (line === "") return "|";
  return isPlain(line) ? `| ${line}` : `|${quote(line)}`;
}

/** Whether a line comes back from an editor as it was, and shows all that it has. */
function isPlain(line: string): boolean {
  return line === line.trimEnd() && !/[\p{Cc}\p{Cs}]/u.test(line) && escapeInvisible(line) === line;
}

/** JSON, with everything that cannot be seen as an escape. */
function quote(text: string): string {
  return JSON.stringify(text).replace(/[\p{C}\p{Zl}\p{Zp}\p{M}\p{DI}]/gu, (found) =>
    Array.from({ length: found.length }, (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, "0")}`).join(
      "",
    ),
  );
}

function unquote(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
