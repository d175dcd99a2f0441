// What refs lead where, as a text to compare: as long as it is the same, so are versions, `HEAD` and branches.

import { createHash } from "node:crypto";
import { join } from "node:path";
import { errorCode } from "../disk/error-code.js";
import { readIfPresent } from "../disk/read-if-present.js";
import { inspectRepository } from "./preflight.js";
import { RepositoryUnreadable } from "./reader.js";
import { readRefFiles } from "./ref-files.js";

/**
 * @param dir A folder of the repository.
 * @returns `undefined` if that depends on more than a few files. Without a repository, an empty text.
 */
export function describeRefs(dir: string): string | undefined {
  try {
    const facts = inspectRepository(dir);
    if (facts === undefined) return "";
    const files = readRefFiles(facts, "refs");
    if (files === undefined) return undefined;
    const refs = files.loose.map(({ name, text }) => `${name} ${text}`).sort();
    const hash = createHash("sha256").update(readIfPresent(join(facts.gitDir, "HEAD")) ?? "");
    return hash.update(files.packed).update(refs.join("\n")).digest("hex");
  } catch (error) {
    if (error instanceof RepositoryUnreadable || errorCode(error) !== undefined) return undefined;
    throw error;
  }
}
