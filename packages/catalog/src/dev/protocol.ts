// What pages of `cuecard dev` send to edit prompts, and what they get: `POST /@api/<request>` with JSON. Types only, which the server
// and the pages share. A refusal is `{ "error": "…" }` with another status than 200.

import type { FieldChange, KnownNames } from "@cuecard/build";

export type { FieldChange, KnownHelper, KnownName, KnownNames, KnownVariable, NameScope } from "@cuecard/build";

/**
 * `files`: what can be edited.
 *
 * Request: `{}`.
 */
export interface EditableFiles {
  /** Sorted by path. */
  readonly files: readonly EditableFile[];
  /** Relative to the project's folder: `prompts`. A new prompt `a/b` is `prompts/a/b.md`. */
  readonly promptsDir: string;
}

export type EditableKind = "prompt" | "partial" | "schema";

export interface EditableFile {
  /** Relative to the project's folder, with `/`: `prompts/finance/forecast.md`. */
  readonly file: string;
  readonly kind: EditableKind;
  /** The name by which it is used: of a prompt `finance/forecast`, of a partial what `{{> …}}` calls it, of a schema `Recipe`. */
  readonly name: string;
}

/**
 * `source`: a file's text. A file that cannot be edited is refused with the reason: another kind of file, an invalid name, a link, a
 * folder in its place, no UTF-8, too large.
 */
export interface SourceRequest {
  /** Relative to the project's folder, with `/`. */
  readonly file: string;
}

export interface Source extends EditableFile {
  /**
   * Without a byte-order mark, and with `\n` as line end, whatever the file has; `save` writes it with those of the file. Empty for a
   * file that does not exist.
   */
  readonly text: string;
  /** Of the file's bytes; empty for a file that does not exist. */
  readonly digest: string;
  readonly exists: boolean;
}

/**
 * `check`: what the compiler finds with this text in place of the file's. Nothing is written.
 *
 * Also for text that does not compile, and for files that do not exist yet.
 */
export interface CheckRequest extends SourceRequest {
  readonly text: string;
}

export interface Checked {
  /** In this text first, by place; then those that it causes in other files. */
  readonly findings: readonly EditFinding[];
  /** What completion offers, also for text that does not compile. */
  readonly names: KnownNames;
  /** The examples of a prompt, rendered; left out if the text does not compile, and for other files. */
  readonly preview?: EditPreview;
  /** What breaks callers of versions that aliases or `latest` lead to; left out if the text does not compile, and for other files. */
  readonly breaking?: readonly BreakingChange[];
  /** Of a partial or schema: the prompts that use it, sorted. */
  readonly usedBy?: readonly string[];
  /** How many of `usedBy` were not checked, because there are too many. The site's findings cover them once the file is saved. */
  readonly unchecked?: number;
}

/** Ranges are offsets in UTF-16 units into the text as it was sent. `to` is exclusive. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

export interface EditFinding {
  readonly severity: "error" | "warning";
  /** `template/unknown-variable`; explained at docs/diagnostics.md. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** The file it is in, relative to the project's folder. */
  readonly file: string;
  /** Where in this text; left out if it is in another file, or about the whole file. */
  readonly range?: TextRange;
  /** Where in another file, as people read it: `prompts/greet.md:3:7`. */
  readonly place?: string;
  /** Edits of this text that do what the hint says, if it is certain what was meant. */
  readonly fix?: readonly TextChange[];
}

/** Replaces a range of the text. */
export interface TextChange extends TextRange {
  readonly insert: string;
}

export interface EditPreview {
  readonly examples: readonly PreviewExample[];
}

export interface PreviewExample {
  readonly name: string;
  /** Left out if it cannot be rendered. */
  readonly messages?: readonly { readonly role: string; readonly text: string }[];
  /** Why it cannot be rendered. */
  readonly refused?: string;
  /** Of all messages, as the catalog counts them. */
  readonly tokens?: number;
}

export interface BreakingChange {
  /** Which versions today's callers get: `v3`. */
  readonly version: string;
  /** The aliases that lead there: `production`, `latest`. */
  readonly aliases: readonly string[];
  readonly message: string;
}

/** `fields`: the front matter of a prompt's text, as a form needs it. */
export interface FieldsRequest {
  readonly text: string;
}

export interface Fields {
  /** Every known key, in the order in which a form shows them. */
  readonly fields: readonly Field[];
  /** Keys that the text has and Cuecard does not know; the form leaves them to the text. */
  readonly others: readonly OtherKey[];
  /** Why the front matter cannot be read: then no field has a value, and `set` is refused. */
  readonly problem?: EditFinding;
  /** Where the front matter is, without its fences; left out if there is none. `set` adds it. */
  readonly range?: TextRange;
}

export interface Field {
  readonly key: string;
  /** JSON Schema of the value: type, enum, description, properties, items. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** As data; left out if the key is not written. */
  readonly value?: unknown;
  /** Where key and value are, if they are written. */
  readonly range?: TextRange;
  /** Why a form cannot show it; the text can. */
  readonly textOnly?: string;
}

export interface OtherKey {
  readonly key: string;
  readonly range: TextRange;
}

/**
 * `set`: the text with front matter changed. Everything else stays byte for byte: comments, order, quotes, indentation, line ends. It is
 * refused with the reason if the front matter cannot be read, or a value cannot be written.
 */
export interface SetRequest extends FieldsRequest {
  /** Carried out in this order. */
  readonly changes: readonly FieldChange[];
}

export interface TextAnswer {
  readonly text: string;
}

/**
 * `save`: writes a text to its file, with the byte-order mark, line ends and permissions that the file has. Nothing is written if the file
 * is no longer what the digest says, or cannot be written (refused with the reason).
 */
export interface SaveRequest extends CheckRequest {
  /** The digest that `source` or an earlier `save` gave. Empty: the file does not exist yet, and its folders are created. */
  readonly digest: string;
}

export type Saved =
  | { readonly saved: true; readonly digest: string }
  /** The file as it is now. */
  | { readonly saved: false; readonly conflict: Source };
