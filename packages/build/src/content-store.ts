// Every content is compiled once, whichever versions and builds share it.

import { allowedCharacters, expandMetadataKeys, type PromptContent } from "@cuecard/model";
import { type CompileContext, type CompiledResult, compileContent } from "./compile-content.js";
import type { HelperSignature } from "./language/helper-signature.js";
import { FrontMatterReader } from "./parse/parse-front-matter.js";
import { PartialReader } from "./parse/parse-partial.js";
import { SchemaFileReader } from "./parse/read-schema-file.js";
import { ValidatorCompiler } from "./schema/compile-validator.js";

/**
 * Keeps compiled contents between builds, as opaque text. Only the same version of the compiler can read them, and only with
 * helpers that have the same signatures and the same `metadataKeys` and `allowCharacters`.
 */
export interface CompileCache {
  get(digest: string): string | undefined;
  set(digest: string, compiled: string): void;
}

/** What a content compiles to besides its own text. */
export interface ContentOptions {
  readonly helpers: readonly HelperSignature[];
  /** The setting of this name. */
  readonly metadataKeys: readonly string[];
  /** The setting of this name. */
  readonly allowCharacters: readonly string[];
}

/** A prompt may have thousands of versions. */
const MOST_RESULTS = 256;

/** Compiles each content once, whichever versions of a prompt share it, or takes it from the cache. */
export class ContentStore {
  readonly #promptsDir: string;
  readonly #cache: CompileCache | undefined;
  /** Some of one prompt: those of all would fill the memory, and a digest is of one prompt's content. */
  readonly #results = new Map<string, CompiledResult>();
  #name = "";
  readonly #context: CompileContext;

  constructor(promptsDir: string, cache: CompileCache | undefined, options: ContentOptions) {
    const { helpers, metadataKeys, allowCharacters } = options;
    this.#promptsDir = promptsDir;
    this.#cache = cache;
    this.#context = {
      frontMatter: new FrontMatterReader(expandMetadataKeys(metadataKeys)),
      partials: new PartialReader(),
      schemaFiles: new SchemaFileReader(),
      validators: new ValidatorCompiler(),
      helpers: new Map(helpers.map((signature) => [signature.name, signature])),
      allowed: allowedCharacters(allowCharacters),
    };
  }

  compile(name: string, digest: string, content: PromptContent | undefined): CompiledResult {
    if (name !== this.#name || this.#results.size >= MOST_RESULTS) this.#results.clear();
    this.#name = name;
    let result = this.#results.get(digest) ?? this.#recall(digest);
    if (result === undefined) {
      if (content === undefined)
        throw new Error(`the content of ${digest} (${name}) was not read and is not in the cache`);
      result = compileContent(name, this.#promptsDir, content, this.#context);
      this.#cache?.set(digest, JSON.stringify({ ...result, promptsDir: this.#promptsDir }));
    }
    this.#results.set(digest, result);
    return result;
  }

  #recall(digest: string): CompiledResult | undefined {
    const text = this.#cache?.get(digest);
    if (text === undefined) return undefined;
    const { promptsDir, ...result } = JSON.parse(text) as CompiledResult & { promptsDir: string };
    // Diagnostics name files by the prompts folder of that time; another folder's name replaces it.
    const moved = (file: string) => this.#promptsDir + file.slice(promptsDir.length);
    const diagnostics = result.diagnostics.map((diagnostic) => ({
      ...diagnostic,
      file: moved(diagnostic.file),
      ...(diagnostic.fix && { fix: diagnostic.fix.map((edit) => ({ ...edit, file: moved(edit.file) })) }),
    }));
    return { ...result, diagnostics };
  }
}
