// The project's settings. Each has a default; the file is JSON and is never executed.

import { CONFIG_FILE } from "@cuecard/model";
import type { Gates, Rules } from "./gates.js";
import { IGNORED } from "./ignore.js";

export { CONFIG_FILE };

/** The settings of `cuecard.config.json`, or of the `"cuecard"` key of package.json. */
export interface Config {
  /** The folder with the prompts, relative to the project's folder. */
  readonly prompts: string;
  /** What the git tags of this project's versions begin with: `bot/` for `bot/greet@v1`. Empty: nothing. */
  readonly tagPrefix: string;
  /** The folder of the generated package, relative to the project's folder; its `dist` is written. */
  readonly out: string;
  /** Which versions the package contains: all, or those that aliases point at and each prompt's latest. */
  readonly versions: "all" | "aliased";
  /** Whether the package contains every prompt's working file, or only those that an alias points at. */
  readonly working: boolean;
  /** Whether the package contains the code to validate inputs and answers. */
  readonly validation: boolean;
  /** What reads git: the git program, the embedded reader, or the one that suits the repository. */
  readonly git: (typeof GIT_CHOICES)[number];
  /** The module whose exported functions templates may call, relative to the project's folder. */
  readonly helpers: string | undefined;
  /** The file that lists who may sign versions (`check --require-signed`), relative to the project's folder. */
  readonly allowedSigners: string | undefined;
  /** Branches whose versions count as reviewed, besides the commit that is checked out: names, or globs. */
  readonly releaseBranches: readonly string[];
  /** The aliases that may point at working files when the lock is frozen, as in CI. */
  readonly workingAliases: readonly string[];
  /** Whether the template's line ends at the edges of chat messages are removed, in versions that are released from now on. */
  readonly trimMessages: boolean;
  /** Front-matter keys of other tools, or presets of such keys, whose values go to the prompt's metadata. */
  readonly metadataKeys: readonly string[];
  /** Invisible characters that are text in this project: code points (`U+200F`) and ranges (`U+E0100-U+E01EF`). */
  readonly allowCharacters: readonly string[];
  /** Files in the prompts folder that are not prompts: names, or globs; see `createIgnore`. */
  readonly ignore: readonly string[];
  /** What a version must have scored before an alias may point at it, by alias. */
  readonly gates: Gates;
  /** Severities of findings in `check`, by code. Errors cannot be changed. */
  readonly rules: Rules;
}

export const GIT_CHOICES = ["auto", "native", "isomorphic"] as const;

export const defaultConfig: Config = {
  prompts: "prompts",
  tagPrefix: "",
  out: "packages/prompts",
  versions: "all",
  working: false,
  validation: true,
  git: "auto",
  helpers: undefined,
  allowedSigners: undefined,
  releaseBranches: [],
  workingAliases: ["dev"],
  trimMessages: false,
  metadataKeys: [],
  allowCharacters: [],
  ignore: IGNORED,
  gates: {},
  rules: {},
};
