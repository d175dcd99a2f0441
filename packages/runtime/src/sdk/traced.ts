// What the functions for tracing tools take.

/** A prompt of a generated package. */
export interface Traced {
  readonly name: string;
  readonly version: number | "working";
}
