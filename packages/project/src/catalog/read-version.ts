// One version as the catalog shows it. What costs time is found out when it is asked for: a page shows one version, and names the others.

import type { CompiledVersion, HelperSignature } from "@cuecard/build";
import type { CatalogChange, CatalogExample, CatalogVersion } from "@cuecard/catalog";
import { filesOf, type PromptContent } from "@cuecard/model";
import type { CountTokens } from "../review/count-tokens.js";
import { createRenderer, type RendererOptions } from "./render-examples.js";

export interface VersionReaderOptions extends RendererOptions {
  /** The prompts folder, relative to the project's folder. */
  readonly promptsDir: string;
  readonly helpers: readonly HelperSignature[];
  readonly count: CountTokens;
}

export interface ReadVersion {
  readonly compiled: CompiledVersion;
  /** The version before; `undefined` for the first one. */
  readonly before: CompiledVersion | undefined;
  /** `undefined` if it is gone. */
  readonly content: PromptContent | undefined;
  /** `undefined` for the working file, and if it is not known. */
  readonly released: CatalogVersion["released"];
  readonly isPointedAt: boolean;
}

export class VersionReader implements CatalogVersion {
  readonly compiled: CompiledVersion;
  readonly released?: NonNullable<CatalogVersion["released"]>;
  readonly #version: ReadVersion;
  readonly #options: VersionReaderOptions;
  #examples: readonly CatalogExample[] | undefined;
  #tokens: number | undefined;

  constructor(version: ReadVersion, options: VersionReaderOptions) {
    const { compiled, released } = version;
    this.compiled = compiled;
    this.#version = version;
    this.#options = options;
    if (released !== undefined) this.released = released;
  }

  get files(): CatalogVersion["files"] {
    const { content } = this.#version;
    return content === undefined ? [] : filesOf(content);
  }

  get examples(): readonly CatalogExample[] {
    this.#examples ??= this.#renderExamples();
    return this.#examples;
  }

  get tokens(): number {
    this.#tokens ??= this.#countTokens();
    return this.#tokens;
  }

  get prefix(): string | undefined {
    const { content, isPointedAt, compiled } = this.#version;
    if (content === undefined || !isPointedAt) return undefined;
    const { compiler, promptsDir, helpers } = this.#options;
    return compiler.staticPrefix({ name: compiled.name, content, promptsDir, helpers })?.text ?? "";
  }

  get changes(): readonly CatalogChange[] | undefined {
    const { before, compiled } = this.#version;
    if (before === undefined) return undefined;
    const changes = this.#options.compiler.compareFacts(before.content, compiled.content);
    return changes.map(({ message, breaking }) => ({ message, breaking }));
  }

  #renderExamples(): CatalogExample[] {
    const { examples } = this.compiled.content;
    if (examples.length === 0) return [];
    const { compiler } = this.#options;
    const render = createRenderer(this.#options, this.compiled);
    return examples.map(({ name, input }) => {
      const rendered = render(input);
      if ("refused" in rendered) return { name, input, result: rendered };
      const texts = rendered.messages.map((message) => ({ role: message.role, text: compiler.messageText(message) }));
      return { name, input, result: { messages: texts } };
    });
  }

  #countTokens(): number {
    const { count } = this.#options;
    const { content } = this.compiled;
    for (const { result } of this.examples)
      if ("messages" in result) return result.messages.reduce((sum, { text }) => sum + count(text), 0);
    return [content.template, ...Object.values(content.partials)].reduce((sum, text) => sum + count(text), 0);
  }
}
