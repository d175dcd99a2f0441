// One file that is edited: what it is on disk, what was typed, and what happens when both change. Nothing that anyone wrote is lost: it
// is on disk, in the editor and its draft, or in the conflict.

import type { Saved, Source } from "../../../dev/protocol.js";
import { Refused, Unreachable } from "../request.js";
import type { DraftStore } from "./drafts.js";
import { mergeTexts } from "./text-changes.js";

/** What the user sees of the file's state. A file is only `deleted` if nothing was typed that the deletion would lose. */
export type SaveState = "saved" | "unsaved" | "saving" | "deleted" | "conflict";

export interface EditState {
  /** The file as it was when what is typed began. */
  readonly base: Source;
  /** What the editor has. */
  readonly text: string;
  readonly save: SaveState;
  /** The file as it is on disk, if it is neither the base nor what was typed. If it does not exist, it was deleted. */
  readonly theirs?: Source;
  /** Why the last request was refused. */
  readonly refused?: string;
  /** Why the server cannot be reached. */
  readonly unreachable?: string;
  /** When the restored draft was made; left out if there was none. */
  readonly restored?: number;
  /** What is typed is not kept: this browser stores nothing. */
  readonly isVolatile?: boolean;
}

export interface SessionOptions {
  readonly file: string;
  readonly drafts: DraftStore;
  /** @throws Refused */
  source(): Promise<Source>;
  /** @throws Refused */
  save(text: string, digest: string): Promise<Saved>;
  /** Called when the state has changed. */
  changed(state: EditState): void;
}

export class EditSession {
  /** Called when the session itself has changed the text: it follows the file, or the user chose another text. */
  replaced: (text: string) => void = () => {};
  readonly #options: SessionOptions;
  #state: EditState;
  #isSaving = false;
  /** Ends when all requests that were begun have ended. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(options: SessionOptions, state: EditState) {
    this.#options = options;
    this.#state = state;
  }

  /**
   * @param start The text of a file that does not exist yet.
   * @throws Refused if the file cannot be edited.
   */
  static async open(options: SessionOptions, start: string): Promise<EditSession> {
    const disk = await options.source();
    const draft = await options.drafts.take();
    if (draft === undefined || draft.text === disk.text) {
      options.drafts.drop();
      const session = new EditSession(options, { base: disk, text: disk.text, save: "saved" });
      if (!disk.exists && start !== "") session.edit(start);
      return session;
    }
    const session = new EditSession(options, { ...draft, save: "unsaved", restored: draft.at });
    session.#meet(disk);
    return session;
  }

  get state(): EditState {
    return this.#state;
  }

  /** The user has typed. */
  edit(text: string): void {
    const { base, theirs } = this.#state;
    if (theirs?.exists === true && text === theirs.text) this.#adopt(theirs, text);
    else this.#set({ text, ...(text === base.text ? { restored: undefined } : {}) });
  }

  /** Writes the file, unless it has changed on disk: then there is a conflict. */
  save(): Promise<void> {
    return this.#inTurn(async () => {
      const { text, base, theirs } = this.#state;
      if (theirs !== undefined || (text === base.text && base.exists)) return;
      this.#isSaving = true;
      this.#set({ refused: undefined });
      try {
        const saved = await this.#options.save(text, base.digest);
        if (!saved.saved) return this.#meet(saved.conflict);
        const disk = { ...base, text, digest: saved.digest, exists: true };
        this.#set({ base: disk, restored: undefined, refused: undefined, unreachable: undefined });
      } finally {
        this.#isSaving = false;
        this.#set({});
      }
    });
  }

  /** Reads the file again. If nothing is typed, the editor follows it. */
  refresh(): Promise<void> {
    return this.#inTurn(async () => {
      this.#meet(await this.#options.source());
      if (this.#state.unreachable !== undefined) this.#set({ unreachable: undefined });
    });
  }

  /** What was typed replaces the file on disk. */
  async keepMine(): Promise<void> {
    const { theirs, text } = this.#state;
    if (theirs === undefined) return;
    this.#adopt(theirs, text);
    await this.save();
  }

  /** The file on disk replaces what was typed. */
  takeTheirs(): void {
    const { theirs } = this.#state;
    if (theirs !== undefined) this.#adopt(theirs, theirs.text);
  }

  /** The editor gets both. */
  merge(): void {
    const { base, text, theirs } = this.#state;
    if (theirs !== undefined) this.#adopt(theirs, mergeTexts(base.text, text, theirs.text));
  }

  /** What was typed is dropped. */
  revert(): void {
    this.#adopt(this.#state.base, this.#state.base.text);
  }

  /** Compares the file on disk with what is known of it. */
  #meet(disk: Source): void {
    const { base, text } = this.#state;
    if (disk.digest === base.digest && disk.exists === base.exists) this.#set({ theirs: undefined });
    else if (disk.exists && (disk.text === text || text === base.text)) this.#adopt(disk, disk.text);
    else this.#set({ theirs: disk });
  }

  #adopt(base: Source, text: string): void {
    const isNew = text !== this.#state.text;
    this.#set({ base, text, theirs: undefined, restored: undefined });
    if (isNew) this.replaced(text);
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      this.#set(error instanceof Unreachable ? { unreachable: error.message } : { refused: error.message });
    });
    this.#turn = turn.catch(() => {});
    await turn;
  }

  #set(change: { readonly [Key in keyof EditState]?: EditState[Key] | undefined }): void {
    const next = { ...this.#state, ...change } as EditState;
    const { text, base, theirs } = next;
    const isEdited = text !== base.text;
    const isWritten = !isEdited && base.exists;
    const own = this.#isSaving ? "saving" : isWritten ? "saved" : "unsaved";
    const isDeleted = theirs?.exists === false && !isEdited;
    const save = theirs === undefined ? own : isDeleted ? "deleted" : "conflict";
    const isKept = isEdited ? this.#options.drafts.keep({ text, base, at: Date.now() }) : true;
    if (!isEdited) this.#options.drafts.drop();
    this.#state = { ...next, save, isVolatile: !isKept };
    this.#options.changed(this.#state);
  }
}
