// The file has changed on disk while it was edited, or is gone: what is there now, and what can be done.

import type { ComponentChildren, JSX } from "preact";
import { DiffView } from "../../../parts/diff-view.js";
import type { EditState } from "./session.js";

interface ConflictProps {
  readonly state: EditState;
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
  readonly merge: () => void;
}

export function Conflict(props: ConflictProps): JSX.Element | null {
  const { theirs } = props.state;
  if (theirs === undefined) return null;
  return theirs.exists ? <Changed {...props} theirs={theirs.text} /> : <Deleted {...props} />;
}

interface BoxProps {
  readonly title: string;
  readonly isCalm?: boolean;
  readonly children: ComponentChildren;
}

function Box({ title, isCalm = false, children }: BoxProps): JSX.Element {
  return (
    <section class={isCalm ? "conflict calm" : "conflict"} aria-labelledby="conflict-title" aria-live="polite">
      <h2 id="conflict-title">{title}</h2>
      {children}
    </section>
  );
}

function Changed({
  state,
  theirs,
  keepMine,
  takeTheirs,
  merge,
}: ConflictProps & { readonly theirs: string }): JSX.Element {
  const isWide = innerWidth >= 900;
  return (
    <Box title="The file changed on disk while you were editing">
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
        <DiffView before={theirs} after={state.text} layout={isWide ? "split" : "unified"} label="On disk, and yours" />
      </section>
      <p class="actions">
        <button type="button" class="primary" onClick={merge}>
          Merge both in the editor
        </button>
        <button type="button" class="quiet" onClick={keepMine}>
          Keep mine
        </button>
        <button type="button" class="quiet" onClick={takeTheirs}>
          Take theirs
        </button>
      </p>
      <p class="note">
        “Keep mine” saves your text over the file. “Take theirs” drops your text; undo in the editor brings it back.
      </p>
    </Box>
  );
}

function Deleted({ state, keepMine, takeTheirs }: ConflictProps): JSX.Element {
  const isUnsaved = state.save === "conflict";
  return (
    <Box title="The file was deleted on disk" isCalm={!isUnsaved}>
      <p>
        {isUnsaved
          ? "The editor still has its text, with what you had not saved."
          : "The editor still has its text as it was saved last."}
      </p>
      <p class="actions">
        <button type="button" class="quiet" onClick={keepMine}>
          Save it again
        </button>
        <button type="button" class="quiet" onClick={takeTheirs}>
          Leave it deleted
        </button>
      </p>
      <p class="note">
        “Save it again” creates the file with the text of the editor. “Leave it deleted” empties the editor; undo brings
        the text back.
      </p>
    </Box>
  );
}
