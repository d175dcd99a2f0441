// What a failing helper throws: a mistake of the project, not a bug of Cuecard.

/** The helpers module, or one of its functions, threw. */
export class HelperError extends Error {
  override readonly name = "HelperError";
}
