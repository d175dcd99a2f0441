// What refs lead where, as a text to compare: as long as it is the same, so are versions, `HEAD` and branches.

import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "../disk/error-code.js";
import { readIfPresent } from "../disk/read-if-present.js";
import { inspectRepository } from "./preflight.js";
import { RepositoryUnreadable } from "./reader.js";

/** More files than these take longer to read than git takes to list the refs. */
const MAX_LOOSE = 1000;

/**
 * @param dir A folder of the repository.
 * @returns `undefined` if that depends on more than a few files. Without a repository, an empty text.
 */
export function describeRefs(dir: string): string | undefined {
  try {
    const facts = inspectRepository(dir);
    if (facts === undefined) return "";
    if (facts.refStorage !== "files") return undefined;
    const loose: string[] = [];
    if (!addLoose(join(facts.commonDir, "refs"), "refs", loose)) return undefined;
    const hash = createHash("sha256");
    for (const file of [join(facts.gitDir, "HEAD"), join(facts.commonDir, "packed-refs")])
      hash.update(readIfPresent(file) ?? "");
    return hash.update(loose.sort().join("\n")).digest("hex");
  } catch (error) {
    if (error instanceof RepositoryUnreadable || errorCode(error) !== undefined) return undefined;
    throw error;
  }
}

/** @returns Whether they are few. */
function addLoose(folder: string, prefix: string, refs: string[]): boolean {
  return readdirSync(folder, { withFileTypes: true }).every((entry) => {
    const name = `${prefix}/${entry.name}`;
    const place = join(folder, entry.name);
    if (entry.isDirectory()) return addLoose(place, name, refs);
    return refs.push(`${name} ${readIfPresent(place)?.toString("latin1") ?? ""}`) <= MAX_LOOSE;
  });
}
