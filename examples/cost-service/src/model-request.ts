// What this service sends to a language model. A real one would pass it to its SDK.

export interface ModelRequest {
  readonly model: string;
  readonly system: string | undefined;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  /** Which prompt, in which version: what a trace records. */
  readonly promptUri: string;
}
