// Values of a template, as far as they may come from outside: traced from the input's schema through paths, loops, partials and helpers.

import type { DescribedValue } from "../schema/untrusted-values.js";

export interface TracedValue {
  /** Where the untrusted part of it comes from, if any of it may be untrusted and is not between delimiters. */
  readonly source: string | undefined;
  /** The same, and delimiters do not count. */
  readonly origin: string | undefined;
  /** The same for the keys of a loop over it. */
  readonly keySource: string | undefined;
  member(name: string): TracedValue;
  /** Any item or member. */
  item(): TracedValue;
  /** Equal for values that are equal in all of this. */
  readonly key: string;
}

/** A value without parts that are traced: the result of a helper, for example. */
class Result implements TracedValue {
  readonly source: string | undefined;
  readonly origin: string | undefined;

  constructor(source: string | undefined, origin = source) {
    this.source = source;
    this.origin = origin;
  }

  get keySource(): string | undefined {
    return this.source;
  }

  get key(): string {
    return `result ${this.source} ${this.origin}`;
  }

  member(): TracedValue {
    return this;
  }

  item(): TracedValue {
    return this;
  }
}

export const TRUSTED: TracedValue = new Result(undefined);

/** A value that is made of others and may contain their texts. */
export function madeOf(values: readonly TracedValue[]): TracedValue {
  const found = values.find(({ origin }) => origin !== undefined);
  return found === undefined ? TRUSTED : new Result(found.origin);
}

/** A value between delimiters that it cannot close. */
export function delimited({ origin }: TracedValue): TracedValue {
  return origin === undefined ? TRUSTED : new Result(undefined, origin);
}

/** A value as the schema describes it. */
class FromSchema implements TracedValue {
  readonly #value: DescribedValue;

  constructor(value: DescribedValue) {
    this.#value = value;
  }

  get source(): string | undefined {
    const { isUntrusted, holdsUntrusted, mayHaveText, path } = this.#value;
    return mayHaveText && (isUntrusted || holdsUntrusted) ? path || "input" : undefined;
  }

  get origin(): string | undefined {
    return this.source;
  }

  get keySource(): string | undefined {
    const { hasUntrustedKeys, path } = this.#value;
    return hasUntrustedKeys ? path || "input" : undefined;
  }

  get key(): string {
    return `schema ${this.#value.key}`;
  }

  member(name: string): TracedValue {
    // The length of a list or a text is a number.
    const isLength = name === "length" && !this.#value.mayBeObject;
    return isLength ? TRUSTED : new FromSchema(this.#value.member(name));
  }

  item(): TracedValue {
    return new FromSchema(this.#value.item());
  }
}

export function fromSchema(value: DescribedValue): TracedValue {
  return new FromSchema(value);
}

/** A value with the texts of several others. */
abstract class Combined implements TracedValue {
  readonly values: readonly TracedValue[];

  constructor(values: readonly TracedValue[]) {
    this.values = values;
  }

  get source(): string | undefined {
    return this.values.find(({ source }) => source !== undefined)?.source;
  }

  get origin(): string | undefined {
    return this.values.find(({ origin }) => origin !== undefined)?.origin;
  }

  get keySource(): string | undefined {
    return this.values.find(({ keySource }) => keySource !== undefined)?.keySource;
  }

  abstract readonly key: string;
  abstract member(name: string): TracedValue;
  abstract item(): TracedValue;
}

/** One of several values, none of which is such a value itself. */
class Either extends Combined {
  get key(): string {
    return `either ${this.values.map(({ key }) => key).join(", ")}`;
  }

  member(name: string): TracedValue {
    return oneOf(this.values.map((value) => value.member(name)));
  }

  item(): TracedValue {
    return oneOf(this.values.map((value) => value.item()));
  }
}

export function oneOf(values: readonly TracedValue[]): TracedValue {
  const single = values.flatMap((value) => (value instanceof Either ? value.values : [value]));
  const different = [...new Map(single.map((value) => [value.key, value])).values()];
  const [only] = different;
  return only !== undefined && different.length === 1 ? only : new Either(different);
}

/** How many values an object with added members may be made of, one by one. A partial that includes itself adds some each time. */
const MAX_PARTS = 200;

/** An object with some members added or replaced: a partial's context with hash arguments. */
export function extended(object: TracedValue, members: ReadonlyMap<string, TracedValue>): TracedValue {
  const all = [object, ...members.values()];
  return all.reduce((size, value) => size + sizeOf(value), 0) > MAX_PARTS ? madeOf(all) : new Extended(object, members);
}

function sizeOf(value: TracedValue): number {
  return value instanceof Combined ? value.values.reduce((size, part) => size + sizeOf(part), 1) : 1;
}

class Extended extends Combined {
  readonly #object: TracedValue;
  readonly #members: ReadonlyMap<string, TracedValue>;

  constructor(object: TracedValue, members: ReadonlyMap<string, TracedValue>) {
    super([object, ...members.values()]);
    this.#object = object;
    this.#members = members;
  }

  get key(): string {
    return `${this.#object.key} with ${[...this.#members].map(([name, { key }]) => `${name}: ${key}`).join(", ")}`;
  }

  member(name: string): TracedValue {
    return this.#members.get(name) ?? this.#object.member(name);
  }

  /** Its members: those of the object, and the new ones. */
  item(): TracedValue {
    return oneOf([this.#object.item(), ...this.#members.values()]);
  }
}
