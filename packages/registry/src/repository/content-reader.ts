// Reads the content of a prompt from a commit: the prompt's file, and the partials and named schemas that it uses.

import {
  type Diagnostic,
  diagnose,
  type Place,
  PROMPT_EXTENSION,
  type PromptContent,
  SCHEMAS_FOLDER,
  type SchemaFile,
  type SourceFile,
  type Subject,
  schemaCandidates,
  schemaName,
  trimMessages,
} from "@cuecard/model";
import { type Decoded, decodeText } from "../disk/text.js";
import { notAFile, treeOfCommit } from "../git/objects.js";
import type { GitReader } from "../git/reader.js";
import { ObjectMissing, TreeReader } from "../git/tree-reader.js";
import { reachPartials, reachSchemas } from "./closure.js";
import { trimsMessages } from "./settings-of-commit.js";

export type ContentResult =
  | { readonly kind: "content"; readonly content: PromptContent }
  /** The commit itself is not in this clone. */
  | { readonly kind: "commit-missing" }
  /** A tree or file of the commit is not in this clone. */
  | { readonly kind: "object-missing" }
  /** The commit has no such prompt. */
  | { readonly kind: "prompt-missing" }
  | { readonly kind: "not-a-commit" }
  | { readonly kind: "invalid"; readonly diagnostics: readonly Diagnostic[] };

export interface ContentRequest {
  readonly name: string;
  /** The version that the content belongs to; `undefined` for any other commit. */
  readonly version?: number | undefined;
  readonly commit: string;
  /** The commit object, if it has been read already. */
  readonly commitData?: Buffer | undefined;
}

type Blob = { readonly decoded: Decoded; readonly references: readonly string[] };

interface ListedSchema {
  readonly name: string;
  /** Within the prompts folder. */
  readonly path: string;
  readonly oid: string;
}

interface ReadFile extends SourceFile {
  readonly oid: string;
  readonly references: readonly string[];
  readonly decoded: Decoded;
}

/** Names of the partials that a text of the working tree or of a version uses. */
export type PartialReferences = (
  text: string,
  of: "working" | "version",
) => readonly string[] | Promise<readonly string[]>;

/** Names of the schemas that a prompt, or a schema, of the working tree or of a version uses. */
export type SchemaReferences = (
  file: SourceFile,
  of: "working" | "version",
) => readonly string[] | Promise<readonly string[]>;

/** The size of the cache in bytes: versions share their partials. */
const CACHE_BYTES = 4_000_000;

export class ContentReader {
  readonly #reader: GitReader;
  readonly #promptsDir: string;
  readonly #partialReferences: PartialReferences;
  readonly #schemaReferences: SchemaReferences;
  readonly #blobs = new Map<string, Promise<Blob>>();
  /** What schema files use, by their ids and paths. */
  readonly #schemas = new Map<string, readonly string[]>();
  /** By the tree of the folder of schemas. */
  readonly #schemaLists = new Map<string, Promise<readonly ListedSchema[]>>();
  readonly #trees: TreeReader;
  /** Whether the settings of commits trim messages. */
  readonly #trims = new Map<string, Promise<boolean>>();
  #blobBytes = 0;

  constructor(
    reader: GitReader,
    options: {
      readonly promptsDir: string;
      readonly partialReferences: PartialReferences;
      readonly schemaReferences: SchemaReferences;
    },
  ) {
    this.#reader = reader;
    this.#trees = new TreeReader(reader);
    this.#promptsDir = options.promptsDir;
    this.#partialReferences = options.partialReferences;
    this.#schemaReferences = options.schemaReferences;
  }

  /**
   * Reads the content of a prompt at a commit, as it is without any settings. A user's mistake is a result, never an
   * exception.
   */
  async read(request: ContentRequest): Promise<ContentResult> {
    try {
      return await this.#read(request);
    } catch (error) {
      if (error instanceof ObjectMissing) return { kind: "object-missing" };
      throw error;
    }
  }

  /** Reads a content under the settings of its commit: what a release of the commit contains. */
  async readUnderSettings(request: ContentRequest): Promise<ContentResult> {
    const result = await this.read(request);
    if (result.kind !== "content") return result;
    return { kind: "content", content: await this.underSettings(result.content, request.commit) };
  }

  /** A content of a commit under the settings of this commit. */
  async underSettings(content: PromptContent, commit: string): Promise<PromptContent> {
    const trimmed = trimMessages(content);
    if (trimmed.trimMessages === undefined) return content;
    const known = this.#trims.get(commit) ?? this.#readTrims(commit);
    this.#trims.set(commit, known);
    return (await known) ? trimmed : content;
  }

