// Extension data of the front matter: a key with dots belongs to the namespace before its last dot, as in dotprompt
// (https://google.github.io/dotprompt/reference/frontmatter/). Data under `ext` itself is kept.

import { isObject } from "../schema/json-schema.js";
import type { FrontMatter } from "./front-matter-schema.js";

export function extensionsOf(data: FrontMatter): Readonly<Record<string, unknown>> {
  const namespaces = new Map(Object.entries(data.ext ?? {}));
  for (const [key, value] of Object.entries(data)) {
    const dot = key.lastIndexOf(".");
    if (dot < 0) continue;
    const namespace = key.slice(0, dot);
    const known = namespaces.get(namespace);
    const fields = new Map(isObject(known) ? Object.entries(known) : []);
    namespaces.set(namespace, Object.fromEntries(fields.set(key.slice(dot + 1), value)));
  }
  return Object.fromEntries(namespaces);
}
