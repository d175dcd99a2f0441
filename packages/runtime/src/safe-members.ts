// Reads only what an object owns, even when other code has added members to Object.prototype ("prototype pollution").

/** `Object.getPrototypeOf`, by a name that minifiers shorten. */
export const getPrototypeOf: (object: object) => { readonly toString?: unknown } | null = Object.getPrototypeOf;

/** `Array.isArray`, likewise. */
export const isArray: (value: unknown) => value is unknown[] = Array.isArray;

/** What plain objects inherit from. */
export const objectPrototype: object = Object.prototype;

/**
 * Whether Object.prototype has a member that the template being rendered reads. Rendering is synchronous, so one flag is
 * enough, and emitted code does not have to pass it through every loop.
 */
let isPolluted: boolean | undefined;

/** Whether a value is an object that was written as a literal or parsed: an instance of no class. */
export const isPlain = (value: unknown): value is Record<string, unknown> =>
  value !== null && value !== undefined && getPrototypeOf(value) === objectPrototype;

/**
 * An object whose members can be read directly (`value.name`): the value itself if it is a plain object, otherwise a copy
 * of its own properties without a prototype. Checking each read with {@link ownProperty} takes several times as long.
 */
export const safeMembers = (value: unknown): Record<string, unknown> =>
  !isPolluted && isPlain(value) ? value : Object.create(null, Object.getOwnPropertyDescriptors(value ?? {}));

/**
 * Renders an input of which only own members are read.
 *
 * @param template Whether Object.prototype has one of the names that the template reads.
 */
export function renderInput<Options, Result>(
  template: { readonly isPolluted: (prototype: object) => boolean },
  render: Render<Options, Result>,
  input: unknown,
  options: Options,
): Result {
  if (isPolluted || !template.isPolluted(objectPrototype)) return render(safeMembers(input), options, input);
  isPolluted = true;
  try {
    return renderInput(template, render, input, options);
  } finally {
    isPolluted = false;
  }
}

/**
 * @param input The input's own members.
 * @param original The input as the caller passed it.
 */
export type Render<Options, Result> = (input: Record<string, unknown>, options: Options, original: unknown) => Result;

/** An own property. As in Handlebars, a member of null is null, and a member of undefined is undefined. */
export const ownProperty = (object: unknown, name: string): unknown =>
  object === null || object === undefined
    ? object
    : Object.hasOwn(object, name)
      ? (object as Record<string, unknown>)[name]
      : undefined;
