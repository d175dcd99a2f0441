// "Did you mean" for the findings of one file. Only the first findings get a suggestion, because a file can have thousands of misspelled
// names and thousands of names to compare them with.

import { nearest } from "@cuecard/runtime";

const MAX_SUGGESTIONS = 100;

export class Suggestions {
  #count = 0;

  /** See `nearest` of @cuecard/runtime. */
  nearest(given: string, names: Iterable<string>): string | undefined {
    return this.#count++ < MAX_SUGGESTIONS ? nearest(given, names) : undefined;
  }
}
