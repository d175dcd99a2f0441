// Pages of a sorted list. A cursor holds the last name of its page, so a list that changes between two pages repeats and skips
// nothing else. https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/pagination

import { compareText } from "@cuecard/model";
import { invalidParams } from "./refusal.js";

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string;
}

/**
 * @param items Sorted by name.
 * @throws ProtocolError for a cursor that this server did not make.
 */
export function pageOf<T extends { readonly name: string }>(
  items: readonly T[],
  cursor: string | undefined,
  size: number,
): Page<T> {
  const after = cursor === undefined ? "" : readCursor(cursor);
  const rest = cursor === undefined ? items : items.filter(({ name }) => compareText(name, after) > 0);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  return { items: page, ...(last !== undefined && rest.length > size ? { nextCursor: writeCursor(last.name) } : {}) };
}

const PREFIX = "after:";

function writeCursor(name: string): string {
  return Buffer.from(PREFIX + name).toString("base64url");
}

function readCursor(cursor: string): string {
  const text = Buffer.from(cursor, "base64url").toString("utf8");
  if (!text.startsWith(PREFIX) || writeCursor(text.slice(PREFIX.length)) !== cursor)
    throw invalidParams(
      "the cursor is not one that this server returned",
      "pass the nextCursor of the last page, or none for the first page",
    );
  return text.slice(PREFIX.length);
}
