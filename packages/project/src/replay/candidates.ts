// Which version takes the place of the one that ran, as `--with` says it: `production=v8`, `greet=v8`, `greet@production=v8`, `working`.

import { nearest } from "@cuecard/runtime";
import type { RecordedCall } from "./recorded-calls.js";

/** What calls a candidate is for. */
export interface Rule {
  /** As it was written. */
  readonly written: string;
  /** The calls of one prompt; `undefined` for all. */
  readonly name: string | undefined;
  /** The calls that loaded the prompt by this alias; `undefined` for all. */
  readonly alias: string | undefined;
  /** A version or an alias, which may not exist. */
  readonly ref: string;
}

export class Candidates {
  /** Those about fewer calls come first. */
  readonly rules: readonly Rule[];
  readonly #used = new Set<Rule>();
  readonly #seen = new Set<string>();

  private constructor(rules: readonly Rule[]) {
    this.rules = rules;
  }

  /**
   * @param written Default: the working files.
   * @param isPrompt Whether a prompt has this name.
   * @returns A text that says what is wrong with them, or the candidates.
   */
  static read(written: readonly string[], isPrompt: (name: string) => boolean): Candidates | string {
    const rules: Rule[] = [];
    for (const one of written.length === 0 ? ["working"] : written) {
      const rule = readRule(one, isPrompt);
      if (typeof rule === "string") return rule;
      rules.push(rule);
    }
    // The first rule that is about a call counts: those about fewer calls come first.
    const precision = ({ name, alias }: Rule) => Number(name !== undefined) * 2 + Number(alias !== undefined);
    return new Candidates(rules.sort((a, b) => precision(b) - precision(a)));
  }

  /** The reference of the version in place of the one that ran; `undefined` if none is about the call. */
  of({ name, alias }: RecordedCall): string | undefined {
    this.#seen.add(name);
    if (alias !== undefined) this.#seen.add(alias);
    const rule = this.rules.find(
      (one) => (one.name === undefined || one.name === name) && (one.alias === undefined || one.alias === alias),
    );
    if (rule === undefined) return undefined;
    this.#used.add(rule);
    return `${name}@${rule.ref}`;
  }

  /**
   * The ones that were about no call, and what may have been meant.
   *
   * @param known Names of prompts and aliases of the project.
   */
  unused(known: ReadonlySet<string>): readonly UnusedCandidate[] {
    const all = [...new Set([...this.#seen, ...known])];
    return this.rules
      .filter((rule) => !this.#used.has(rule))
      .map(({ written, name, alias }) => {
        const places = [name, alias].filter((text) => text !== undefined);
        const unknown = places.find((text) => !this.#seen.has(text) && !known.has(text));
        const unseen = unknown ?? places.find((text) => !this.#seen.has(text));
        const near = unknown === undefined ? [...this.#seen] : all;
        return { written, unknown, nearest: unseen === undefined ? undefined : nearest(unseen, near) };
      });
  }
}

export interface UnusedCandidate {
  readonly written: string;
  /** What neither the project nor a call has: a prompt or an alias. */
  readonly unknown: string | undefined;
  readonly nearest: string | undefined;
}

function readRule(written: string, isPrompt: (name: string) => boolean): Rule | string {
  const at = written.indexOf("=");
  if (at === -1)
    return /^[^@\s]+$/.test(written)
      ? { written, name: undefined, alias: undefined, ref: written }
      : `"${written}" is not a version or an alias; write "production=v8", "greet=v8" or "greet@production=v8"`;
  const [place, ref] = [written.slice(0, at).trim(), written.slice(at + 1).trim()];
  if (place === "" || ref === "" || /[@=\s]/.test(ref))
    return `"${written}" is not valid: write the calls, "=", and a version or an alias, such as "production=v8"`;
  const split = place.indexOf("@");
  if (split !== -1) {
    const [name, alias] = [place.slice(0, split), place.slice(split + 1)];
    if (alias === "" || alias.includes("@")) return `"${written}" is not valid: "@" is followed by one alias`;
    return { written, name: name === "" ? undefined : name, alias, ref };
  }
  return isPrompt(place)
    ? { written, name: place, alias: undefined, ref }
    : { written, name: undefined, alias: place, ref };
}
