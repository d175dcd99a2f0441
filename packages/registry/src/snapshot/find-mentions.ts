// Finds prompts of the working tree whose files contain some texts. The files are only searched, which is much faster than
// reading them as prompts.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { classifyPath } from "@cuecard/model";
import type { PromptFolder } from "./list-prompt-files.js";
import { listPromptFiles } from "./list-prompt-files.js";

/** The names of the prompts whose files contain all texts. A file that cannot be read contains none. */
export function findMentions(folder: PromptFolder, ...texts: readonly string[]): readonly string[] {
  return listPromptFiles(folder, []).flatMap((path) => {
    const kind = classifyPath(path);
    if (kind.kind !== "prompt" || folder.isIgnored(path)) return [];
    try {
      // Node reads UTF-8 in one call, in a third of the time of bytes.
      const file = readFileSync(join(folder.dir, folder.promptsDir, path), "utf8");
      return texts.every((text) => file.includes(text)) ? [kind.name] : [];
    } catch {
      return [];
    }
  });
}
