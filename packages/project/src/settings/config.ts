// The project's settings. Every one has a default; the file is JSON and never executed.

/** The settings of `cuecard.config.json`, or of the `"cuecard"` key of package.json. */
export interface Config {
  /** The folder with the prompts, relative to the project's folder. */
  readonly prompts: string;
  /** The folder of the generated package, relative to the project's folder; its `dist` is written. */
  readonly out: string;
  /** Which versions the package holds: every one, or those that aliases point at and each prompt's latest. */
  readonly versions: "all" | "aliased";
  /** Whether the working file of every prompt is built in, and not only those that an alias points at. */
  readonly working: boolean;
  /** Whether the package can validate inputs and answers; without, it holds none of the code for it. */
  readonly validation: boolean;
  /** How git is read: by the git program, by the embedded reader, or by whichever fits. */
  readonly git: (typeof GIT_CHOICES)[number];
  /** The module whose exported functions templates may call, relative to the project's folder. */
  readonly helpers: string | undefined;
  /** The file that says who may sign versions (`check --require-signed`), relative to the project's folder. */
  readonly allowedSigners: string | undefined;
}

export const GIT_CHOICES = ["auto", "native", "isomorphic"] as const;

export const defaultConfig: Config = {
  prompts: "prompts",
  out: "packages/prompts",
  versions: "all",
  working: false,
  validation: true,
  git: "auto",
  helpers: undefined,
  allowedSigners: undefined,
};

export const CONFIG_FILE = "cuecard.config.json";
