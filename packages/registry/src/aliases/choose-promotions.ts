// Chooses the targets of a promotion: for each prompt, one alias gets the target of another or the newest version, for all callers
// or a share of them.

import {
  type AliasTarget,
  type Arguments,
  compareText,
  type Diagnostic,
  diagnose,
  pinTarget,
  resolveTarget,
  versionsOf,
} from "@cuecard/model";
import { ALIASES_FILE } from "../alias-file/parse-aliases.js";
import { RepositoryUnreadable } from "../git/reader.js";
import { readAliasMoves } from "../history/alias-moves.js";
import type { Repository } from "../repository/repository.js";
import type { AliasRequest, AliasState, ChosenTargets } from "./plan-aliases.js";
import type { WrittenPointer } from "./read-alias-file.js";
import { unknownAlias, unknownEverywhere } from "./unknown-alias.js";

type Promotion = Extract<AliasRequest, { readonly kind: "promote" }>;

const LATEST = "latest";

export async function choosePromotions(
  repository: Repository,
  state: AliasState,
  promotion: Promotion,
): Promise<ChosenTargets> {
  const { names, from, to } = promotion;
  const { prompts } = state.file;
  if (names !== "all") return chooseFrom(state, promotion, names);
  if (from === LATEST) return chooseFrom(state, promotion, await findOutdated(repository, state, to));
  const chosen = [...prompts].flatMap(([name, own]) => (own.has(from) ? [name] : []));
  if (chosen.length === 0) return { targets: [], diagnostics: [unknownEverywhere(state.file, from)] };
  return chooseFrom(state, promotion, chosen);
}

function chooseFrom(
  { file, newest }: AliasState,
  { from, to, share }: Promotion,
  chosen: readonly string[],
): ChosenTargets {
  const targets: { name: string; alias: string; to: AliasTarget }[] = [];
  const asked: string[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const name of new Set(chosen)) {
    const source = sourceOf(file.prompts.get(name), from);
    if (source === undefined) {
      asked.push(name);
      diagnostics.push(unknownAlias(file, name, from));
      continue;
    }
    const place = { file: ALIASES_FILE, range: source.range };
    const refuse = (because: Arguments<"alias/not-promotable">["because"]) => {
      const args = { name, alias: from, because, to };
      diagnostics.push(diagnose("alias/not-promotable", args, place, { name, alias: from }));
    };
    const latest = newest.latest.get(name);
    const resolved = source.target && resolveTarget(source.target, latest);
    // The copy stays where the source leads now.
    const target = resolved && pinTarget(resolved);
    if (target === undefined) {
      asked.push(name);
      refuse(source.target === undefined ? "invalid" : "nothing-released");
    } else if (target.kind === "working") refuse("working");
    else if (share === undefined) targets.push({ name, alias: to, to: target });
    else if (target.kind === "split") refuse("weighted");
    else {
      const there = file.prompts.get(name)?.get(to)?.target;
      const base = there && resolveTarget(there, latest);
      if (base === undefined) refuse("nothing-there");
      else if (base.kind === "working") refuse("working-there");
      else targets.push({ name, alias: to, to: mix(base, target.version, share) });
    }
  }
  return { targets, asked, diagnostics };
}

/** The alias whose target is copied. */
function sourceOf(own: ReadonlyMap<string, WrittenPointer> | undefined, from: string): WrittenPointer | undefined {
  return from === LATEST ? { target: { kind: LATEST }, range: undefined } : own?.get(from);
}

/**
 * The prompts that have a newer version than an alias, sorted. Left out are a rollout that has begun, an alias that follows releases
 * or points at the working file, and a version that the alias has left already: it was rolled back.
 */
async function findOutdated(repository: Repository, { file, newest }: AliasState, alias: string): Promise<string[]> {
  const outdated = [...newest.latest].flatMap(([name, version]) => {
    if (!newest.files.has(name)) return [];
    const pointer = file.prompts.get(name)?.get(alias);
    const isOlder = pointer?.target?.kind === "version" && pointer.target.version < version;
    return pointer === undefined || isOlder ? [name] : [];
  });
  const left = await findLeft(repository, new Set(outdated), { alias, latest: newest.latest });
  return outdated.filter((name) => !left.has(name)).sort(compareText);
}

/** The prompts whose alias has pointed at the newest version before. */
async function findLeft(
  repository: Repository,
  names: ReadonlySet<string>,
  { alias, latest }: { readonly alias: string; readonly latest: ReadonlyMap<string, number> },
): Promise<ReadonlySet<string>> {
  try {
    const { reader, resolveCommit } = await repository.open();
    const head = names.size === 0 ? undefined : await resolveCommit("HEAD");
    if (head === undefined) return new Set();
    const { moves } = await readAliasMoves(reader, head, names);
    const met = moves.filter(({ name, alias: moved, from, to }) => {
      const versions = [from, to].flatMap((target) => (target === undefined ? [] : versionsOf(target)));
      return moved === alias && versions.includes(latest.get(name) ?? 0);
    });
    return new Set(met.map(({ name }) => name));
  } catch (error) {
    if (!(error instanceof RepositoryUnreadable)) throw error;
    return new Set(); // reading the project reports it
  }
}

/** Gives a version a share of the callers; the other versions keep their proportions. */
function mix(base: Exclude<AliasTarget, { kind: "working" }>, version: number, share: number): AliasTarget {
  const arms = base.kind === "version" ? [{ version: base.version, weight: 1 }] : base.arms;
  const others = arms.filter((arm) => arm.version !== version);
  if (others.length === 0 || share === 100) return { kind: "version", version };
  const sum = others.reduce((total, { weight }) => total + weight, 0);
  const scaled = others.map((arm) => ({ version: arm.version, weight: arm.weight * (100 - share) }));
  const mixed = [...scaled, { version, weight: sum * share }];
  // With two versions, the weights are percentages; with more, they are as small as possible.
  const divisor = others.length === 1 ? sum : mixed.reduce((common, { weight }) => commonDivisor(common, weight), 0);
  return {
    kind: "split",
    arms: mixed
      .map((arm) => ({ version: arm.version, weight: arm.weight / divisor }))
      .sort((a, b) => a.version - b.version),
  };
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
