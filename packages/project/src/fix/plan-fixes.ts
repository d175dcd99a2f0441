// Plans the edits that findings of working files carry. One fix can uncover the next finding, so what was fixed is compiled
// again in memory until no fix is left.

import type { WordChange } from "@cuecard/build";
import {
  applyEdits,
  type Diagnostic,
  filesOf,
  hasErrors,
  isWithin,
  type Planned,
  plainText,
  type Snapshot,
  type TextEdit,
} from "@cuecard/model";
import { readProjectFile } from "@cuecard/registry";
import { checkSnapshot } from "../compile/check-snapshot.js";
import { NO_TEXTS, type Project } from "../read/project.js";

export interface FixOptions {
  /**
   * Files and folders of the project, relative to its folder with `/`, outside of which nothing is edited. Default: all
   * working files.
   */
  readonly files?: readonly string[] | undefined;
}

/** Edits of working files, as data. Released versions are never edited. */
export interface FixPlan {
  /** Sorted by path; only files that change. */
  readonly files: readonly FixedFile[];
}

export interface FixedFile {
  /** Relative to the project's folder, with `/`. */
  readonly file: string;
  /** The exact text that was read, with its byte-order mark and line ends. */
  readonly before: string;
  /** The exact text to write. */
  readonly after: string;
  /** The difference by words. */
  readonly changes: readonly WordChange[];
}

/** How many times fixed files are compiled again. Each round needs a finding that an earlier fix uncovered. */
const MAX_ROUNDS = 10;

export async function planFixes(project: Project, { files }: FixOptions): Promise<Planned<FixPlan>> {
  const helpers = await project.helpers();
  const { snapshot, diagnostics } = await project.snapshot({ texts: NO_TEXTS });
  const found = [...helpers.diagnostics, ...diagnostics];
  // Without the helpers, every call of one would be reported as an error.
  if (snapshot === undefined || hasErrors(helpers.diagnostics)) return { plan: undefined, diagnostics: found };
  const isAllowed = (file: string) => files === undefined || files.some((own) => isWithin(file, own));
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const edits = editsByFile(await checkSnapshot(project, withTexts(snapshot, after, round)), isAllowed);
    let isChanged = false;
    for (const [file, ofFile] of edits) {
      const text = after.get(file) ?? (await readProjectFile(project.dir, file))?.exact;
      const fixed = text === undefined ? undefined : applyEdits(text, ofFile);
      if (text === undefined || fixed === undefined || fixed === text) continue;
      if (!before.has(file)) before.set(file, text);
      after.set(file, fixed);
      isChanged = true;
    }
    if (!isChanged) break;
  }
  const { compareWords } = await project.compiler();
  const fixed = [...before]
    .map(([file, text]) => ({ file, before: text, after: after.get(file) ?? text }))
    .filter((one) => one.before !== one.after)
    .map((one) => ({ ...one, changes: compareWords(plainText(one.before), plainText(one.after)) }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
  return { plan: { files: fixed }, diagnostics: [] };
}

/** Only the working files, with the texts that were fixed so far. */
function withTexts(snapshot: Snapshot, fixed: ReadonlyMap<string, string>, round: number): Snapshot {
  const file = <F extends { readonly path: string; readonly text: string }>(one: F): F => {
    const text = fixed.get(one.path);
    return text === undefined ? one : { ...one, text: plainText(text) };
  };
  // A fixed tag may include a partial that was not reached before.
  const partials = snapshot.workingPartials.map(file);
  const working = snapshot.working.map((prompt) => {
    const { content } = prompt;
    const isFixed = filesOf(content).some(({ path }) => fixed.has(path));
    if (!isFixed) return prompt;
    return {
      ...prompt,
      digest: `${prompt.digest} ${round}`,
      content: { ...content, prompt: file(content.prompt), partials },
    };
  });
  return { ...snapshot, working, workingPartials: partials, versions: [], aliases: [], scores: [] };
}

function editsByFile(
  diagnostics: readonly Diagnostic[],
  isAllowed: (file: string) => boolean,
): ReadonlyMap<string, readonly TextEdit[]> {
  const edits = new Map<string, TextEdit[]>();
  for (const { fix = [] } of diagnostics) {
    if (!fix.every(({ file }) => isAllowed(file))) continue;
    for (const edit of fix) edits.set(edit.file, [...(edits.get(edit.file) ?? []), edit]);
  }
  return edits;
}
