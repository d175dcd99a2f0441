// The named schemas of the working tree. Only those that prompts use are read: the folder may hold anything else.

import {
  compareText,
  type Diagnostic,
  diagnose,
  type SchemaFile,
  type SourceFile,
  schemaCandidates,
  schemaName,
} from "@cuecard/model";
import type { Decoded } from "../disk/text.js";
import { reachSchemas } from "../repository/closure.js";
import type { SchemaReferences } from "../repository/content-reader.js";

export interface WorkingSchemasOptions {
  readonly promptsDir: string;
  readonly schemaReferences: SchemaReferences;
  /** Reads a file within the prompts folder. */
  readonly readFile: (path: string) => Decoded;
  /** Takes what is wrong with files that are used. */
  readonly diagnostics: Diagnostic[];
}

interface FoundSchema extends SchemaFile {
  readonly references: readonly string[];
}

export class WorkingSchemas {
  /** The names of all files that can be schemas, sorted. */
  readonly names: readonly string[];
  readonly #paths: ReadonlySet<string>;
  readonly #options: WorkingSchemasOptions;
  readonly #found = new Map<string, Promise<FoundSchema | undefined>>();
  readonly #used = new Map<string, SchemaFile>();

  /** @param paths Within the prompts folder; of any files. */
  constructor(paths: readonly string[], options: WorkingSchemasOptions) {
    this.#paths = new Set(paths.filter((path) => schemaName(path) !== undefined));
    this.names = [...new Set([...this.#paths].map((path) => schemaName(path) ?? ""))].sort(compareText);
    this.#options = options;
  }

  /** Those that were used so far, sorted by path. */
  get used(): readonly SchemaFile[] {
    return [...this.#used.values()].sort((a, b) => compareText(a.path, b.path));
  }

  /** The schemas that a prompt uses, directly or through others, sorted by path. */
  async reachedBy(prompt: SourceFile): Promise<SchemaFile[]> {
    // Most prompts name no file of the folder, and need not be parsed to know.
    if (!this.names.some((name) => prompt.text.includes(name))) return [];
    const references = await this.#options.schemaReferences(prompt, "working");
    const reached = await reachSchemas(references, (name) => this.#find(name));
    return reached.map(({ references: _, ...file }) => {
      this.#used.set(file.path, file);
      return file;
    });
  }

  #find(name: string): Promise<FoundSchema | undefined> {
    const found = this.#found.get(name) ?? this.#read(name);
    this.#found.set(name, found);
    return found;
  }

  async #read(name: string): Promise<FoundSchema | undefined> {
    const { promptsDir, schemaReferences, readFile, diagnostics } = this.#options;
    const [path, ...others] = schemaCandidates(name).filter((candidate) => this.#paths.has(candidate));
    if (path === undefined) return undefined;
    for (const other of others) {
      const args = { name, read: `${promptsDir}/${path}` };
      diagnostics.push(diagnose("schema/same-name", args, { file: `${promptsDir}/${other}` }));
    }
    const file = `${promptsDir}/${path}`;
    const decoded = readFile(path);
    if (decoded.text === undefined) {
      diagnostics.push(decoded.report({ file }));
      return undefined;
    }
    const source = { path: file, text: decoded.text };
    return { ...source, name, references: await schemaReferences(source, "working") };
  }
}
