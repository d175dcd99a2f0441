// Checks that an object is the one that was asked for. git itself does not verify what it reads from a loose file.

import { createHash } from "node:crypto";
import { type GitObject, unreadable } from "./reader.js";

/**
 * The object itself. A blob above `BLOB_LIMIT` has no data, and nothing of it is used.
 *
 * @throws {RepositoryUnreadable} if its bytes do not have this id.
 */
export function verifyObject(oid: string, object: GitObject | undefined): GitObject | undefined {
  if (object === undefined || object.data.length !== object.size) return object;
  const { type, size, data } = object;
  const hash = createHash(oid.length === 64 ? "sha256" : "sha1");
  if (hash.update(`${type} ${size}\0`).update(data).digest("hex") === oid) return object;
  throw unreadable("git/failed", { problem: `the object ${oid} is damaged, because its content has another id` });
}
