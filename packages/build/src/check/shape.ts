// What is known of a value before there is one: its kinds, its members, the items that a loop over it gives.

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

export abstract class Shape {
  abstract readonly kinds: Kinds;
  /** The only values that it can have, where they are listed. */
  abstract readonly constants: readonly unknown[] | undefined;
  /** Names of members that are declared. */
  abstract readonly memberNames: readonly string[];
  /** Whether it says itself that there may be members which it does not name. */
  get isOpen(): boolean {
    return false;
  }

  /** A member; `undefined` where there can be none of that name. */
  abstract member(name: string): Shape | undefined;
  /** What a loop over it gives: a list's items, or an object's values. */
  abstract item(): Shape;

  #present: Shape | undefined;

  /** Whether it may be nothing. Of a value that may be anything nobody knows. */
  get isOptional(): boolean {
    const { kinds } = this;
    return (kinds & UNDEFINED) !== 0 || ((kinds & NULL) !== 0 && kinds !== JSON_KINDS);
  }

  /** The shape of the value where it is something. */
  get present(): Shape {
    if (!this.isOptional) return this;
    this.#present ??= new NarrowShape(this, this.kinds & ~NOTHING);
    return this.#present;
  }

  /** The shape of the value where it is not null, not `undefined`, or neither. */
  without(nothing: Kinds): Shape {
    return (this.kinds & NOTHING & ~nothing) === 0 ? this.present : this.only(this.kinds & ~nothing);
  }

  /** Of these kinds, and no other. */
  only(kinds: Kinds): Shape {
    return (this.kinds & ~kinds) === 0 ? this : new NarrowShape(this, this.kinds & kinds);
  }
}

/** A value of which nothing is known. */
class UnknownShape extends Shape {
  readonly kinds: Kinds = EVERY_KIND;
  readonly constants = undefined;
  readonly memberNames: readonly string[] = [];

  override get isOptional(): boolean {
    return false;
  }

  member(): Shape {
    return UNKNOWN;
  }

  item(): Shape {
    return UNKNOWN;
  }

  override only(): Shape {
    return UNKNOWN;
  }
}

export const UNKNOWN: Shape = new UnknownShape();

/** A value of certain kinds of which nothing else is known. */
export class KindShape extends Shape {
  readonly kinds: Kinds;
  readonly constants: readonly unknown[] | undefined;
  readonly memberNames: readonly string[] = [];

  constructor(kinds: Kinds, constants?: readonly unknown[]) {
    super();
    this.kinds = kinds;
    this.constants = constants;
  }

  member(name: string): Shape | undefined {
    return (this.kinds & (OBJECT | LIST)) === 0 ? memberOfScalar(this.kinds, name) : UNKNOWN;
  }

  item(): Shape {
    return UNKNOWN;
  }
}

export const A_STRING: Shape = new KindShape(STRING);
export const A_NUMBER: Shape = new KindShape(NUMBER);
export const A_BOOLEAN: Shape = new KindShape(BOOLEAN);
/** What a loop's key is: a list's index, or a member's name. */
export const A_KEY: Shape = new KindShape(STRING | NUMBER);
export const NOT_THERE: Shape = new KindShape(UNDEFINED, [undefined]);

/** The members of strings: their length, and their characters by number. */
export function memberOfScalar(kinds: Kinds, name: string): Shape | undefined {
  if ((kinds & STRING) === 0) return undefined;
  if (name === "length") return A_NUMBER;
  return isIndex(name) ? A_STRING : undefined;
}

export function isIndex(name: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(name);
}

/** What is put together of several shapes. */
abstract class CombinedShape extends Shape {
  protected readonly shapes: readonly Shape[];

  constructor(shapes: readonly Shape[]) {
    super();
    this.shapes = shapes;
  }

  get memberNames(): readonly string[] {
    return this.shapes.flatMap(({ memberNames }) => memberNames);
  }

  override get isOpen(): boolean {
    return this.shapes.some(({ isOpen }) => isOpen);
  }
}

/** One of several. */
class UnionShape extends CombinedShape {
  readonly kinds: Kinds;
  readonly constants: readonly unknown[] | undefined;

  constructor(shapes: readonly Shape[]) {
    super(shapes);
    this.kinds = shapes.reduce((kinds, shape) => kinds | shape.kinds, 0);
    this.constants = shapes.every(({ constants }) => constants !== undefined)
      ? shapes.flatMap(({ constants }) => constants ?? [])
      : undefined;
  }

