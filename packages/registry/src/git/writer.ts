// The port for writing to git: tag objects that no ref names yet, and refs that are created together. It has two
// adapters (native-writer.ts, isomorphic-writer.ts). Remotes need the git program (remote.ts).

/** A tag to create. */
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

/** Nothing was changed; `problem` is the message of git or a hook. */
export type Refusal = { readonly kind: "refused"; readonly problem: string };

export type TagsWritten =
  /** Ids of the tag objects, in the order of the tags. */
  { readonly kind: "written"; readonly oids: readonly string[] } | { readonly kind: "no-identity" } | Refusal;

export type RefsCreated =
  | { readonly kind: "created" }
  /** Some of them exist already. */
  | { readonly kind: "exists" }
  | Refusal;

export interface Person {
  readonly name: string;
  readonly email: string;
}

export interface SigningOptions {
  /** The tagger. Default: the identity that is configured. */
  readonly identity?: Person | undefined;
  readonly sign?: boolean | undefined;
}

export interface GitWriter {
  /** Writes tag objects. They are not visible until a ref names them. */
  writeTags(tags: readonly NewTag[], options: SigningOptions): Promise<TagsWritten>;
  /** Creates all refs or none. */
  createRefs(refs: readonly NewRef[]): Promise<RefsCreated>;
}

/**
 * A person as git writes one into an object, without characters that would end the name or the line. `undefined` if
 * nothing is left.
 */
export function cleanPerson({ name, email }: Person): Person | undefined {
  // As in git: white space and these characters at the ends; `<`, `>` and line ends anywhere.
  const clean = (text: string) => text.replaceAll(/[<>\n\r\0]/g, "").replace(/^[\s.,:;"\\']+|[\s.,:;"\\']+$/g, "");
  const cleaned = { name: clean(name), email: clean(email) };
  return cleaned.name === "" || cleaned.email === "" ? undefined : cleaned;
}

/** Parses `Ada Lovelace <ada@example.com>`; `undefined` if the text has another form. */
export function parsePerson(text: string): Person | undefined {
  const [, name, email] = /^\s*([^<>\n]*[^<>\s])\s*<([^<>\s]+)>\s*$/.exec(text) ?? [];
  return name === undefined || email === undefined ? undefined : { name, email };
}
