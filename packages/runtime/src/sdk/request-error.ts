// The way in which making an SDK's request can fail, apart from the input.

/** The prompt cannot be sent through the SDK: it has a setting, a tool or a medium that the SDK has no place for. */
export class PromptRequestError extends TypeError {
  override readonly name = "PromptRequestError";
  declare readonly uri: string;

  /** @param uri Of the prompt; empty if the value is not a prompt. */
  constructor(uri: string, problem: string, options?: ErrorOptions) {
    super(`${uri || "the first argument"} cannot be sent: ${problem}`, options);
    this.uri = uri;
  }
}

/** @throws PromptRequestError instead of what a prompt or its options throw when they are read. */
export function attempt<T>(uri: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw cause instanceof PromptRequestError
      ? cause
      : new PromptRequestError(uri, "its members cannot be read", { cause });
  }
}
