// Resolves a reference (`greet`, `greet@production`, `greet@v3`, `prompts:/greet/3`) to a version.

import { compareText, latestVersion, type Snapshot } from "@cuecard/model";
import { nearestVersion, parseRef } from "@cuecard/registry";
import { chooseArm, nearest } from "@cuecard/runtime";

export interface ResolvedReference {
  readonly name: string;
  readonly version: number | "working";
  /** What was asked for: an alias, `latest`, `working` or `v3`. */
  readonly ref: string;
}

export interface UnresolvedReference {
  readonly problem: string;
  readonly hint: string | undefined;
}

/** All versions that a reference can resolve to. */
export interface ResolvedArms {
  readonly name: string;
  readonly ref: string;
  /** One, or the arms of a weighted alias. */
  readonly arms: readonly { readonly version: number | "working"; readonly weight: number }[];
}

/**
 * @param text The reference; a name alone is its latest version, or its working file before the first release.
 * @param key Identifies the caller, and selects the version of a weighted alias.
 */
export function resolveReference(
  snapshot: Snapshot,
  text: string,
  key?: string,
): ResolvedReference | UnresolvedReference {
  const resolved = resolveArms(snapshot, text);
  if ("problem" in resolved) return resolved;
  const { name, ref, arms } = resolved;
  if (arms.length > 1 && key === undefined)
    return {
      problem: `${name}@${ref} is split between ${arms.map(({ version }) => `v${version}`).join(" and ")}`,
      hint: "use one of them, or pass the caller's key with --key",
    };
  const choice = arms.map(({ weight, version }) => ({ weight, value: version }));
  return { name, version: chooseArm(choice, `${name}:${ref}`, key ?? ""), ref };
}

/** Resolves a reference to every arm of a weighted alias. */
export function resolveArms(snapshot: Snapshot, text: string): ResolvedArms | UnresolvedReference {
  const parsed = parseRef(text);
  const partial = partialNamed(snapshot, text);
  if (partial !== undefined)
    return {
      problem: `"${text}" is a partial, and not a prompt`,
      hint: `${partial} is part of the prompts that include it: name one of them`,
    };
  if (parsed === undefined)
    return {
      problem: `"${text}" is not a valid reference`,
      hint: "write name, name@production, name@v3 or prompts:/name@production",
    };
  const { name } = parsed;
  const released = snapshot.versions.filter((version) => version.name === name);
  const versions = released.map(({ version }) => version);
  const hasWorking = snapshot.working.some((prompt) => prompt.name === name);
  if (versions.length === 0 && !hasWorking) return unknownPrompt(snapshot, name);
  const latest = latestVersion(released)?.version;
  const ref = parsed.ref ?? (latest === undefined ? "working" : "latest");
  const found = (version: number | "working"): ResolvedArms => ({ name, ref, arms: [{ version, weight: 1 }] });

  if (ref === "working")
    return hasWorking
      ? found("working")
      : {
          problem: `${name} is not in the working tree`,
          hint:
            latest === undefined
              ? `${name}@v${versions.at(-1)} is retired but can still be used`
              : `${name}@v${latest} is its latest version`,
        };
  if (ref === "latest")
    return latest === undefined
      ? {
          problem: versions.length === 0 ? `${name} has no version yet` : `every version of ${name} is retired`,
          hint: hasWorking
            ? `use ${name}@working for the current file`
            : `${name}@v${versions.at(-1)} can still be used`,
        }
      : found(latest);
  const number = versions.find((version) => `v${version}` === ref);
  if (number !== undefined) return found(number);
  const pointers = snapshot.aliases.filter((entry) => entry.name === name);
  const pointer = pointers.find(({ alias }) => alias === ref);
  if (pointer === undefined)
    return unknownRef(
      name,
      ref,
      versions,
      hasWorking,
      pointers.map(({ alias }) => alias),
    );
  const { target } = pointer;
  if (target.kind === "version") return found(target.version);
  if (target.kind === "working") return found("working");
  return { name, ref, arms: target.arms };
}

/** The prompt does not exist; the hint suggests a similar name. */
export function unknownPrompt(snapshot: Snapshot, name: string): UnresolvedReference {
  return unknownName(name, new Set([...snapshot.working, ...snapshot.versions].map((known) => known.name)));
}

/** As {@link unknownPrompt}, for a given set of names. */
export function unknownName(name: string, names: ReadonlySet<string>): UnresolvedReference {
  const near = nearest(name, [...names].sort(compareText));
  const hint =
    near !== undefined
      ? `did you mean "${near}"?`
      : names.size === 0
        ? "no prompts yet; run `cuecard init` to create one"
        : "run `cuecard list` to see all prompts";
  return { problem: `the prompt "${name}" does not exist`, hint };
}

function unknownRef(
  name: string,
  ref: string,
  versions: readonly number[],
  hasWorking: boolean,
  aliases: readonly string[],
): UnresolvedReference {
  const names = [...aliases, "latest", ...versions.map((version) => `v${version}`), ...(hasWorking ? ["working"] : [])];
  const isVersion = /^v\d+$/.test(ref);
  const near = isVersion ? nearestVersion(Number(ref.slice(1)), versions) : nearest(ref, names);
  return {
    problem: isVersion ? `${name} has no version ${ref}` : `${name} has no version or alias "${ref}"`,
    hint: near === undefined ? `it has ${names.slice(0, 12).join(", ")}` : `did you mean "${name}@${near}"?`,
  };
}

/** The file of the partial that a text names, such as `_tone` or `prompts/_tone.md`. */
function partialNamed({ promptsDir, workingPartials }: Snapshot, text: string): string | undefined {
  const name = text.replace(/\.md$/, "");
  return workingPartials
    .map(({ path }) => path)
    .find((path) => [path, path.slice(promptsDir.length + 1)].includes(`${name}.md`));
}
