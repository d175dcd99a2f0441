// What is said of a project without a prompt: more often a wrong folder than an empty registry.

import type { Registry } from "@cuecard/project";
import type { CommandContext } from "./command-context.js";

export function sayEmpty({ terminal, errorPaint }: CommandContext, { config }: Registry): void {
  terminal.stderr.write(
    `${errorPaint.yellow("note:")} there is no prompt in ${config.prompts}/: \`cuecard init\` makes a first one\n`,
  );
}
