// git's list of the tags in a process that asks for it again and again: as long as the files with the refs are the same, byte by byte,
// git would list the same.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readIfPresent } from "../disk/read-if-present.js";
import type { RepositoryFacts } from "./preflight.js";
import type { TagList } from "./reader.js";

/** More files than these take longer to read than git takes to list the tags. */
const MAX_LOOSE = 1000;

interface RefFiles {
  readonly packed: Buffer;
  /** Refs in files of their own, with their texts. */
  readonly loose: string;
}

export class KnownTags {
  #known: { readonly files: RefFiles; readonly list: TagList } | undefined;

  /** @param ask Asks git. */
  async list(facts: RepositoryFacts, ask: () => Promise<TagList>): Promise<TagList> {
    // Before git reads them: a change in between is then found the next time.
    const files = readRefFiles(facts);
    const known = this.#known;
    if (files !== undefined && known?.files.loose === files.loose && known.files.packed.equals(files.packed))
      return known.list;
    const list = await ask();
    this.#known = files && { files, list };
    return list;
  }
}

/** `undefined` if the list depends on more than these files. */
function readRefFiles({ commonDir, refStorage }: RepositoryFacts): RefFiles | undefined {
  if (refStorage !== "files") return undefined;
  try {
    const refs: string[] = [];
    // Loose refs first, as git does: they are deleted once they are in packed-refs.
    if (!addLooseRefs(join(commonDir, "refs/tags"), "", refs)) return undefined;
    return { loose: refs.join("\n"), packed: readIfPresent(join(commonDir, "packed-refs")) ?? Buffer.alloc(0) };
  } catch {
    return undefined;
  }
}

/** @returns Whether they are few, and none leads to another ref. */
function addLooseRefs(folder: string, prefix: string, refs: string[]): boolean {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const name = `${prefix}${entry.name}`;
    if (entry.isDirectory()) {
      if (!addLooseRefs(join(folder, entry.name), `${name}/`, refs)) return false;
      continue;
    }
    const text = readIfPresent(join(folder, entry.name))?.toString("latin1") ?? "";
    if (!entry.isFile() || text.startsWith("ref:") || refs.push(`${name} ${text}`) > MAX_LOOSE) return false;
  }
  return true;
}
