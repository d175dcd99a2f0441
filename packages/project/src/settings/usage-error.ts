// What the caller asked for cannot be understood.

/** The command line cannot be understood: shown as it is, without a stack. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
