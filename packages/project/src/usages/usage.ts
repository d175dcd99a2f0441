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
  /** The prompt; `undefined` if it is known only at run time. */
  readonly name: string | undefined;
  /** An alias, `latest`, `working` or `v3`; `undefined` if it is known only at run time. */
  readonly ref: string | undefined;
  /** Relative to the project's folder, with `/`; starts with `../` if it is outside. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
  /** Whether name or version are known only at run time, so that any may be loaded. */
  readonly dynamic: boolean;
}

/** A usage with the versions that it loads now. */
export interface ResolvedUsage extends Usage {
  /** The versions that it may load: several for a weighted alias; empty for dynamic and broken usages. */
  readonly versions: readonly (number | "working")[];
  /** Why it is broken: the prompt, version or alias does not exist. */
  readonly problem: string | undefined;
}
