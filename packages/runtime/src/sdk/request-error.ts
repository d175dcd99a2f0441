// The way in which making an SDK's request can fail, apart from the input.

/** The prompt cannot be sent through the SDK: it has a setting, a tool or a medium that the SDK has no place for. */
export class PromptRequestError extends TypeError {
  override readonly name = "PromptRequestError";
  declare readonly uri: string;

  constructor(uri: string, problem: string) {
    super(`${uri} cannot be sent: ${problem}`);
    this.uri = uri;
  }
}
