// What the user has to know about the file, above the editor.

import type { ComponentChildren, JSX } from "preact";
import type { EditState } from "./session.js";
import type { Merging } from "./use-merging.js";

interface NoticesProps {
  readonly state: EditState;
  readonly merging: Merging;
  readonly revert: () => void;
  readonly save: () => void;
}

export function Notices({ state, merging, revert, save }: NoticesProps): JSX.Element {
  const { unreachable, refused, restored, isVolatile, base, text, theirs } = state;
  return (
    <>
      {unreachable !== undefined && (
        <Notice kind="warning">
          <strong>Not connected: {unreachable}.</strong>{" "}
          {isVolatile === true
            ? "Copy what you typed before you leave: this browser keeps nothing."
            : "What you type is kept in this browser. Start it again, and open the address that it prints, to save it."}
        </Notice>
      )}
      {refused !== undefined && (
        <Notice kind="warning">
          <strong>Not saved:</strong> {refused}. Your text is still here. <Action name="Try again" act={save} />
        </Notice>
      )}
      {isVolatile === true && unreachable === undefined && (
        <Notice kind="warning">This browser keeps no drafts: save before you close or reload the page.</Notice>
      )}
      {restored !== undefined && theirs === undefined && (
        <Notice>
          Your changes of {describeTime(restored)} were not saved. Here they are again.{" "}
          <Action name="Drop them" act={revert} />
        </Notice>
      )}
      {!base.exists && text === "" && theirs === undefined && (
        <Notice>This file does not exist. It is created when you save it.</Notice>
      )}
      {merging.isMerging && theirs === undefined && (
        <Notice>
          <strong>Both texts are merged in the editor.</strong> What differs from the file on disk is marked there: keep
          or drop each part, edit as you like, then save. <Action name="Hide the marks" act={merging.end} />
        </Notice>
      )}
    </>
  );
}

interface NoticeProps {
  readonly kind?: "warning";
  readonly children: ComponentChildren;
}

function Notice({ kind, children }: NoticeProps): JSX.Element {
  return (
    <p class={`callout ${kind ?? ""}`} role={kind === "warning" ? "alert" : "status"}>
      {children}
    </p>
  );
}

function Action({ name, act }: { readonly name: string; readonly act: () => void }): JSX.Element {
  return (
    <button type="button" class="link" onClick={act}>
      {name}
    </button>
  );
}

function describeTime(at: number): string {
  const time = new Date(at);
  const isToday = time.toDateString() === new Date().toDateString();
  return time.toLocaleString("en-US", { timeStyle: "short", ...(isToday ? {} : { dateStyle: "medium" }) });
}
