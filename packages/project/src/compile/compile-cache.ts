// The compiled contents of earlier commands, for one compilation.

import type { CompileOptions } from "@cuecard/build";
import type { Snapshot, VersionSnapshot } from "@cuecard/model";
import type { CompiledForms } from "../cache/build-cache.js";

/** A compiled content in the cache could not be read, and its source text was not loaded. */
class DamagedCache extends Error {}

/** @param compiled Whether a version is compiled: the contents of the others are not needed. */
export function compileCache(
  forms: CompiledForms,
  { versions }: Snapshot,
  compiled: (version: VersionSnapshot) => boolean,
): NonNullable<CompileOptions["cache"]> {
  const absent = new Set<string>();
  for (const version of versions) if (version.content === undefined && compiled(version)) absent.add(version.digest);
  return {
    get(digest) {
      const compiled = forms.get(digest);
      if (compiled === undefined && absent.has(digest)) throw new DamagedCache(digest);
      return compiled;
    },
    set: (digest, compiled) => forms.set(digest, compiled),
  };
}

/** Does something again for as long as it meets damaged entries, which are then dropped: their texts are read the next time. */
export async function retryDamaged<T>(work: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DamagedCache)) throw error;
    }
}
