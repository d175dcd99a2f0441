// How a command ends.

export const exitCode = {
  clean: 0,
  /** The repository has errors, or what was asked for does not exist. */
  findings: 1,
  /** The command line could not be understood. */
  usage: 2,
  /** A bug in cuecard. */
  bug: 70,
  /** Ended by Ctrl-C. */
  interrupted: 130,
} as const;

/** What was asked for does not exist or cannot be done: shown as it is, without a stack. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
