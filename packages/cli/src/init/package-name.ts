// The name of the generated package.

import type { Facts } from "./facts.js";

/** The name in the generated package's package.json; `undefined` if there is none yet. */
export function existingPackageName({ texts, config }: Facts): string | undefined {
  return /"name"\s*:\s*"([^"]+)"/.exec(texts.get(`${config.out}/package.json`) ?? "")?.[1];
}

/** `@acme/prompts` in the repository of `@acme/shop`; `@shop/prompts` in that of `shop`. */
export function defaultPackageName(manifest: string | undefined, folder: string): string {
  let name: unknown;
  try {
    name = (JSON.parse(manifest ?? "{}") as { name?: unknown }).name;
  } catch {
    name = undefined;
  }
  const scope = typeof name === "string" ? /^@([^/]+)\//.exec(name)?.[1] : undefined;
  const base = scope ?? (typeof name === "string" && name !== "" ? name : folder);
  const clean = base
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+|[._-]+$/g, "");
  return clean === "" || clean === "prompts" ? "prompts" : `@${clean}/prompts`;
}

/** Why a text is not a valid package name; `undefined` if it is one. */
export function packageNameProblem(name: string): string | undefined {
  return name.length <= 214 && /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/.test(name)
    ? undefined
    : "Use a lowercase package name, such as @acme/prompts";
}
