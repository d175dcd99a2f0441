// Prompts, versions, aliases and lock as they live in git. The only package that knows git.

export { ALIASES_FILE } from "./aliases/parse-aliases.js";
export { digestOf } from "./digest.js";
export type { GitChoice } from "./git/open.js";
export { LOCK_FILE } from "./lock/lock-file.js";
export { writeLock } from "./lock/write-lock.js";
export { nearestVersion } from "./nearest-version.js";
export { type ParsedRef, parseRef } from "./parse-ref.js";
export type { Applied, Planned } from "./planned.js";
export { type LockResult, type ReadOptions, type ReadResult, readSnapshot } from "./read-snapshot.js";
