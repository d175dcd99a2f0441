// What is typed is kept in this browser until it is saved, so that a reload, a crash, or the end of `cuecard dev` loses nothing.

import type { Source } from "../../../dev/protocol.js";

export interface Draft {
  readonly text: string;
  /** The file as it was when the draft began. */
  readonly base: Source;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The drafts of one file. Each tab has its own, so that two tabs do not overwrite each other's. */
export interface DraftStore {
  /** This tab's or, without one, the newest of tabs that are gone, which becomes this tab's. */
  take(): Promise<Draft | undefined>;
  /** @returns Whether the browser kept it. */
  keep(draft: Draft): boolean;
  drop(): void;
}

const TAB = "cuecard-tab";

/** @param project Projects that use the same address need different ones. */
export async function openDrafts(project: string, file: string): Promise<DraftStore> {
  const prefix = `cuecard-draft ${JSON.stringify([project, file])} `;
  const own = prefix + (await claimTab());
  return {
    async take() {
      const mine = read(own);
      if (mine !== undefined) return mine;
      const held = (await navigator.locks.query()).held?.map(({ name = "" }) => name) ?? [];
      const found = stored()
        .filter((key) => key.startsWith(prefix) && !held.includes(lockOf(key.slice(prefix.length))))
        .flatMap((key) => [read(key)].flatMap((draft) => (draft === undefined ? [] : [{ key, draft }])))
        .sort((a, b) => b.draft.at - a.draft.at)[0];
      if (found === undefined) return undefined;
      if (write(own, found.draft)) localStorage.removeItem(found.key);
      return found.draft;
    },
    keep: (draft) => write(own, draft),
    drop: () => guarded(() => localStorage.removeItem(own)),
  };
}

/** A tab holds a lock as long as it lives. A copy of a tab gets a name of its own. */
async function claimTab(): Promise<string> {
  const known = guarded(() => sessionStorage.getItem(TAB));
  if (typeof known === "string" && (await hold(lockOf(known)))) return known;
  const fresh = crypto.randomUUID();
  await hold(lockOf(fresh));
  guarded(() => sessionStorage.setItem(TAB, fresh));
  return fresh;
}

function lockOf(tab: string): string {
  return `cuecard-tab ${tab}`;
}

function hold(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise<void>(() => {});
    });
    request.catch(() => resolve(false));
  });
}

function stored(): string[] {
  return guarded(() => Object.keys(localStorage)) ?? [];
}

function read(key: string): Draft | undefined {
  return guarded(() => {
    const draft: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    return isDraft(draft) ? draft : undefined;
  });
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null) return false;
  const { text, base, at } = value as Partial<Record<keyof Draft, unknown>>;
  return typeof text === "string" && typeof at === "number" && typeof (base as Partial<Source>)?.text === "string";
}

function write(key: string, draft: Draft): boolean {
  return guarded(() => localStorage.setItem(key, JSON.stringify(draft)) ?? true) === true;
}

/** Storage can be switched off, or full. */
function guarded<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
