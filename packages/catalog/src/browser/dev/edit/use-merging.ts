// Whether the editor shows what differs from the file on disk, to merge both.

import type { RefObject } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Editor } from "./editor.js";
import type { EditSession, EditState } from "./session.js";

export interface Merging {
  readonly isMerging: boolean;
  /** Puts both texts into the editor, with a mark at each difference. */
  begin(): void;
  /** Hides the marks. */
  end(): void;
}

/** Merging ends when nothing is left to save, and when the file on disk is no longer the one that the marks compare with. */
export function useMerging(editor: RefObject<Editor | null>, session: EditSession, state: EditState): Merging {
  const [isMerging, setIsMerging] = useState(false);
  const begin = () => {
    session.merge();
    setIsMerging(true);
    editor.current?.compareWith(session.state.base.text);
  };
  const end = useCallback(() => {
    setIsMerging(false);
    editor.current?.compareWith(undefined);
  }, []);
  const isOver = state.save === "saved" || state.theirs !== undefined;
  useEffect(() => {
    if (isMerging && isOver) end();
  }, [isMerging, isOver]);
  return { isMerging, begin, end };
}
