// The helpers of the language: Handlebars' own, dotprompt's, and `raw` as Handlebars' guide defines it.

import type { Role } from "@cuecard/runtime";

export const BLOCK_HELPERS = ["if", "unless", "each", "with", "ifEquals", "unlessEquals"] as const;
export const INLINE_HELPERS = ["lookup", "json", "log", "role", "history", "media", "section"] as const;

/**
 * The helper that inserts a value between delimiters. It is younger than released versions: a variable, or a helper of the project, may have
 * its name and takes precedence.
 */
export const UNTRUSTED = "untrusted";

export type BlockHelper = (typeof BLOCK_HELPERS)[number];
export type InlineHelper = (typeof INLINE_HELPERS)[number];

/** Helpers that Handlebars calls by itself; a template has no use for them. */
const HOOKS = ["helperMissing", "blockHelperMissing"];

/** Names that no helper of a project can have. */
export const RESERVED_HELPERS: readonly string[] = [...BLOCK_HELPERS, ...INLINE_HELPERS, ...HOOKS, "raw"];

/** The roles that a message can have. */
export const ROLES: readonly Role[] = ["system", "user", "assistant", "tool"];

export function isRole(name: unknown): name is Role {
  return ROLES.some((role) => role === name);
}

/** The role that `{{role "name"}}` starts a message of. As in dotprompt, `model` is another name of the assistant. */
export function roleNamed(name: string): Role | undefined {
  if (name === "model") return "assistant";
  return isRole(name) ? name : undefined;
}

export function isBlockHelper(name: string | undefined): name is BlockHelper {
  return (BLOCK_HELPERS as readonly (string | undefined)[]).includes(name);
}

export function isInlineHelper(name: string | undefined): name is InlineHelper {
  return (INLINE_HELPERS as readonly (string | undefined)[]).includes(name);
}

export function isHook(name: string | undefined): boolean {
  return name !== undefined && HOOKS.includes(name);
}
