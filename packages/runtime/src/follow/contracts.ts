// What the compiler found out about where pointers may move (build/src/emit/contracts.ts), and the decision about one pointer.

import type { Arms, WantedPointer } from "./document.js";
import { shorten } from "./follow-error.js";
import type { PointerTarget, RefusedPointer } from "./follow-types.js";

/** Where a pointer of the package leads: a version, the working file, or versions with their weights. */
type BuiltTarget = number | "working" | readonly (readonly [version: number, weight: number])[];

/** What the compiler writes for a prompt. */
type PackedContract = readonly [
  name: string,
  /** How many versions there are, if they are numbered without gaps. */
  versions: number | readonly number[],
  /** What `latest` means; null if there is no release. */
  latest: number | null,
  pointers: readonly (readonly [
    aliases: readonly string[],
    target: BuiltTarget,
    /** Versions that would break the callers of these aliases, by the reason: an index of `reasons`. */
    refused?: readonly (readonly [reason: number, versions: readonly number[]])[],
  ])[],
  reasons?: readonly string[],
];

export interface Pointer {
  readonly target: BuiltTarget;
  /** Why a version breaks callers of the alias, for those that do. */
  readonly refused: ReadonlyMap<number, string>;
}

export interface Contract {
  readonly name: string;
  has(version: number): boolean;
  readonly latest: number | undefined;
  readonly pointers: ReadonlyMap<string, Pointer>;
}

export type Contracts = ReadonlyMap<string, Contract>;

/** @param packed A JSON text for each prompt. */
export function readContracts(packed: readonly string[]): Contracts {
  return new Map(
    packed.map((json) => {
      const [name, versions, latest, pointers, reasons = []]: PackedContract = JSON.parse(json);
      const known = typeof versions === "number" ? undefined : new Set(versions);
      const has = (version: number) => known?.has(version) ?? version <= (versions as number);
      const all = pointers.flatMap(([aliases, target, refused = []]) => {
        const reasonOf = new Map(
          refused.flatMap(([reason, list]) => list.map((v) => [v, reasons[reason] ?? ""] as const)),
        );
        return aliases.map((alias): [string, Pointer] => [alias, { target, refused: reasonOf }]);
      });
      return [name, { name, has, latest: latest ?? undefined, pointers: new Map(all) }];
    }),
  );
}

/** A target as documents and aliases.json have it. */
export function writeTarget(target: BuiltTarget): PointerTarget {
  if (typeof target === "number") return `v${target}`;
  if (target === "working") return target;
  return Object.freeze(Object.fromEntries(target.map(([version, weight]) => [`v${version}`, weight])));
}

/** What becomes of one pointer. */
export type Decision =
  /** It stays where it is in the package. */
  | { readonly kind: "built" }
  | { readonly kind: "moved"; readonly arms: Arms }
  | { readonly kind: "refused"; readonly refused: RefusedPointer };

/** Decides about one pointer, without regard to the others. */
export function decide(contracts: Contracts, { name, alias, written, target }: WantedPointer): Decision {
  const refuse = (code: RefusedPointer["code"], reason: string): Decision => ({
    kind: "refused",
    refused: Object.freeze({ name, alias, target: written, code, reason: shorten(reason) }),
  });
  const contract = contracts.get(name);
  if (contract === undefined) return refuse("unknown-prompt", `this package has no prompt ${name}`);
  const pointer = contract.pointers.get(alias);
  if (pointer === undefined)
    return refuse(
      "unknown-alias",
      alias === "latest"
        ? `${name}@latest is the newest version in the package, and does not move at run time`
        : `${name} has no alias ${alias} in this package`,
    );
  if (target === "working")
    return pointer.target === "working"
      ? { kind: "built" }
      : refuse("working-file", `${name}@${alias} can lead to the working file only if it does so in the package`);
  const arms = target === "latest" ? latestOf(contract) : target;
  if (arms === undefined) return refuse("unknown-version", `this package has no released version of ${name}`);
  if (isBuilt(arms, pointer.target)) return { kind: "built" };
  const missing = arms.filter(({ version }) => !contract.has(version));
  if (missing.length > 0) return refuse("unknown-version", `this package does not contain ${list(name, missing)}`);
  if (arms.length > 1 && !isWeighted(pointer.target))
    return refuse("needs-key", `${name}@${alias} is not weighted in the package, so its callers may pass no key`);
  const reasons = arms.flatMap(({ version }) => {
    const reason = pointer.refused.get(version);
    return reason === undefined ? [] : [`v${version} would break the callers of ${name}@${alias}: ${reason}`];
  });
  return reasons.length > 0 ? refuse("breaks-callers", reasons.join("; ")) : { kind: "moved", arms };
}

function latestOf({ latest }: Contract): Arms | undefined {
  return latest === undefined ? undefined : [{ version: latest, weight: 1 }];
}

const MOST_NAMED = 5;

function list(name: string, arms: Arms): string {
  const named = arms.slice(0, MOST_NAMED).map(({ version }) => `${name}@v${version}`);
  return arms.length > MOST_NAMED ? `${named.join(", ")} and ${arms.length - MOST_NAMED} more` : named.join(", ");
}

function isWeighted(target: BuiltTarget): boolean {
  return typeof target === "object";
}

function isBuilt(arms: Arms, target: BuiltTarget): boolean {
  const [first] = arms;
  if (typeof target !== "object") return arms.length === 1 && first?.version === target;
  return (
    arms.length === target.length &&
    target.every(([version, weight], index) => arms[index]?.version === version && arms[index]?.weight === weight)
  );
}
