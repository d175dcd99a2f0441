// Follows a version's tag to its commit and its notes.

import { parseSignature, type Signature } from "../git/commit-object.js";
import { notesOf, parseTagObject } from "../git/objects.js";
import type { GitReader, TagRef } from "../git/reader.js";

export type TagTarget =
  | {
      readonly kind: "commit";
      readonly commit: string;
      readonly data: Buffer;
      readonly notes: string;
      /** Why the notes cannot be decoded; they are then a guess that must not be written anywhere. */
      readonly undecoded: string | undefined;
      /** The tagger of the outermost tag object. */
      readonly tagger: Signature | undefined;
    }
  | { readonly kind: "missing" }
  | { readonly kind: "invalid"; readonly problem: string };

/** A limit for tags of tags, which are rare: more are never needed. */
const MAX_DEPTH = 16;

/** Follows a tag to its commit. The notes are the outermost tag object's message. */
export async function resolveTag(reader: GitReader, ref: TagRef): Promise<TagTarget> {
  if (ref.problem !== undefined) return { kind: "invalid", problem: ref.problem };
  let oid = ref.oid;
  let notes = "";
  let undecoded: string | undefined;
  let tagger: Signature | undefined;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const object = await reader.readObject(oid);
    if (object === undefined) return { kind: "missing" };
    if (object.type === "commit") return { kind: "commit", commit: oid, data: object.data, notes, undecoded, tagger };
    if (object.type !== "tag")
      return { kind: "invalid", problem: `it points at a ${object.type === "tree" ? "folder" : "file"}, not a commit` };
    const tag = parseTagObject(object.data);
    if (tag === undefined) return { kind: "invalid", problem: "its tag object is malformed" };
    if (depth === 0) {
      if (tag.name !== ref.name)
        return { kind: "invalid", problem: `its tag object contains another name: ${JSON.stringify(tag.name)}` };
      notes = notesOf(tag.message);
      undecoded = tag.undecoded;
      tagger = tag.tagger === undefined ? undefined : parseSignature(tag.tagger);
    }
    oid = tag.target;
  }
  return { kind: "invalid", problem: "it is a tag of a tag, nested too deeply" };
}
