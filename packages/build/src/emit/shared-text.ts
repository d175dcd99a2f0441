// A text that all prompts of a package have parts in.

export interface SharedText {
  readonly head: string;
  /** Between two parts. */
  readonly separator: string;
  readonly tail: string;
}
