// git's list of the tags in a process that asks for it again and again: as long as the files with the refs are the same, byte by byte,
// git would list the same.

import type { RepositoryFacts } from "./preflight.js";
import type { TagList } from "./reader.js";
import { readRefFiles } from "./ref-files.js";

interface TagFiles {
  readonly packed: Buffer;
  /** Tags in files of their own, with their texts. */
  readonly loose: string;
}

export class KnownTags {
  #known: { readonly files: TagFiles; readonly list: TagList } | undefined;

  /** @param ask Asks git. */
  async list(facts: RepositoryFacts, ask: () => Promise<TagList>): Promise<TagList> {
    // Before git reads them: a change in between is then found the next time.
    const files = readTagFiles(facts);
    const known = this.#known;
    if (files !== undefined && known?.files.loose === files.loose && known.files.packed.equals(files.packed))
      return known.list;
    const list = await ask();
    this.#known = files && { files, list };
    return list;
  }
}

/** `undefined` if the list depends on more than these files, as it does if a tag leads to another ref. */
function readTagFiles(facts: RepositoryFacts): TagFiles | undefined {
  try {
    const files = readRefFiles(facts, "refs/tags");
    if (files === undefined || files.loose.some(({ text }) => text.startsWith("ref:"))) return undefined;
    return { packed: files.packed, loose: files.loose.map(({ name, text }) => `${name} ${text}`).join("\n") };
  } catch {
    return undefined;
  }
}