  /** Whether the settings in a commit trim messages. Settings that cannot be read do not. */
  async #readTrims(commit: string): Promise<boolean> {
    const object = await this.#reader.readObject(commit);
    const root = object === undefined ? undefined : treeOfCommit(object.data);
    const readText = async (file: string): Promise<string | undefined> => {
      const entry = root === undefined ? undefined : await this.#trees.find(root, `${this.#reader.prefix}${file}`);
      const blob = entry === undefined ? undefined : await this.#reader.readObject(entry.oid);
      return blob?.data.toString("utf8");
    };
    return trimsMessages(readText);
  }

  async #read({ name, version, commit, commitData }: ContentRequest): Promise<ContentResult> {
    let data = commitData;
    if (data === undefined) {
      const object = await this.#reader.readObject(commit);
      if (object === undefined) return { kind: "commit-missing" };
      if (object.type !== "commit") return { kind: "not-a-commit" };
      data = object.data;
    }
    const root = treeOfCommit(data);
    if (root === undefined) return { kind: "not-a-commit" };
    const folder = await this.#trees.findFolder(root, `${this.#reader.prefix}${this.#promptsDir}`);
    const diagnostics: Diagnostic[] = [];
    const subject: Subject = { name, ...(version === undefined ? {} : { version }) };
    const find = async (path: string): Promise<ReadFile | undefined> => {
      const entry = folder === undefined ? undefined : await this.#trees.find(folder, path);
      if (entry === undefined) return undefined;
      const file = `${this.#promptsDir}/${path}`;
      const place: Place = { file, revision: version === undefined ? { commit } : { version } };
      const what = notAFile(entry.mode);
      if (what !== undefined) {
        diagnostics.push(diagnose("prompt/not-a-file", { what }, place, subject));
        return undefined;
      }
      const { decoded, references } = await this.#readBlob(entry.oid);
      if (decoded.text === undefined) diagnostics.push(decoded.report(place, subject));
      return { path: file, text: decoded.text ?? "", references, decoded, oid: entry.oid };
    };
    if (folder !== undefined) await this.#fetchShared(folder, name);
    const prompt = await find(`${name}${PROMPT_EXTENSION}`);
    if (prompt === undefined)
      return diagnostics.length === 0 ? { kind: "prompt-missing" } : { kind: "invalid", diagnostics };
    const partials = await reachPartials(name, prompt.references, find);
    const schemas = folder === undefined ? [] : await this.#reachSchemas(prompt, folder, find);
    if (diagnostics.length > 0) return { kind: "invalid", diagnostics };
    const files = { prompt: toSource(prompt), partials: partials.map(toSource) };
    return { kind: "content", content: schemas.length === 0 ? files : { ...files, schemas } };
  }

  async #reachSchemas(
    prompt: ReadFile,
    folder: string,
    find: (path: string) => Promise<ReadFile | undefined>,
  ): Promise<SchemaFile[]> {
    // Most prompts name no file of the folder, and need not be parsed to know.
    const names = await this.#listSchemas(folder);
    if (!names.some(({ name }) => prompt.text.includes(name))) return [];
    const findSchema = async (name: string) => {
      const [path] = schemaCandidates(name).filter((candidate) => names.some((one) => one.path === candidate));
      const file = path === undefined ? undefined : await find(path);
      if (file === undefined) return undefined;
      const key = `${file.oid} ${file.path}`;
      const references = this.#schemas.get(key) ?? (await this.#schemaReferences(file, "version"));
      this.#schemas.set(key, references);
      return { ...toSource(file), name, references };
    };
    const reached = await reachSchemas(await this.#schemaReferences(prompt, "version"), findSchema);
    return reached.map(({ references, ...file }) => file);
  }

  /** All files that can be named schemas, in a tree of the prompts folder. */
  async #listSchemas(folder: string): Promise<readonly ListedSchema[]> {
    const tree = await this.#trees.findFolder(folder, SCHEMAS_FOLDER);
    if (tree === undefined) return [];
    const known = this.#schemaLists.get(tree) ?? this.#listTree(tree);
    this.#schemaLists.set(tree, known);
    // It may be fetched later.
    known.catch(() => this.#schemaLists.delete(tree));
    return known;
  }

  async #listTree(tree: string): Promise<readonly ListedSchema[]> {
    const entries = await this.#trees.list(tree, `${SCHEMAS_FOLDER}/`);
    return entries.flatMap(({ name: path, oid }) => {
      const name = schemaName(path);
      return name === undefined ? [] : [{ name, path, oid }];
    });
  }

  /** What is fetched with a prompt that a partial clone left out: the partials and schemas that it can use. */
  async #fetchShared(folder: string, name: string): Promise<void> {
    const { fetchTogether } = this.#reader;
    const prompt = fetchTogether && (await this.#trees.find(folder, `${name}${PROMPT_EXTENSION}`));
    if (fetchTogether === undefined || prompt === undefined) return;
    const shared = (await this.#listSchemas(folder)).map(({ oid }) => oid);
    let tree: string | undefined = folder;
    for (const segment of name.split("/")) {
      if (tree === undefined) break;
      const entries = await this.#trees.entries(tree);
      const isPartial = (file: string) => file.startsWith("_") && file.endsWith(PROMPT_EXTENSION);
      shared.push(...entries.filter((entry) => !entry.isFolder && isPartial(entry.name)).map(({ oid }) => oid));
      tree = entries.find((entry) => entry.isFolder && entry.name === segment)?.oid;
    }
    await fetchTogether(prompt.oid, shared);
  }

  #readBlob(oid: string): Promise<Blob> {
    const known = this.#blobs.get(oid);
    if (known !== undefined) return known;
    const blob = this.#readNewBlob(oid);
    // It may be fetched later.
    blob.catch(() => this.#blobs.delete(oid));
    if (this.#blobBytes > CACHE_BYTES) {
      this.#blobs.clear();
      this.#blobBytes = 0;
    }
    this.#blobs.set(oid, blob);
    return blob;
  }

  async #readNewBlob(oid: string): Promise<Blob> {
    const object = await this.#reader.readObject(oid);
    if (object === undefined) throw new ObjectMissing();
    this.#blobBytes += object.size;
    const decoded = decodeText(object.data, object.size);
    const references = decoded.text === undefined ? [] : await this.#partialReferences(decoded.text, "version");
    return { decoded, references };
  }
}

function toSource({ path, text }: SourceFile): SourceFile {
  return { path, text };
}
