// Records the files that reading the helpers looked at, even missing ones. The helpers are read again only if one changes.

import { readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { hash } from "../cache/hash.js";

/** Paths relative to the project's folder, each with its state: absent, a folder, or a text. */
export type Inputs = readonly (readonly [path: string, mark: string])[];

/** Records each path at its first use, so a change while the helpers are read is noticed the next time. */
export class InputRecorder {
  readonly #dir: string;
  readonly #marks = new Map<string, string>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  note(file: string): void {
    const name = path.relative(this.#dir, file);
    if (!this.#marks.has(name)) this.#marks.set(name, markOf(file));
  }

  get inputs(): Inputs {
    return [...this.#marks];
  }
}

export function areUnchanged(dir: string, inputs: Inputs): boolean {
  return inputs.every(([name, mark]) => markOf(path.resolve(dir, name)) === mark);
}

/** The files of the project itself among the inputs, absolute, including missing ones. */
export function ownFiles(dir: string, inputs: Inputs): string[] {
  return inputs.filter(([name, mark]) => mark !== FOLDER && isOwn(name)).map(([name]) => path.join(dir, name));
}

const FOLDER = "folder";

function markOf(file: string): string {
  const kind = statSync(file, { throwIfNoEntry: false });
  if (kind === undefined) return "absent";
  if (kind.isDirectory()) return FOLDER;
  // Installed packages have many files, which are not edited.
  if (isInstalled(file)) return `${kind.size} ${kind.mtimeMs}`;
  // Every byte counts, also those that are not UTF-8.
  return hash(readFileSync(file, "latin1"));
}

/** Whether a path, relative to the project's folder, is of the project itself, and not of a package installed in it. */
export function isOwn(name: string): boolean {
  return !leadsOut(name) && !isInstalled(name);
}

/** Whether a relative path leads out of its folder: on another drive it is absolute. */
function leadsOut(name: string): boolean {
  return /^\.\.(?:[/\\]|$)/.test(name) || path.isAbsolute(name);
}

export function isInstalled(file: string): boolean {
  return file.split(/[/\\]/).includes("node_modules");
}

/** Whether a file lies outside of a folder, symbolic links followed. */
export function isOutside(dir: string, file: string): boolean {
  return leadsOut(path.relative(realpathSync(dir), realpathSync(file)));
}
