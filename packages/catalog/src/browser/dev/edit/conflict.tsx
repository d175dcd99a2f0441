// The file has changed on disk while it was edited: both versions, and what can be done.

import type { JSX } from "preact";
import { DiffView } from "../../../parts/diff-view.js";
import type { EditState } from "./session.js";

interface ConflictProps {
  readonly state: EditState;
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
  readonly merge: () => void;
}

export function Conflict({ state, keepMine, takeTheirs, merge }: ConflictProps): JSX.Element | null {
  const { theirs, text } = state;
  if (theirs === undefined) return null;
  const isWide = innerWidth >= 900;
  return (
    <section class="conflict" aria-labelledby="conflict-title" aria-live="polite">
      <h2 id="conflict-title">
        {theirs.exists ? "The file changed on disk while you were editing" : "The file was deleted on disk"}
      </h2>
      {theirs.exists ? (
        <>
          <p>
            Nothing is overwritten until you decide.
            {!isWide && " Lines with - are in the file as it is now, lines with + are what you have here."}
          </p>
          {isWide && (
            <p class="sides">
              <span>On disk now</span>
              <span>Yours, not saved</span>
            </p>
          )}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keys scroll it */}
          <section class="both" tabIndex={0} aria-label="Both versions">
            <DiffView
              before={theirs.text}
              after={text}
              layout={isWide ? "split" : "unified"}
              label="On disk, and yours"
            />
          </section>
        </>
      ) : (
        <p>The editor still has its text. Save it as a new file, or leave it deleted.</p>
      )}
      <p class="actions">
        {theirs.exists && (
          <button type="button" class="primary" onClick={merge}>
            Merge both in the editor
          </button>
        )}
        <button type="button" class="quiet" onClick={keepMine}>
          {theirs.exists ? "Keep mine" : "Save it again"}
        </button>
        <button type="button" class="quiet" onClick={takeTheirs}>
          {theirs.exists ? "Take theirs" : "Leave it deleted"}
        </button>
      </p>
      <p class="note">
        “Keep mine” saves your text over the file. “Take theirs” drops your text; undo in the editor brings it back.
      </p>
    </section>
  );
}
