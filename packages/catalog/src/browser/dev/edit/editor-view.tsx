// The place of the editor on the page.

import type { JSX, RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Source } from "../../../dev/protocol.js";
import { Editor } from "./editor.js";

interface EditorViewProps {
  readonly editor: RefObject<Editor | null>;
  readonly source: Source;
  /** What it begins with. */
  readonly text: string;
  readonly changed: (text: string) => void;
  readonly heading: string;
  readonly isFormShown: boolean;
  /** Where the cursor goes, 1-based; 0: anywhere. */
  readonly line: number;
}

export function EditorView({
  editor,
  source,
  text,
  changed,
  heading,
  isFormShown,
  line,
}: EditorViewProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (host.current === null) return;
    const label = source.kind === "prompt" ? `Template of ${source.name}` : `Text of ${source.file}`;
    const made = new Editor({ host: host.current, text, language: source.kind, label, changed });
    editor.current = made;
    made.hideFrontMatter(isFormShown);
    if (line > 0) made.reveal({ from: made.offsetOfLine(line), to: made.offsetOfLine(line) });
    return () => made.destroy();
  }, []);
  return (
    <section class="edit-text">
      <div class="pane-head">
        <h2>{heading}</h2>
        <p class="note">
          Type <code>{"{{"}</code> for variables, partials and blocks
        </p>
      </div>
      <div class="code-editor" ref={host} />
    </section>
  );
}
