// Emits the site file by file. Pure: the caller writes the files, and brings the assets that the build of this package bundled.

import { type PromptSummary, shownVersion, summarizePrompt } from "./facts/summarize-prompt.js";
import { promptFiles } from "./prompt-files.js";
import { sharedFiles } from "./shared-files.js";
import type { MakeText, SiteFile } from "./site-file.js";
import type { CatalogSource } from "./source.js";

/** The same source gives the same files. They come one by one, so that a large site need not be in memory. */
export async function* emitSite(source: CatalogSource): AsyncGenerator<SiteFile> {
  const prompts: PromptSummary[] = [];
  for await (const prompt of source.prompts) {
    const shown = shownVersion(prompt);
    if (shown === undefined) continue;
    prompts.push(summarizePrompt(prompt, shown));
    yield* makeAll(promptFiles({ prompt, shown }, source));
  }
  yield* makeAll(sharedFiles(prompts, source));
}

function* makeAll(files: Iterable<readonly [path: string, make: MakeText]>): Generator<SiteFile> {
  for (const [path, make] of files) {
    const text = make();
    if (text !== undefined) yield { path, text };
  }
}
