// A note for a project without prompts: usually the command runs in the wrong folder.

import type { Registry } from "@cuecard/project";
import type { CommandContext } from "./command-context.js";

export function warnNoPrompts({ terminal, errorPaint }: CommandContext, { config }: Registry): void {
  const note = `there are no prompts in ${config.prompts}/; run \`cuecard init\` to create one`;
  terminal.stderr.write(`${errorPaint.yellow("note:")} ${note}\n`);
}
