// Chooses the targets of a promotion: for each prompt, one alias gets the target of another, for all callers or a share
// of them.

import { type AliasTarget, type Arguments, type Diagnostic, diagnose } from "@cuecard/model";
import { ALIASES_FILE } from "../alias-file/parse-aliases.js";
import type { AliasRequest, ChosenTargets } from "./plan-aliases.js";
import type { AliasFile } from "./read-alias-file.js";
import { unknownAlias, unknownEverywhere } from "./unknown-alias.js";

type Promotion = Extract<AliasRequest, { readonly kind: "promote" }>;

export function choosePromotions(file: AliasFile, { names, from, to, share }: Promotion): ChosenTargets {
  const chosen = names === "all" ? [...file.prompts].flatMap(([name, own]) => (own.has(from) ? [name] : [])) : names;
  if (names === "all" && chosen.length === 0) return { targets: [], diagnostics: [unknownEverywhere(file, from)] };
  const targets: { name: string; alias: string; to: AliasTarget }[] = [];
  const asked: string[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const name of new Set(chosen)) {
    const source = file.prompts.get(name)?.get(from);
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
    const { target } = source;
    if (target === undefined) refuse("invalid");
    else if (target.kind === "working") refuse("working");
    else if (share === undefined) targets.push({ name, alias: to, to: target });
    else if (target.kind === "split") refuse("weighted");
    else {
      const base = file.prompts.get(name)?.get(to)?.target;
      if (base === undefined) refuse("nothing-there");
      else if (base.kind === "working") refuse("working-there");
      else targets.push({ name, alias: to, to: mix(base, target.version, share) });
    }
  }
  return { targets, asked, diagnostics };
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