  /** What only some have counts as a member: a test of which it is may stand around the place. */
  member(name: string): Shape | undefined {
    const found = this.shapes.flatMap((shape) => {
      const member = (shape.kinds & CONTAINER) === 0 ? undefined : shape.member(name);
      return member === undefined ? [] : [member];
    });
    return found.length === 0 ? undefined : union(found);
  }

  item(): Shape {
    return union(this.shapes.filter(({ kinds }) => (kinds & (LIST | OBJECT)) !== 0).map((shape) => shape.item()));
  }
}

export function union(shapes: readonly Shape[]): Shape {
  const [first, ...others] = shapes;
  if (first === undefined || shapes.includes(UNKNOWN)) return UNKNOWN;
  return others.every((shape) => shape === first) ? first : new UnionShape(shapes);
}

/** All of several at once. */
class IntersectionShape extends CombinedShape {
  readonly kinds: Kinds;
  readonly constants: readonly unknown[] | undefined;

  constructor(shapes: readonly Shape[]) {
    super(shapes);
    this.kinds = shapes.reduce((kinds, shape) => kinds & shape.kinds, EVERY_KIND);
    const lists = shapes.flatMap(({ constants }) => (constants === undefined ? [] : [constants]));
    this.constants = lists[0]?.filter((value) => lists.every((list) => list.includes(value)));
  }

  member(name: string): Shape | undefined {
    const members = this.shapes.map((shape) => shape.member(name));
    const told = members.filter((member) => member !== undefined && member !== UNKNOWN) as Shape[];
    if (told.length > 0) return intersection(told);
    return this.isOpen || !members.includes(undefined) ? UNKNOWN : undefined;
  }

  item(): Shape {
    return intersection(this.shapes.map((shape) => shape.item()).filter((item) => item !== UNKNOWN));
  }
}

export function intersection(shapes: readonly Shape[]): Shape {
  const [first, ...others] = shapes;
  if (first === undefined) return UNKNOWN;
  return others.every((shape) => shape === first) ? first : new IntersectionShape(shapes);
}

/** A shape of which some kinds are ruled out. */
class NarrowShape extends Shape {
  readonly kinds: Kinds;
  readonly #shape: Shape;

  constructor(shape: Shape, kinds: Kinds) {
    super();
    this.#shape = shape;
    this.kinds = kinds;
  }

  get constants(): readonly unknown[] | undefined {
    return this.#shape.constants;
  }

  get memberNames(): readonly string[] {
    return this.#shape.memberNames;
  }

  member(name: string): Shape | undefined {
    return (this.kinds & CONTAINER) === 0 ? undefined : this.#shape.member(name);
  }

  item(): Shape {
    return this.#shape.item();
  }
}

/** What has its own members and, where those are no such, the context's around it: a section's body, perhaps for `true`. */
export class SectionShape extends Shape {
  readonly kinds: Kinds;
  readonly constants = undefined;
  readonly #shape: Shape;
  readonly #around: Shape;

  constructor(shape: Shape, around: Shape) {
    super();
    this.#shape = shape;
    this.#around = around;
    this.kinds = shape.kinds | around.kinds;
  }

  get memberNames(): readonly string[] {
    return [...this.#shape.memberNames, ...this.#around.memberNames];
  }

  member(name: string): Shape | undefined {
    return this.#shape.member(name) ?? this.#around.member(name);
  }

  item(): Shape {
    return union([this.#shape.item(), this.#around.item()]);
  }
}

/** An object with members laid over its own. */
export class OverlaidShape extends Shape {
  readonly kinds: Kinds = OBJECT;
  readonly constants = undefined;
  readonly #shape: Shape;
  readonly #members: ReadonlyMap<string, Shape>;

  constructor(shape: Shape, members: ReadonlyMap<string, Shape>) {
    super();
    this.#shape = shape;
    this.#members = members;
  }

  get memberNames(): readonly string[] {
    return [...this.#members.keys(), ...this.#shape.memberNames];
  }

  member(name: string): Shape | undefined {
    return this.#members.get(name) ?? this.#shape.member(name);
  }

  item(): Shape {
    return union([...this.#members.values(), this.#shape.item()]);
  }
}
