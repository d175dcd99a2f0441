// What a list shows of a prompt.

export interface ListedPrompt {
  readonly name: string;
  /** The highest version that is not retired; `undefined` if there is none. */
  readonly latest: number | undefined;
  readonly versions: readonly number[];
  /** What each alias points at: `v3`, `working`, or `v3 90% / v4 10%`; followed by ` (broken)` if it cannot be used. */
  readonly aliases: Readonly<Record<string, string>>;
  /** `undefined` if neither the latest version nor the working file compiles. If all versions are retired, the last one is used. */
  readonly kind: "text" | "chat" | undefined;
  readonly description: string | undefined;
  /** Whether it has versions but its file was deleted. */
  readonly deleted: boolean;
}
