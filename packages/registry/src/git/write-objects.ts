// Writes objects of any types with one git process, as a pack. Formats: https://git-scm.com/docs/gitformat-pack,
// https://git-scm.com/book/en/v2/Git-Internals-Git-Objects

import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import type { RepositoryFacts } from "./preflight.js";
import type { GitObjectType } from "./reader.js";
import type { GitOutput } from "./run.js";
import { runWriting } from "./write.js";

export interface NewObject {
  readonly type: GitObjectType;
  readonly data: Buffer;
}

const TYPES: readonly GitObjectType[] = ["commit", "tree", "blob", "tag"];

/** The id that an object has in a repository. */
export function objectId({ objectFormat }: RepositoryFacts, { type, data }: NewObject): string {
  return createHash(objectFormat).update(`${type} ${data.length}\0`).update(data).digest("hex");
}

/** Writes objects that no ref names yet. What git writes, it writes as the repository's settings say. */
export function writeObjects(facts: RepositoryFacts, objects: readonly NewObject[]): Promise<GitOutput> {
  const header = Buffer.from("PACK\0\0\0\x02\0\0\0\0", "latin1");
  header.writeUInt32BE(objects.length, 8);
  const pack = Buffer.concat([
    header,
    ...objects.flatMap(({ type, data }) => [describeEntry(TYPES.indexOf(type) + 1, data.length), deflateSync(data)]),
  ]);
  const input = Buffer.concat([pack, createHash(facts.objectFormat).update(pack).digest()]);
  return runWriting(facts, ["unpack-objects", "-q"], { input });
}

/** The type and size of an entry: four bits of the size beside the type, then seven in each byte. */
function describeEntry(type: number, size: number): Buffer {
  const bytes = [(type << 4) | (size & 15)];
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) | 0x80;
    bytes.push(rest & 0x7f);
  }
  return Buffer.from(bytes);
}
