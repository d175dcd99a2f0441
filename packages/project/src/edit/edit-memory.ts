// What is kept from one check of an edited text to the next.

import type { CompileCache } from "@cuecard/build";
import type { Snapshot } from "@cuecard/model";

/** What a prompt has released, and where its aliases lead. */
export type Released = Pick<Snapshot, "versions" | "aliases">;

/** How many of each are kept. */
const MOST = 500;

export class EditMemory {
  readonly #released = new Map<string, { readonly state: string; readonly value: Released }>();
  readonly #compiled = new Map<string, string>();

  /**
   * @param state What it was read from; `undefined` if that is not known.
   * @param read Reads it.
   */
  async released(name: string, state: string | undefined, read: () => Promise<Released>): Promise<Released> {
    const known = this.#released.get(name);
    if (known !== undefined && known.state === state) return known.value;
    const value = await read();
    if (state !== undefined) keep(this.#released, name, { state, value });
    return value;
  }

  /** @param settings What compiled contents depend on besides their own texts. */
  compiled(settings: string): CompileCache {
    return {
      get: (digest) => this.#compiled.get(`${digest} ${settings}`),
      set: (digest, compiled) => keep(this.#compiled, `${digest} ${settings}`, compiled),
    };
  }
}

function keep<V>(known: Map<string, V>, key: string, value: V): void {
  known.delete(key);
  known.set(key, value);
  const [oldest] = known.keys();
  if (known.size > MOST && oldest !== undefined) known.delete(oldest);
}
