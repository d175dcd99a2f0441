// Fetches objects that a partial clone left out. git itself would fetch them one by one; here, all that are asked for while
// nothing else is being read are fetched together.

import { namedPrograms } from "./named-programs.js";
import type { RepositoryFacts } from "./preflight.js";
import { RUNS_NOTHING } from "./run.js";
import { complaintOf, runWriting } from "./write.js";

/** Called before each fetch with the number of objects. */
export type OnFetch = (objects: number) => void;

export class MissingObjects {
  readonly #facts: RepositoryFacts;
  readonly #onFetch: OnFetch;
  #wanted = new Map<string, (isHere: boolean) => void>();
  #reading = 0;
  #scheduled = false;
  #problem: string | undefined;

  constructor(facts: RepositoryFacts, onFetch: OnFetch) {
    this.#facts = facts;
    this.#onFetch = onFetch;
  }

  /** Why a fetch failed. Nothing more is fetched then: each attempt could wait for the network. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Fetches an object, with others. @returns Whether it is in this clone now. */
  fetch(oid: string): Promise<boolean> {
    if (this.#problem !== undefined) return Promise.resolve(false);
    this.#schedule();
    return new Promise((resolve) => {
      const before = this.#wanted.get(oid);
      this.#wanted.set(oid, (isHere) => {
        before?.(isHere);
        resolve(isHere);
      });
    });
  }

  /** Reads an object of this clone. What is read may lead to further missing objects, which belong to the same fetch. */
  async whileReading<T>(read: () => Promise<T>): Promise<T> {
    this.#reading++;
    try {
      return await read();
    } finally {
      this.#reading--;
    }
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    // A second turn: what was read in the first one has been looked at by then.
    const wait = () => setImmediate(() => setImmediate(() => (this.#reading > 0 ? wait() : void this.#fetchAll())));
    wait();
  }

  async #fetchAll(): Promise<void> {
    const wanted = this.#wanted;
    this.#wanted = new Map();
    this.#scheduled = false;
    this.#onFetch(wanted.size);
    this.#problem = await fetchObjects(this.#facts, [...wanted.keys()]);
    for (const resolve of wanted.values()) resolve(this.#problem === undefined);
  }
}

/** As git does for one object; folders come with their subfolders. @returns Why it failed. */
async function fetchObjects(facts: RepositoryFacts, oids: readonly string[]): Promise<string | undefined> {
  const named = await namedPrograms(facts);
  if (named === undefined) return "git is older than 2.26";
  if (named.length > 0)
    return `the repository's own git settings name programs to run (${named.join(", ")}), and reading runs none of them; fetch with git, or move these settings to your own (\`git config --global\`)`;
  const options = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-maintenance"];
  const settings = [...RUNS_NOTHING, "-c", "fetch.negotiationAlgorithm=noop"];
  const command = [...settings, "fetch", ...options, "--filter=blob:none", "--stdin"];
  const fetched = await runWriting(facts, [...command, "--", facts.promisor ?? "origin"], {
    input: oids.map((oid) => `${oid}\n`).join(""),
    environment: { GIT_TERMINAL_PROMPT: "0" },
  });
  return fetched.code === 0 ? undefined : complaintOf(fetched);
}
