// Finds where the commit of a tag holds a prompt. Projects of one repository share its tags: a tag that has the form of a
// version, but whose commit does not hold this project's prompt, usually belongs to another project.

import { PROMPT_EXTENSION } from "@cuecard/model";
import { treeOfCommit } from "../git/objects.js";
import { ObjectMissing, TreeReader } from "../git/tree-reader.js";
import type { OpenRepository } from "./repository.js";

export type PromptPlace =
  /** In this project's prompts folder. */
  | { readonly kind: "here" }
  /** In a folder that `HEAD` no longer has: probably this project's, before it was moved. */
  | { readonly kind: "moved"; readonly folder: string }
  /** In the prompts folder of another project, relative to the top of the repository. */
  | { readonly kind: "elsewhere"; readonly folder: string }
  | { readonly kind: "nowhere" }
  /** This clone lacks objects that would show it. */
  | { readonly kind: "unknown" };

/** Answers for one view of a repository; folders that were found once are tried first. */
export class PromptPlaces {
  readonly #repository: Pick<OpenRepository, "reader" | "promptsDir" | "resolveCommit">;
  readonly #trees: TreeReader;
  readonly #folders = new Set<string>();
  readonly #found = new Map<string, Promise<readonly string[]>>();

  constructor(repository: Pick<OpenRepository, "reader" | "promptsDir" | "resolveCommit">) {
    this.#repository = repository;
    this.#trees = new TreeReader(repository.reader);
  }

  async find(name: string, commit: string): Promise<PromptPlace> {
    try {
      return await this.#find(name, commit);
    } catch (error) {
      if (error instanceof ObjectMissing) return { kind: "unknown" };
      throw error;
    }
  }

  async #find(name: string, commit: string): Promise<PromptPlace> {
    const { reader, promptsDir } = this.#repository;
    const root = await this.#rootOf(commit);
    if (root === undefined) return { kind: "unknown" };
    const own = `${reader.prefix}${promptsDir}`;
    if (await this.#holds(root, own, name)) return { kind: "here" };
    // Another project may have a tag prefix: `bot/greet` is also its prompt `greet`.
    const segments = name.split("/");
    const names = segments.map((_, index) => segments.slice(index).join("/"));
    const places = await this.#list(root, names);
    const [place] = places.filter(({ folder }) => folder !== own && !folder.startsWith(`${own}/`));
    if (place === undefined) return { kind: "nowhere" };
    const { folder } = place;
    return { kind: place.name === name && (await this.#isGone(folder)) ? "moved" : "elsewhere", folder };
  }

  async #rootOf(commit: string): Promise<string | undefined> {
    const object = await this.#repository.reader.readObject(commit);
    return object?.type === "commit" ? treeOfCommit(object.data) : undefined;
  }

  async #holds(root: string, folder: string, name: string): Promise<boolean> {
    return (await this.#trees.find(root, join(folder, `${name}${PROMPT_EXTENSION}`))) !== undefined;
  }

  /** The folders that hold a prompt of one of these names, the longest name first. */
  async #list(root: string, names: readonly string[]): Promise<{ readonly name: string; readonly folder: string }[]> {
    for (const name of names)
      for (const folder of this.#folders) if (await this.#holds(root, folder, name)) return [{ name, folder }];
    const base = `${names.at(-1)}${PROMPT_EXTENSION}`;
    const paths = (await this.#search(root, base)).map((folder) => join(folder, base));
    const found = names.flatMap((name) => {
      const end = `${name}${PROMPT_EXTENSION}`;
      return paths
        .filter((path) => path === end || path.endsWith(`/${end}`))
        .map((path) => ({ name, folder: path.slice(0, -end.length).replace(/\/$/, "") }));
    });
    for (const { folder } of found) if (folder !== "") this.#folders.add(folder);
    return found;
  }

  /** The folders below a tree that directly contain a file. Commits share most of their trees. */
  #search(tree: string, base: string): Promise<readonly string[]> {
    const key = `${tree} ${base}`;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const found = this.#searchNew(tree, base);
    this.#found.set(key, found);
    return found;
  }

  async #searchNew(tree: string, base: string): Promise<readonly string[]> {
    const folders: string[] = [];
    for (const { name, isFolder, oid } of await this.#trees.entries(tree)) {
      if (!isFolder && name === base) folders.push("");
      // Folders of tools hold no prompts of a project.
      if (isFolder && !name.startsWith(".") && name !== "node_modules")
        folders.push(...(await this.#search(oid, base)).map((folder) => join(name, folder)));
    }
    return folders;
  }

  async #isGone(folder: string): Promise<boolean> {
    const head = await this.#repository.resolveCommit("HEAD");
    const root = head === undefined ? undefined : await this.#rootOf(head);
    return root !== undefined && (await this.#trees.findFolder(root, folder)) === undefined;
  }
}

function join(folder: string, path: string): string {
  return folder === "" || path === "" ? folder + path : `${folder}/${path}`;
}
