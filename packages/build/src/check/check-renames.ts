// Former names of prompts: each by itself, and all of them together.

import { type Diagnostic, diagnose, type Place, promptNameProblem, type WorkingPrompt } from "@cuecard/model";
import { EVERY_KEY } from "../parse/accepted-forms.js";
import { renamedFrom } from "../parse/former-names.js";
import type { FrontMatter } from "../parse/front-matter-schema.js";
import { FrontMatterReader } from "../parse/parse-front-matter.js";
import { splitFrontMatter } from "../parse/split-front-matter.js";

/** Whether one prompt's earlier names are names, and not its own. */
export function checkRenamedFrom(
  name: string,
  data: FrontMatter,
  locate: (path: readonly string[]) => Place,
): Diagnostic[] {
  const isList = Array.isArray(data.renamed_from);
  const names = renamedFrom(data);
  return names.flatMap((old, index) => {
    const problem = nameProblem(old, name, names.indexOf(old) < index);
    if (problem === undefined) return [];
    const path = isList ? ["renamed_from", String(index)] : ["renamed_from"];
    return [diagnose("front-matter/invalid", { path: path.join("."), problem, nearest: undefined }, locate(path))];
  });
}

function nameProblem(old: string, name: string, isRepeated: boolean): string | undefined {
  const illegal = promptNameProblem(old);
  if (illegal !== undefined) return `is not a valid prompt name: ${illegal}`;
  if (old === name) return "is the prompt's own name";
  return isRepeated ? `names "${old}" twice` : undefined;
}

/** A prompt of the working tree that compiled. */
export interface Draft extends WorkingPrompt {
  /** The names that it had before. */
  readonly renamedFrom: readonly string[];
}

/** Which prompt each former name became. A name that two prompts claim is left out. */
export interface Renames {
  readonly became: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the earlier names of all prompts together: no two may have had one, and none may have been its own successor. */
export function readRenames(drafts: readonly Draft[]): Renames {
  const claims = new Map<string, Draft[]>();
  for (const draft of drafts) for (const old of draft.renamedFrom) claims.set(old, [...(claims.get(old) ?? []), draft]);
  const became = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  const report = (draft: Draft, old: string, problem: string) =>
    diagnostics.push(
      diagnose("prompt/rename-conflict", { name: draft.name, old, problem }, placeOf(draft, old), draft),
    );
  for (const [old, claimants] of claims) {
    const [only, ...others] = claimants;
    if (only !== undefined && others.length === 0) became.set(old, only.name);
    else
      for (const draft of claimants) {
        const rivals = claimants.filter((other) => other !== draft).map(({ name }) => `"${name}"`);
        report(draft, old, `${rivals.join(" and ")} ${rivals.length === 1 ? "names" : "name"} it as well`);
      }
  }
  for (const draft of drafts)
    for (const old of draft.renamedFrom)
      if (leadsBack(became, old, draft.name))
        report(draft, old, `"${old}" names "${draft.name}" as a former name of its own`);
  return { became, diagnostics };
}

/** Whether an earlier name's own earlier names lead back to the prompt that it became. */
function leadsBack(became: ReadonlyMap<string, string>, old: string, name: string): boolean {
  const seen = new Set<string>();
  for (let next = became.get(name); next !== undefined && !seen.has(next); next = became.get(next)) {
    if (next === old) return true;
    seen.add(next);
  }
  return false;
}

/** Where a prompt names it. The front matter is read again, since compiled forms keep no places. */
function placeOf(draft: Draft, old: string): Place {
  const file = { file: draft.content.prompt.path };
  const source = splitFrontMatter(draft.content.prompt).value?.frontMatter;
  const parsed = source === undefined ? undefined : new FrontMatterReader(EVERY_KEY).read(source).value;
  if (source === undefined || parsed === undefined) return file;
  const index = renamedFrom(parsed.data).indexOf(old);
  const path = Array.isArray(parsed.data.renamed_from) ? ["renamed_from", String(index)] : ["renamed_from"];
  return source.place(...parsed.locate(path));
}
