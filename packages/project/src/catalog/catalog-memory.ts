// What a process that shows the catalog of a project again and again knows already: the history, as long as neither tags nor commits have
// changed, and where code loads prompts.

import { hasErrors } from "@cuecard/model";
import { type AliasMove, type ReadingInputs, type Release, readHistory } from "@cuecard/registry";
import type { Project } from "../read/project.js";
import { searchCode } from "../usages/search-code.js";
import type { Usage } from "../usages/usage.js";

export interface CatalogHistory {
  readonly releases: readonly Release[];
  readonly moves: readonly AliasMove[];
  /** Another one for another history. */
  readonly id: number;
}

type HistoryInputs = Pick<ReadingInputs, "heads" | "tags" | "lock">;

interface KnownHistory extends CatalogHistory {
  /** `undefined` if it is not known what it was read from. */
  readonly inputs: HistoryInputs | undefined;
  readonly names: ReadonlySet<string>;
}

export class CatalogMemory {
  #history: KnownHistory | undefined;
  #usages: Promise<readonly Usage[]> | undefined;

  /** Whether nothing was read yet. */
  get isEmpty(): boolean {
    return this.#history === undefined;
  }

  async history(project: Project, names: readonly string[]): Promise<CatalogHistory> {
    const inputs = await (await project.view()).inputs();
    const known = isSame(this.#history?.inputs, inputs) ? this.#history : undefined;
    const missing = known === undefined ? names : names.filter((name) => !known.names.has(name));
    if (known !== undefined && missing.length === 0) return known;
    const { releases, moves } = await readHistory(project.repository, missing, true);
    this.#history = {
      inputs,
      releases: [...(known?.releases ?? []), ...releases],
      moves: [...(known?.moves ?? []), ...moves],
      names: new Set([...(known?.names ?? []), ...names]),
      id: (this.#history?.id ?? 0) + (known === undefined ? 1 : 0),
    };
    return this.#history;
  }

  /** Where code loads prompts, as it was when it was searched last. */
  usages(project: Project): Promise<readonly Usage[]> {
    this.#usages ??= findUsages(project);
    return this.#usages;
  }

  /** Searches the code again. */
  async searchAgain(project: Project): Promise<void> {
    const found = await findUsages(project);
    this.#usages = Promise.resolve(found);
  }
}

async function findUsages(project: Project): Promise<readonly Usage[]> {
  const { usages, diagnostics } = await searchCode(project, true);
  return hasErrors(diagnostics) ? [] : usages;
}

function isSame(known: HistoryInputs | undefined, now: HistoryInputs | undefined): boolean {
  if (known === undefined || now === undefined || known.heads.join() !== now.heads.join()) return false;
  return known.tags.isSame(now.tags) && known.lock.isSame(now.lock);
}
