// What is known about one value from all its uses in a template.

import { EVERY_KIND, type Kinds } from "../language/kinds.js";
import type { Origin, PartialFunction } from "../template/ir.js";

/** The uses of one value, all places together. */
export interface Usage {
  /** Its text is inserted. */
  text: boolean;
  /** It is inserted between delimiters, as a value from outside. */
  untrusted: boolean;
  /** A test asks whether it is present. */
  tested: boolean;
  /** It is used somewhere without a test of it around. */
  unguarded: boolean;
  /** `{{#each}}` loops over it: the uses of its items. */
  items: Usage | undefined;
  /** The loop uses `@key`, so it may be an object. */
  keyed: boolean;
  /** It begins a section `{{#name}}`: the uses of its items, if it is a list, or else of itself. */
  section: Usage | undefined;
  /** It is passed on whole, or read with a computed key: its members cannot all be known. */
  whole: boolean;
  /** The kinds that it may have: a helper accepts no other. */
  wanted: Kinds;
  /** The kinds of what it is compared with. */
  compared: Kinds;
  /** It is the context of a partial that includes itself. */
  readonly partials: Set<PartialFunction>;
  readonly members: Map<string, Usage>;
  /** The first place of use. */
  origin: Origin | undefined;
}

/** Whether anything at all is known of a value. */
export function isUsed(usage: Usage): boolean {
  const { text, items, section, whole, wanted, compared, partials, members } = usage;
  const hasForm = text || whole || items !== undefined || section !== undefined || members.size > 0;
  return hasForm || partials.size > 0 || wanted !== EVERY_KIND || compared !== 0;
}

/**
 * The largest number of values inside sections that are described. Each section within a section doubles them: it may be a list or an
 * object, and what it uses may be its own or the surrounding context's.
 */
export const MAX_VALUES = 5_000;

export function newUsage(origin?: Origin): Usage {
  return {
    text: false,
    untrusted: false,
    tested: false,
    unguarded: false,
    items: undefined,
    keyed: false,
    section: undefined,
    whole: false,
    wanted: EVERY_KIND,
    compared: 0,
    partials: new Set(),
    members: new Map(),
    origin,
  };
}

export function member(object: Usage, name: string, origin: Origin | undefined): Usage {
  let usage = object.members.get(name);
  if (usage === undefined) {
    usage = newUsage(origin);
    object.members.set(name, usage);
  }
  return usage;
}

/** The uses of several values as those of one. */
export function allOf(usages: readonly Usage[]): Usage {
  const all = newUsage();
  const combination = new Combination();
  for (const usage of usages) combination.absorb(all, usage);
  return all;
}

/** Adds the uses of values to others, up to the limit. */
export class Combination {
  #count = 0;

  /** Whether the limit is exceeded: then some uses were not added. */
  get isTooLarge(): boolean {
    return this.#count > MAX_VALUES;
  }

  /** Adds the uses of one value to another's, except that it is required. */
  absorb(usage: Usage, other: Usage): void {
    this.#count++;
    if (this.isTooLarge) return;
    usage.text ||= other.text;
    usage.untrusted ||= other.untrusted;
    usage.tested ||= other.tested;
    usage.keyed ||= other.keyed;
    usage.whole ||= other.whole;
    usage.wanted &= other.wanted;
    usage.compared |= other.compared;
    if (other.items !== undefined) {
      usage.items ??= newUsage();
      this.absorb(usage.items, other.items);
    }
    if (other.section !== undefined) {
      usage.section ??= newUsage();
      this.absorb(usage.section, other.section);
    }
    for (const partial of other.partials) usage.partials.add(partial);
    for (const [name, used] of other.members) {
      const same = member(usage, name, used.origin);
      same.unguarded ||= used.unguarded;
      this.absorb(same, used);
    }
  }
}
