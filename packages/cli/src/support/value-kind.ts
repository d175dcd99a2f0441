// The kind of value that an argument or option takes, by the placeholder in its declaration: `<ref>`, `--from <alias>`. The kind
// decides whether the path of a prompt's file is accepted, and what shells complete.

/**
 * - `prompt`: the name of a prompt.
 * - `reference`: a version of a prompt, such as `greet@v1`.
 * - `other`: a reference, or only what follows the `@`: a version or alias of the prompt that the first argument names.
 * - `alias`, `version`: of that prompt.
 * - `replacement`: an alias and what it points at instead, such as `production=working`.
 * - `path`: a file or folder.
 * - `text`: anything else.
 */
export type ValueKind = "prompt" | "reference" | "other" | "alias" | "version" | "replacement" | "path" | "text";

const KINDS: Readonly<Record<string, ValueKind>> = {
  name: "prompt",
  names: "prompt",
  ref: "reference",
  refs: "reference",
  others: "other",
  alias: "alias",
  version: "version",
  "alias=version": "replacement",
  file: "path",
  files: "path",
  dir: "path",
};

/** @param placeholder As declared, without brackets and dots: `ref`. */
export function valueKind(placeholder: string): ValueKind {
  return Object.hasOwn(KINDS, placeholder) ? (KINDS[placeholder] ?? "text") : "text";
}

/** The kind of an option's value, by its flags: `--from <file>`. `undefined` if it takes none. */
export function optionValueKind(flags: string): ValueKind | undefined {
  const placeholder = /[<[]([^>\].]+)/.exec(flags)?.[1];
  return placeholder === undefined ? undefined : valueKind(placeholder);
}
