// The digest of a version's content.

import { createHash } from "node:crypto";
import { compareText, filesOf, type PromptContent, trimMessages } from "@cuecard/model";

/**
 * The digest of a prompt with its partials and named schemas: `sha256-` and the base64 (with padding) of SHA-256 over
 *
 * - the line `cuecard content 1`, or `cuecard content 1, trimmed messages` under the setting `trimMessages`, then
 * - for each file, sorted by path: its path within the prompts folder, a NUL byte, the text's length in UTF-8 bytes as
 *   decimal digits, a NUL byte, and the text itself.
 *
 * Paths hold no NUL and lengths are given, so that no two contents share an encoding; the prompts folder's own name is
 * left out, so that moving it changes no digest.
 *
 * @param promptsDir The prompts folder, as the paths of the content begin: `prompts`.
 */
export function digestOf(content: PromptContent, promptsDir: string): string {
  const hash = createHash("sha256").update(
    content.trimMessages === true ? "cuecard content 1, trimmed messages\n" : "cuecard content 1\n",
  );
  const files = [...filesOf(content)].sort((a, b) => compareText(a.path, b.path));
  for (const { path, text } of files) {
    const bytes = Buffer.from(text, "utf8");
    hash.update(`${path.slice(promptsDir.length + 1)}\0${bytes.length}\0`).update(bytes);
  }
  return `sha256-${hash.digest("base64")}`;
}

/**
 * A version's content under the setting that it was released with, which its digest shows.
 *
 * @param digest As prompts.lock has it.
 * @returns `undefined` if the content has another digest under either setting.
 */
export function contentOfDigest(
  { trimMessages: _, ...content }: PromptContent,
  digest: string,
  promptsDir: string,
): PromptContent | undefined {
  if (digestOf(content, promptsDir) === digest) return content;
  const trimmed = trimMessages(content);
  if (trimmed.trimMessages && digestOf(trimmed, promptsDir) === digest) return trimmed;
  // Before there were named schemas, a version consisted of its prompt and partials.
  const { schemas, ...older } = content;
  return schemas === undefined ? undefined : contentOfDigest(older, digest, promptsDir);
}
