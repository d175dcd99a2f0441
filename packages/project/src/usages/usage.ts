// A place in the monorepo's code that loads a prompt.

/** How the code loads it. */
export type UsageKind =
  /** `load("greet", "production")` */
  | "load"
  /** `load("prompts:/greet@production")` */
  | "uri"
  /** `import { production } from "@acme/prompts/greet"` */
  | "import";

export interface Usage {
  readonly kind: UsageKind;
  /** The prompt; `undefined` when the code does not tell which. */
  readonly name: string | undefined;
  /** An alias, `latest`, `working` or `v3`; `undefined` when the code does not tell which. */
  readonly ref: string | undefined;
  /** Relative to the project's folder, with `/`; begins with `../` where it lies outside of it. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
  /** Whether name or version are known only when the code runs: it may load any that there is. */
  readonly dynamic: boolean;
}

/** A usage with what it leads to as things stand. */
export interface ResolvedUsage extends Usage {
  /** The versions that it may load: several for a weighted alias. Empty for dynamic and for broken ones. */
  readonly versions: readonly (number | "working")[];
  /** Why it leads nowhere: there is no such prompt, version or alias. */
  readonly problem: string | undefined;
}
