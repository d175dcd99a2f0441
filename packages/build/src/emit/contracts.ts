// Where pointers may move at run time: only to versions that the package contains, and that do not break what was compiled with the
// pointer's types. What is emitted are the versions that would, with the reason, because they are few. The runtime reads it
// (runtime/src/follow/contracts.ts).

import { CONTRACT_MEMBERS } from "../compare/contract.js";
import { whyNotFollow } from "../compare/why-not-follow.js";
import type { CompiledContent, CompiledPrompt, CompiledVersion, ResolvedAlias } from "../model.js";
import { jsonLiteral } from "../text/escape.js";

type Target = number | "working" | readonly (readonly [version: number | "working", weight: number])[];
type Refused = readonly (readonly [reason: number, versions: readonly number[]])[];
type Released = CompiledVersion & { readonly version: number };

/**
 * One prompt's part of `dist/follow.js`: its versions, what `latest` means, and its pointers. Aliases that lead to the same version
 * share an entry.
 *
 * @example
 * ```js
 *   '["greet",3,3,[[["production","staging"],2,[[0,[3]]]]],["input \\"tone\\" is new and required"]]',
 * ```
 */
export function emitContracts({ name, versions, aliases }: CompiledPrompt): string {
  const released = versions.filter((version): version is Released => version.version !== "working");
  const numbers = released.map(({ version }) => version);
  const [latest] = aliases.find(({ alias }) => alias === "latest")?.arms ?? [];
  const reasons: string[] = [];
  const pointers = groupAliases(aliases).map(([names, arms]) => {
    const refused = refusedBy(arms, versions, released, reasons);
    return [names, targetOf(arms), ...(refused.length === 0 ? [] : [refused])];
  });
  const isGapless = numbers.every((number, index) => number === index + 1);
  const data = [name, isGapless ? numbers.length : numbers, latest?.version ?? null, pointers];
  return `  ${jsonLiteral(reasons.length === 0 ? data : [...data, reasons])},\n`;
}

/** Without `latest`, which never moves. */
function groupAliases(aliases: CompiledPrompt["aliases"]): [names: string[], arms: ResolvedAlias["arms"]][] {
  const groups = new Map<string, [string[], ResolvedAlias["arms"]]>();
  for (const { alias, arms } of aliases) {
    if (alias === "latest") continue;
    const key = JSON.stringify(arms);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [[alias], arms]);
    else group[0].push(alias);
  }
  return [...groups.values()];
}

function targetOf(arms: ResolvedAlias["arms"]): Target {
  const [only] = arms;
  return arms.length === 1 && only !== undefined
    ? only.version
    : arms.map(({ version, weight }) => [version, weight] as const);
}

/**
 * The versions that break callers of a pointer. Callers of several versions satisfy all of them, so one that accepts a version is
 * enough.
 *
 * @param reasons Gets the reasons that are new.
 */
function refusedBy(
  arms: ResolvedAlias["arms"],
  versions: readonly CompiledVersion[],
  released: readonly Released[],
  reasons: string[],
): Refused {
  const built = versions.filter(({ version }) => arms.some((arm) => arm.version === version));
  const known = new Map<string, string | undefined>();
  const byReason = new Map<string, number[]>();
  for (const { version, content } of released) {
    if (built.some((one) => one.version === version)) continue;
    const key = contractKey(content);
    if (!known.has(key)) known.set(key, reasonFor(built, content));
    const reason = known.get(key);
    if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), version]);
  }
  return [...byReason].map(([reason, numbers]) => {
    if (!reasons.includes(reason)) reasons.push(reason);
    return [reasons.indexOf(reason), numbers] as const;
  });
}

function reasonFor(built: readonly CompiledVersion[], content: CompiledContent): string | undefined {
  const all = built.map((one) =>
    contractKey(one.content) === contractKey(content) ? undefined : whyNotFollow(one.content, content),
  );
  return all.includes(undefined) ? undefined : all[0];
}

const keys = new WeakMap<CompiledContent, string>();

/** The same for contents that no caller can tell apart. */
function contractKey(content: CompiledContent): string {
  let key = keys.get(content);
  if (key === undefined) {
    key = JSON.stringify(CONTRACT_MEMBERS.map((member) => content[member] ?? null));
    keys.set(content, key);
  }
  return key;
}
