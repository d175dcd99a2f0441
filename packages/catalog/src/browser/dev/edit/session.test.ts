// Sessions of several tabs over one file, in every order of what people do and of what is answered when.

import fc from "fast-check";
import { expect, it } from "vitest";
import type { Saved, Source } from "../../../dev/protocol.js";
import { Unreachable } from "../request.js";
import type { Draft, DraftStore } from "./drafts.js";
import { EditSession, type EditState } from "./session.js";

/** A file on disk that only who knows its content replaces, as the server does. */
class Disk {
  text: string | undefined = "start";
  isReachable = true;

  read(): Source {
    const { text } = this;
    const named = { file: "prompts/greet.md", kind: "prompt", name: "greet" } as const;
    return {
      ...named,
      text: text ?? "",
      digest: text === undefined ? "" : `digest of ${text}`,
      exists: text !== undefined,
    };
  }

  save(text: string, digest: string): Saved {
    if (!this.isReachable) throw new Unreachable("it has ended");
    const now = this.read();
    if (now.digest !== digest) return { saved: false, conflict: now };
    this.text = text;
    return { saved: true, digest: this.read().digest };
  }
}

class Drafts implements DraftStore {
  draft: Draft | undefined;

  async take() {
    return this.draft;
  }

  keep(draft: Draft) {
    this.draft = draft;
    return true;
  }

  drop() {
    this.draft = undefined;
  }
}

interface Tab {
  readonly session: EditSession;
  readonly drafts: Drafts;
}

async function openTab(disk: Disk, drafts = new Drafts()): Promise<Tab> {
  const options = {
    ...{ file: "prompts/greet.md", drafts },
    source: async () => disk.read(),
    save: async (text: string, digest: string) => disk.save(text, digest),
    changed: (_: EditState) => {},
  };
  return { session: await EditSession.open(options, ""), drafts };
}

const action = fc.record({
  tab: fc.nat(1),
  what: fc.constantFrom("type", "save", "refresh", "merge", "reload", "write", "end", "start"),
});

it("loses nothing that two tabs and another editor write", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (actions) => {
      const disk = new Disk();
      const tabs = [await openTab(disk), await openTab(disk)];
      const written: string[] = [];
      for (const [index, { tab: at, what }] of actions.entries()) {
        const tab = tabs[at] as Tab;
        const { session } = tab;
        const word = `word${index}`;
        if (what === "type" || what === "write") written.push(word);
        if (what === "type") session.edit(`${session.state.text}\n${word}`);
        // Other editors read a file before they write it.
        if (what === "write") disk.text = `${disk.text}\n${word}`;
        if (what === "save") await session.save();
        if (what === "refresh") await session.refresh();
        if (what === "merge") session.merge();
        if (what === "reload") tabs[at] = await openTab(disk, tab.drafts);
        if (what === "end") disk.isReachable = false;
        if (what === "start") disk.isReachable = true;
      }
      const places = tabs.flatMap(({ session, drafts }) => [session.state.text, drafts.draft?.text]);
      const everywhere = [disk.text, ...places].join("\n");
      expect(written.filter((word) => !everywhere.includes(word))).toEqual([]);
      for (const { session, drafts } of tabs)
        expect(drafts.draft?.text ?? session.state.base.text).toBe(session.state.text);
    }),
    { seed: 3, numRuns: 300 },
  );
});

it("does not write over a file that has changed, until the user has seen it", async () => {
  const disk = new Disk();
  const { session } = await openTab(disk);
  session.edit("mine");
  disk.text = "theirs";
  await session.save();
  expect([disk.text, session.state.save, session.state.theirs?.text]).toEqual(["theirs", "conflict", "theirs"]);
  disk.text = "theirs again";
  await session.keepMine();
  expect([disk.text, session.state.save, session.state.theirs?.text]).toEqual([
    "theirs again",
    "conflict",
    "theirs again",
  ]);
  await session.keepMine();
  expect([disk.text, session.state.save]).toEqual(["mine", "saved"]);
});

it("keeps the text of a file that is deleted", async () => {
  const disk = new Disk();
  const { session } = await openTab(disk);
  disk.text = undefined;
  await session.refresh();
  expect([session.state.text, session.state.save]).toEqual(["start", "deleted"]);
  session.edit("more");
  expect(session.state.save).toBe("conflict");
  await session.keepMine();
  expect([disk.text, session.state.save]).toEqual(["more", "saved"]);
});
