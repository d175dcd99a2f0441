// The static type of a template value: its kinds, its members, and the items of a loop over it, as far as they are known
// before there is an input.

import {
  BOOLEAN,
  CONTAINER,
  EVERY_KIND,
  JSON_KINDS,
  type Kinds,
  LIST,
  NOTHING,
  NULL,
  NUMBER,
  OBJECT,
  STRING,
  UNDEFINED,
} from "../language/kinds.js";

export abstract class StaticType {
  abstract readonly kinds: Kinds;
  /** The only possible values, if they are listed. */
  abstract readonly constants: readonly unknown[] | undefined;
  /** Whether it allows members that it does not name. */
  readonly isOpen: boolean = false;

  protected listMembers(): readonly string[] {
    return [];
  }
  protected abstract findMember(name: string): StaticType | undefined;
  protected abstract findItem(): StaticType;

  // Each is found once: types are made of others that they share, and a schema can refer to the next one twice, thirty times over.
  #memberNames: readonly string[] | undefined;
  readonly #members = new Map<string, StaticType | undefined>();
  #item: StaticType | undefined;
  #present: StaticType | undefined;

  /** Names of declared members. */
  get memberNames(): readonly string[] {
    this.#memberNames ??= [...new Set(this.listMembers())];
    return this.#memberNames;
  }

  /** A member; `undefined` if there cannot be one of that name. */
  member(name: string): StaticType | undefined {
    const known = this.#members.get(name);
    if (known !== undefined || this.#members.has(name)) return known;
    const found = this.findMember(name);
    this.#members.set(name, found);
    return found;
  }

  /** The item of a loop over it: a list's items, or an object's values. */
  item(): StaticType {
    this.#item ??= this.findItem();
    return this.#item;
  }

  /** Whether it may be null or `undefined`. False for a value that may be anything: nothing is known of it. */
  get isOptional(): boolean {
    const { kinds } = this;
    return (kinds & UNDEFINED) !== 0 || ((kinds & NULL) !== 0 && kinds !== JSON_KINDS);
  }

  /** The type without null and `undefined`. */
  get present(): StaticType {
    if (!this.isOptional) return this;
    this.#present ??= new NarrowedType(this, this.kinds & ~NOTHING);
    return this.#present;
  }

  /** The type without null, without `undefined`, or without both. */
  without(nothing: Kinds): StaticType {
    return (this.kinds & NOTHING & ~nothing) === 0 ? this.present : this.only(this.kinds & ~nothing);
  }

  /** The type narrowed to these kinds. */
  only(kinds: Kinds): StaticType {
    return (this.kinds & ~kinds) === 0 ? this : new NarrowedType(this, this.kinds & kinds);
  }
}

/** A value that nothing is known about. */
class UnknownType extends StaticType {
  readonly kinds: Kinds = EVERY_KIND;
  readonly constants = undefined;

  override get isOptional(): boolean {
    return false;
  }

  protected findMember(): StaticType {
    return UNKNOWN;
  }

  protected findItem(): StaticType {
    return UNKNOWN;
  }

  override only(): StaticType {
    return UNKNOWN;
  }
}

export const UNKNOWN: StaticType = new UnknownType();

/** A value of certain kinds; nothing else is known about it. */
export class KindType extends StaticType {
  readonly kinds: Kinds;
  readonly constants: readonly unknown[] | undefined;

  constructor(kinds: Kinds, constants?: readonly unknown[]) {
    super();
    this.kinds = kinds;
    this.constants = constants;
  }

  protected findMember(name: string): StaticType | undefined {
    return (this.kinds & (OBJECT | LIST)) === 0 ? memberOfScalar(this.kinds, name) : UNKNOWN;
  }

  protected findItem(): StaticType {
    return UNKNOWN;
  }
}

export const A_STRING: StaticType = new KindType(STRING);
export const A_NUMBER: StaticType = new KindType(NUMBER);
export const A_BOOLEAN: StaticType = new KindType(BOOLEAN);
/** The key of a loop: a list's index, or a member's name. */
export const A_KEY: StaticType = new KindType(STRING | NUMBER);
export const ABSENT: StaticType = new KindType(UNDEFINED, [undefined]);

/** The members of strings: their length, and their characters by number. */
export function memberOfScalar(kinds: Kinds, name: string): StaticType | undefined {
  if ((kinds & STRING) === 0) return undefined;
  if (name === "length") return A_NUMBER;
  return isIndex(name) ? A_STRING : undefined;
}

export function isIndex(name: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(name);
}

/** A type made of several others. */
abstract class CombinedType extends StaticType {
  override readonly isOpen: boolean;
  protected readonly types: readonly StaticType[];

  constructor(types: readonly StaticType[]) {
    super();
    this.types = types;
    this.isOpen = types.some(({ isOpen }) => isOpen);
  }

