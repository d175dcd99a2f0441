// What differs between two contents of a prompt, as data: for plans, for people, for programs.

/** What a change is about. */
export type ChangeSubject =
  | "input"
  | "output"
  | "kind"
  | "messages"
  | "model"
  | "config"
  | "tools"
  | "tags"
  | "description"
  | "metadata"
  | "examples";

export interface ContentChange {
  readonly subject: ChangeSubject;
  /** Where in the subject: `rows[].amount`, `temperature`; empty for the subject as a whole. */
  readonly path: string;
  readonly change: "added" | "removed" | "changed";
  /**
   * Whether working code may fail afterwards: an input that was accepted is rejected, or a result has another type.
   */
  readonly breaking: boolean;
  /** A sentence for people, without a full stop. */
  readonly message: string;
  /** The value or schema on either side; left out if it does not exist. */
  readonly before?: unknown;
  readonly after?: unknown;
}

/** A part of a text in a word diff. */
export interface WordChange {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
}

/** A text that differs. */
export interface TextChange {
  /** A partial's path within the prompts folder; empty for the prompt's own template. */
  readonly path: string;
  readonly change: "added" | "removed" | "changed";
  /** In order. Without the additions they make up the text before, and without the removals the text after. */
  readonly words: readonly WordChange[];
}

export interface Comparison {
  /** Whether some change is breaking. */
  readonly breaking: boolean;
  /** By subject, inputs first. */
  readonly changes: readonly ContentChange[];
  /** The template first, then partials by path. */
  readonly texts: readonly TextChange[];
  /** Whether texts differ, and only in layout: the same words and tags, written by a formatter. */
  readonly layoutOnly: boolean;
}
