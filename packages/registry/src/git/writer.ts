// The port for writing to git: tag objects that no ref names yet, and refs that come to be all at once. Two adapters serve
// it (native-writer.ts, isomorphic-writer.ts); remotes are spoken with by the git program alone (remote.ts).

/** A tag to be made. */
export interface NewTag {
  /** Without `refs/tags/`. */
  readonly name: string;
  /** A commit's id. */
  readonly commit: string;
  readonly message: string;
}

export interface NewRef {
  /** A tag's name, without `refs/tags/`. */
  readonly name: string;
  readonly oid: string;
}

/** `refused` comes with what git or a hook said. Nothing was changed then. */
export type Refusal = { readonly kind: "refused"; readonly problem: string };

export type TagsWritten =
  /** Ids of the tag objects, in the order of the tags. */
  { readonly kind: "written"; readonly oids: readonly string[] } | { readonly kind: "no-identity" } | Refusal;

export type RefsCreated =
  | { readonly kind: "created" }
  /** Some of them were there already. */
  | { readonly kind: "exists" }
  | Refusal;

export interface Person {
  readonly name: string;
  readonly email: string;
}

export interface SigningOptions {
  /** Who makes the tags, in place of the identity that is configured. */
  readonly identity?: Person | undefined;
  readonly sign?: boolean | undefined;
}

export interface GitWriter {
  /** Writes tag objects. Nobody sees them before a ref names them. */
  writeTags(tags: readonly NewTag[], options: SigningOptions): Promise<TagsWritten>;
  /** Makes refs, all or none. */
  createRefs(refs: readonly NewRef[]): Promise<RefsCreated>;
}

/** A person as git writes one into an object: without what would end a name or a line. `undefined` when nothing is left. */
export function cleanPerson({ name, email }: Person): Person | undefined {
  // As git does: control characters and these marks at the ends, `<`, `>` and line ends anywhere.
  const clean = (text: string) => text.replaceAll(/[<>\n\r\0]/g, "").replace(/^[\s.,:;"\\']+|[\s.,:;"\\']+$/g, "");
  const cleaned = { name: clean(name), email: clean(email) };
  return cleaned.name === "" || cleaned.email === "" ? undefined : cleaned;
}

/** Reads `Ada Lovelace <ada@example.com>`; `undefined` when it is none. */
export function parsePerson(text: string): Person | undefined {
  const [, name, email] = /^\s*([^<>\n]*[^<>\s])\s*<([^<>\s]+)>\s*$/.exec(text) ?? [];
  return name === undefined || email === undefined ? undefined : { name, email };
}
