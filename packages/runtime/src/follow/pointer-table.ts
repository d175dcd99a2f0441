// Where pointers lead now: those that a document moved, and for all others the package's own.

import type { BuiltPackage } from "./built-package.js";
import { type Contracts, decide, writeTarget } from "./contracts.js";
import type { Arms, PointerDocument } from "./document.js";
import type { FollowState, PointerTarget, RefusedPointer } from "./follow-types.js";

/** A pointer that was moved. Its prompt is made when it is first asked for. */
interface Moved {
  readonly arms: Arms;
  prompt?: object;
}

/** See {@link PointerTable.uris}. */
export const BUILT: object = Object.freeze({});

export class PointerTable {
  readonly refused: readonly RefusedPointer[];
  /** What URIs lead to: reading one takes longer than everything else. {@link BUILT} marks those that depend on the package and a key. */
  readonly uris: Map<unknown, object> = new Map();
  readonly #contracts: Contracts;
  readonly #built: BuiltPackage;
  readonly #moved = new Map<string, Map<string, Moved>>();
  #pointers: FollowState["pointers"] | undefined;

  /** @param document `undefined`: every pointer is that of the package. */
  constructor(contracts: Contracts, built: BuiltPackage, document: PointerDocument | undefined) {
    this.#contracts = contracts;
    this.#built = built;
    const refused: RefusedPointer[] = [];
    for (const wanted of document?.pointers ?? []) {
      const decision = decide(contracts, wanted);
      if (decision.kind === "refused") refused.push(decision.refused);
      else if (decision.kind === "moved") this.#move(wanted.name, wanted.alias, decision.arms);
    }
    this.refused = Object.freeze(refused);
  }

  #move(name: string, alias: string, arms: Arms): void {
    const aliases = this.#moved.get(name) ?? new Map<string, Moved>();
    aliases.set(alias, { arms });
    this.#moved.set(name, aliases);
  }

  /** The prompt or split of a pointer that was moved. */
  find(name: unknown, alias: unknown): object | undefined {
    const moved = this.#moved.get(name as string)?.get(alias as string);
    if (moved === undefined) return undefined;
    moved.prompt ??= this.#make(name as string, alias as string, moved.arms);
    return moved.prompt;
  }

  #make(name: string, alias: string, arms: Arms): object {
    const { load, atAlias, Split } = this.#built;
    const values = arms.map(({ version, weight }) => ({ weight, value: load(name, `v${version}`) }));
    const [only] = values;
    return values.length === 1 && only !== undefined
      ? atAlias(only.value, alias)
      : new Split(`${name}:${alias}`, values);
  }

  /** Where every alias leads, by prompt. */
  get pointers(): FollowState["pointers"] {
    this.#pointers ??= this.#list();
    return this.#pointers;
  }

  #list(): FollowState["pointers"] {
    const all = [...this.#contracts.values()].filter(({ pointers }) => pointers.size > 0);
    return Object.freeze(
      Object.fromEntries(
        all.map(({ name, pointers }) => {
          const own = [...pointers].map(([alias, { target }]): [string, PointerTarget] => {
            const moved = this.#moved.get(name)?.get(alias);
            return [alias, writeTarget(moved === undefined ? target : toBuilt(moved.arms))];
          });
          return [name, Object.freeze(Object.fromEntries(own))];
        }),
      ),
    );
  }

  /** Whether a pointer leads to several versions, in the package or by the document. */
  isWeighted(name: string, alias: string): boolean {
    const arms = this.#moved.get(name)?.get(alias)?.arms;
    return arms === undefined ? Array.isArray(this.#contracts.get(name)?.pointers.get(alias)?.target) : arms.length > 1;
  }

  /** Whether the same pointers lead to the same versions, with the same weights. */
  equals(other: PointerTable): boolean {
    return this.#moves() === other.#moves();
  }

  /** What was moved where: the same text for the same moves. */
  #moves(): string {
    const all = [...this.#moved].flatMap(([name, aliases]) =>
      [...aliases].map(([alias, { arms }]) => JSON.stringify([name, alias, arms])),
    );
    return all.sort().join("\n");
  }
}

function toBuilt(arms: Arms): Parameters<typeof writeTarget>[0] {
  const [only] = arms;
  return arms.length === 1 && only !== undefined
    ? only.version
    : arms.map(({ version, weight }) => [version, weight] as const);
}
