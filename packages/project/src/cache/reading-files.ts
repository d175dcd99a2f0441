// The last reading in a project's cache: what it found of each prompt, and the texts that it was made from. The large ones of these, the
// list of the tags and prompts.lock, have files of their own, which are read and written only when they have changed.

import {
  type CommonPart,
  type EarlierReading,
  type InputText,
  KeptReading,
  type PrintedInputs,
  type PromptPart,
  parseInputs,
  printInputs,
  type ReadingInputs,
} from "@cuecard/registry";
import type { CacheFolder } from "./cache-folder.js";
import { EntriesFile } from "./entries-file.js";
import { SealedText } from "./sealed-text.js";

interface ReadingHead {
  readonly state: string;
  readonly history: readonly EarlierReading[];
  readonly common: CommonPart;
}

/** A text that has a file of its own. */
type Large = "tags" | "lock";

export class ReadingFiles {
  readonly #parts: EntriesFile<ReadingHead, PromptPart>;
  readonly #others: SealedText;
  readonly #large: Readonly<Record<Large, SealedText>>;
  /** Hashes of the texts that are in the files, with the seals of these. */
  readonly #known: { [Name in Large]?: { readonly hash: string; readonly seal: string } | undefined } = {};

  /** @param identity What else has to be the same, such as the compiler. */
  constructor(folder: CacheFolder, identity: string) {
    this.#parts = new EntriesFile(folder, "reading", `reading ${identity}`);
    this.#others = new SealedText(folder, "inputs.txt", `inputs ${identity}`);
    this.#large = {
      tags: new SealedText(folder, "tags.txt", `tags ${identity}`),
      lock: new SealedText(folder, "lock.txt", `lock ${identity}`),
    };
  }

  /** `undefined` if this clone has kept no reading. */
  read(): KeptReading | undefined {
    const stored = this.#parts.read();
    if (stored === undefined) return undefined;
    const { state, history, common } = stored.head;
    let inputs: { readonly found: ReadingInputs | undefined } | undefined;
    return new KeptReading({
      ...{ state, history },
      parts: () => ({ common, prompts: stored.entries }),
      inputs: () => {
        inputs ??= { found: this.#readInputs(state) };
        return inputs.found;
      },
    });
  }

  async write(reading: KeptReading): Promise<void> {
    const { state, history, inputs } = reading;
    const { common, prompts } = reading.parts;
    await this.#parts.write({ head: { state, history, common }, entries: prompts });
    if (inputs !== undefined) await this.#writeInputs(printInputs(inputs), state);
  }

  /** Each of the files may be of another command. */
  #readInputs(state: string): ReadingInputs | undefined {
    const text = this.#others.read();
    const end = text?.indexOf("\n") ?? -1;
    if (text === undefined || end === -1) return undefined;
    const [of, tags = "", lock = ""] = text.slice(0, end).split(" ");
    if (of !== state) return undefined;
    const texts = { tags: () => this.#readLarge("tags", tags), lock: () => this.#readLarge("lock", lock) };
    const inputs = parseInputs(text.slice(end + 1), texts, state);
    this.#known.tags = { hash: inputs.tags.hash, seal: tags };
    this.#known.lock = { hash: inputs.lock.hash, seal: lock };
    return inputs;
  }

  #readLarge(name: Large, seal: string): string | undefined {
    const found = this.#large[name].readSealed();
    if (found?.seal === seal) return found.text;
    this.#known[name] = undefined;
    return undefined;
  }

  async #writeInputs({ tags, lock, others }: PrintedInputs, state: string): Promise<void> {
    const seals = [await this.#writeLarge("tags", tags), await this.#writeLarge("lock", lock)];
    if (!seals.includes(undefined)) await this.#others.write(`${state} ${seals.join(" ")}\n${others}`);
  }

  async #writeLarge(name: Large, input: InputText): Promise<string | undefined> {
    const known = this.#known[name];
    const { hash } = input;
    if (known?.hash === hash) return known.seal;
    const { text } = input;
    const seal = text === undefined ? undefined : await this.#large[name].write(text);
    this.#known[name] = seal === undefined ? undefined : { hash, seal };
    return seal;
  }
}
