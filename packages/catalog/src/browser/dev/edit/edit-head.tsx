// The head of the page: which file it is, whether it is saved, and the button that saves it.

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { EDIT_PAGE, linkFrom, promptPage } from "../../../links.js";
import { BreakableName } from "../../../parts/breakable-name.js";
import { isApple } from "../is-apple.js";
import type { EditState, SaveState } from "./session.js";

interface EditHeadProps {
  readonly state: EditState;
  readonly save: () => void;
}

const LABELS: Readonly<Record<SaveState, string>> = {
  saved: "Saved",
  unsaved: "Unsaved changes",
  saving: "Saving…",
  deleted: "Deleted",
  conflict: "Conflict",
};

const KINDS = { prompt: "Prompt", partial: "Partial", schema: "Schema" } as const;

export function EditHead({ state: { base, save: now }, save }: EditHeadProps): JSX.Element {
  const { file, kind, name, exists } = base;
  // Of a file that does not exist, also an empty text is not saved.
  const state = now === "saved" && !exists ? "unsaved" : now;
  const label = state === "unsaved" && !exists ? "Not saved yet" : LABELS[state];
  useEffect(() => {
    const [first = ""] = document.title.split(" · ").slice(-1);
    document.title = `${now === "saved" || now === "deleted" ? "" : "● "}${name} · ${first}`;
  }, [now, name]);
  return (
    <div class="edit-head">
      <div>
        <nav class="crumbs" aria-label="Place">
          <a href="index.html">Prompts</a>
          {kind === "prompt" && exists && <a href={linkFrom(EDIT_PAGE, promptPage(name))}>{name}</a>}
        </nav>
        <h1>
          <BreakableName name={name} />
        </h1>
        <p class="note edit-file">
          {KINDS[kind]} <code>{file}</code>
        </p>
      </div>
      <div class="edit-save">
        <span class="save-state" data-state={state} role="status">
          {label}
        </span>
        <button
          type="button"
          class="primary"
          aria-keyshortcuts="Control+S Meta+S"
          aria-disabled={now !== "unsaved"}
          onClick={save}
        >
          Save <kbd>{isApple() ? "⌘S" : "Ctrl S"}</kbd>
        </button>
      </div>
    </div>
  );
}
