/** The request itself is invalid: a bad option, a folder that does not exist. Shown to the user without a stack trace. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
