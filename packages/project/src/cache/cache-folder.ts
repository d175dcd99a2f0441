// The cache folder of a project, and the key with which the clone seals what it writes there. One command uses one key: if each part
// of a new clone's cache made its own, only the first to be saved would count.

import { locateCache } from "./locate-cache.js";
import { CacheKey } from "./seal.js";

export interface CacheFolder {
  readonly path: string;
  readonly key: CacheKey;
}

/** `undefined` if the project can have no cache, or is in no repository. */
export function openCacheFolder(projectDir: string): CacheFolder | undefined {
  const path = locateCache(projectDir);
  const key = CacheKey.of(projectDir);
  return path === undefined || key === undefined ? undefined : { path, key };
}
