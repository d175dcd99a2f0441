// Where a flag may lead an alias for one caller: by the rules for documents that move pointers, with the caller's key.

import { inLine } from "../issue.js";
import type { Split } from "../load.js";
import { parseVersionRef } from "../target.js";
import { normalizeRef, parsePromptUri } from "../uri.js";
import type { BuiltPackage } from "./built-package.js";
import { type Contracts, decide } from "./contracts.js";
import type { WantedPointer } from "./document.js";
import type { RefusedPointer } from "./follow-types.js";

/** The member of a package's `follow` with its {@link FlagPointers}: a key of all copies of the runtime. */
export const FLAG_POINTERS: unique symbol = Symbol.for("cuecard.flagPointers") as never;

/** Why a flag's value does not lead an alias anywhere. */
export interface Refusal {
  readonly code: RefusedPointer["code"] | "other-prompt" | "fixed-version";
  readonly reason: string;
}

export interface FlagPointers {
  /** The package's own `load`. */
  readonly load: BuiltPackage["load"];
  /**
   * What `load` gives for a prompt's alias if a flag has a value.
   *
   * @param value `v3`, `3`, an alias, `latest`, or a URI of the same prompt.
   * @param key The caller's, for weighted aliases.
   * @returns `undefined` if the value leads where the alias leads in the package.
   */
  find(
    wanted: { readonly name: string; readonly alias: string },
    value: string,
    key: unknown,
  ): object | Refusal | undefined;
}

/** A prompt is never mistaken for a refusal: prompts have no member `code`. */
export function isRefusal(found: object | Refusal): found is Refusal {
  return "code" in found && "reason" in found;
}

export function makeFlagPointers(built: BuiltPackage, contracts: () => Contracts): FlagPointers {
  return {
    load: built.load,
    find({ name, alias }, value, key) {
      const uri = parsePromptUri(value);
      if (uri !== undefined && uri.name !== name)
        return { code: "other-prompt", reason: `${inLine(value)} is not a version of ${name}` };
      if (parseVersionRef(alias) !== undefined)
        return { code: "fixed-version", reason: `the code asks for ${name}@${alias}, not for an alias` };
      const ref = uri?.ref ?? normalizeRef(value);
      if (ref === alias) return undefined;
      const target = targetOf(contracts(), built, { name, ref, key });
      if ("code" in target) return target;
      const decision = decide(contracts(), { name, alias, written: value, ...target });
      if (decision.kind === "refused") return decision.refused;
      const [arm] = decision.kind === "moved" ? decision.arms : [];
      if (arm === undefined) return undefined;
      return built.atAlias(built.load(name, `v${arm.version}`), alias);
    },
  };
}

type Target = Pick<WantedPointer, "target">;

/** What a reference means in the package: one version, for a weighted alias that of the key. */
function targetOf(
  contracts: Contracts,
  { Split }: BuiltPackage,
  { name, ref, key }: { readonly name: string; readonly ref: string; readonly key: unknown },
): Target | Refusal {
  if (ref === "latest" || ref === "working") return { target: ref };
  const version = parseVersionRef(ref);
  if (version !== undefined) return { target: [{ version, weight: 1 }] };
  const pointers = contracts.get(name)?.pointers;
  const target = pointers?.get(ref)?.target;
  if (target === undefined)
    return {
      code: "unknown-alias",
      reason: `${name} has no version or alias ${inLine(ref)} in this package; its aliases are ${[...(pointers?.keys() ?? [])].join(", ")}`,
    };
  if (target === "working") return { target };
  if (typeof target === "number") return { target: [{ version: target, weight: 1 }] };
  if (typeof key !== "string")
    return { code: "needs-key", reason: `${name}@${ref} is weighted, and the context has no targetingKey` };
  const split: Split<{ readonly chosen: number }> = new Split(
    `${name}:${ref}`,
    target.map(([chosen, weight]) => ({ weight, value: { chosen } })),
  );
  return { target: [{ version: split.choose({ key }).chosen, weight: 1 }] };
}