  protected override listMembers(): readonly string[] {
    return this.types.flatMap(({ memberNames }) => memberNames);
  }
}

/** One of several types. */
class UnionType extends CombinedType {
  readonly kinds: Kinds;
  readonly constants: readonly unknown[] | undefined;

  constructor(types: readonly StaticType[]) {
    super(types);
    this.kinds = types.reduce((kinds, type) => kinds | type.kinds, 0);
    this.constants = types.every(({ constants }) => constants !== undefined)
      ? types.flatMap(({ constants }) => constants ?? [])
      : undefined;
  }

  /** A member of some of them counts: the template may test which one it has. */
  protected findMember(name: string): StaticType | undefined {
    const found = this.types.flatMap((type) => {
      const member = (type.kinds & CONTAINER) === 0 ? undefined : type.member(name);
      return member === undefined ? [] : [member];
    });
    return found.length === 0 ? undefined : union(found);
  }

  protected findItem(): StaticType {
    return union(this.types.filter(({ kinds }) => (kinds & (LIST | OBJECT)) !== 0).map((type) => type.item()));
  }
}

export function union(types: readonly StaticType[]): StaticType {
  const different = [...new Set(types)];
  const [first] = different;
  if (first === undefined || types.includes(UNKNOWN)) return UNKNOWN;
  return different.length === 1 ? first : new UnionType(different);
}

/** All of several types at once. */
class IntersectionType extends CombinedType {
  readonly kinds: Kinds;
  readonly constants: readonly unknown[] | undefined;

  constructor(types: readonly StaticType[]) {
    super(types);
    this.kinds = types.reduce((kinds, type) => kinds & type.kinds, EVERY_KIND);
    const lists = types.flatMap(({ constants }) => (constants === undefined ? [] : [constants]));
    this.constants = lists[0]?.filter((value) => lists.every((list) => list.includes(value)));
  }

  protected findMember(name: string): StaticType | undefined {
    const members = this.types.map((type) => type.member(name));
    const known = members.filter((member) => member !== undefined && member !== UNKNOWN) as StaticType[];
    if (known.length > 0) return intersection(known);
    return this.isOpen || !members.includes(undefined) ? UNKNOWN : undefined;
  }

  protected findItem(): StaticType {
    return intersection(this.types.map((type) => type.item()).filter((item) => item !== UNKNOWN));
  }
}

export function intersection(types: readonly StaticType[]): StaticType {
  const different = [...new Set(types)];
  const [first] = different;
  if (first === undefined) return UNKNOWN;
  return different.length === 1 ? first : new IntersectionType(different);
}

/** A type with some kinds ruled out, by a test for example. */
class NarrowedType extends StaticType {
  readonly kinds: Kinds;
  readonly #type: StaticType;

  constructor(type: StaticType, kinds: Kinds) {
    super();
    this.#type = type;
    this.kinds = kinds;
  }

  get constants(): readonly unknown[] | undefined {
    return this.#type.constants;
  }

  protected override listMembers(): readonly string[] {
    return this.#type.memberNames;
  }

  protected findMember(name: string): StaticType | undefined {
    return (this.kinds & CONTAINER) === 0 ? undefined : this.#type.member(name);
  }

  protected findItem(): StaticType {
    return this.#type.item();
  }
}

/** The context inside a section that may run for `true`: the value's own members, then those of the surrounding context. */
export class SectionType extends StaticType {
  readonly kinds: Kinds;
  readonly constants = undefined;
  readonly #type: StaticType;
  readonly #around: StaticType;

  constructor(type: StaticType, around: StaticType) {
    super();
    this.#type = type;
    this.#around = around;
    this.kinds = type.kinds | around.kinds;
  }

  protected override listMembers(): readonly string[] {
    return [...this.#type.memberNames, ...this.#around.memberNames];
  }

  protected findMember(name: string): StaticType | undefined {
    return this.#type.member(name) ?? this.#around.member(name);
  }

  protected findItem(): StaticType {
    return union([this.#type.item(), this.#around.item()]);
  }
}

/** An object with some members added or replaced: a partial's context with hash arguments. */
export class ExtendedType extends StaticType {
  readonly kinds: Kinds = OBJECT;
  readonly constants = undefined;
  readonly #type: StaticType;
  readonly #members: ReadonlyMap<string, StaticType>;

  constructor(type: StaticType, members: ReadonlyMap<string, StaticType>) {
    super();
    this.#type = type;
    this.#members = members;
  }

  protected override listMembers(): readonly string[] {
    return [...this.#members.keys(), ...this.#type.memberNames];
  }

  protected findMember(name: string): StaticType | undefined {
    return this.#members.get(name) ?? this.#type.member(name);
  }

  protected findItem(): StaticType {
    return union([...this.#members.values(), this.#type.item()]);
  }
}
