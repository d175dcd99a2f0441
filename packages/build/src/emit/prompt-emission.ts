// The declarations of one prompt's module, as they are emitted.

import type { CompiledVersion } from "../model.js";
import { moduleConstant } from "./version-names.js";

/** Allows bundlers to drop a call whose result is unused. */
export const PURE = "/* @__PURE__ */";

/** The declarations of one prompt, and what they use. */
export class PromptEmission {
  /** What is used of @cuecard/runtime. */
  readonly imports: Set<string> = new Set();
  /** The project's helpers that are called. */
  readonly helpers: Set<string> = new Set();
  statements = "";
  readonly #shared = new Map<string, string>();
  /** How many versions have a schema. */
  readonly #schemas = new Map<string, number>();

  /** @param versions Those that are emitted as code. */
  constructor(versions: readonly CompiledVersion[]) {
    for (const { content } of versions)
      for (const schema of [content.inputSchema, content.outputSchema]) {
        const key = JSON.stringify(schema);
        this.#schemas.set(key, (this.#schemas.get(key) ?? 0) + 1);
      }
  }

  /** Imports a name of @cuecard/runtime. */
  use(name: string): string {
    this.imports.add(name);
    return name;
  }

  /** Whether several versions have the schema, so that it should be a constant. */
  isShared(schema: object): boolean {
    return (this.#schemas.get(JSON.stringify(schema)) ?? 0) > 1;
  }

  /** @param comment The line before the declaration. */
  declare(name: string, code: string, comment = ""): void {
    this.statements += `${this.statements === "" ? "" : "\n"}${comment}const ${name} = ${code};\n`;
  }

  /** Declares a constant that versions share if its code is equal, and returns its name: `inputSchema` → `inputSchemaV1`. */
  share(kind: string, version: CompiledVersion, code: string): string {
    const key = `${kind.replace(/\d+$/, "")} ${code}`;
    let name = this.#shared.get(key);
    if (name === undefined) {
      name = moduleConstant(kind, version.version);
      this.#shared.set(key, name);
      this.declare(name, code);
    }
    return name;
  }
}
