// The files of a content: a change to any of them changes the content, and the commits that changed them are its history.

import type { PromptContent, SourceFile } from "./snapshot.js";

/** The files that a prompt shares with others: its partials, then its named schemas. */
export function sharedFiles({ partials, schemas = [] }: PromptContent): readonly SourceFile[] {
  return schemas.length === 0 ? partials : [...partials, ...schemas];
}

/** The prompt's own file, followed by those that it shares. */
export function filesOf(content: PromptContent): readonly SourceFile[] {
  return [content.prompt, ...sharedFiles(content)];
}
