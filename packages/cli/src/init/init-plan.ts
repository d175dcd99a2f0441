// What `init` is asked for, and its plan as data: printed by `--dry-run`, applied by apply-init.ts.

export interface Choices {
  /** The generated package's name. */
  readonly packageName: string;
  /** Whether to add a GitHub workflow that checks pull requests. */
  readonly workflow: boolean;
  /** Whether to add one that releases what was merged. */
  readonly releases: boolean;
  /** Whether to add one that publishes the catalog with GitHub Pages. */
  readonly pages: boolean;
  /** Whether to add a skill that shows coding agents how to work with prompts. */
  readonly skill: boolean;
  /** Folders of packages that get the generated package as a dependency. */
  readonly services: readonly string[];
  /** What the tags of the project's versions begin with; empty for nothing. Ignored where the settings exist. */
  readonly tagPrefix: string;
}

export interface InitPlan {
  /** Whether to create a git repository first. */
  readonly createsRepository: boolean;
  readonly steps: readonly InitStep[];
}

/** One file, relative to the project's folder. */
export type InitStep =
  | { readonly kind: "create"; readonly file: string; readonly text: string; readonly about: string }
  | { readonly kind: "change"; readonly file: string; readonly text: string; readonly about: string }
  /** A file that is not changed. */
  | { readonly kind: "keep"; readonly file: string; readonly about?: string }
  /** A file that cannot be edited safely, so the user has to. */
  | { readonly kind: "manual"; readonly file: string; readonly about: string };
