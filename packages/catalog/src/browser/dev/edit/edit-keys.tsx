// The keys of the editor, for the help.

import type { JSX } from "preact";

const KEYS = [
  ["Ctrl/⌘ S", "Save"],
  ["Ctrl Space", "What can be written here"],
  ["Ctrl/⌘ F", "Search in the text"],
  ["Ctrl/⌘ Z", "Undo"],
  ["F8", "Next problem in the text"],
  ["Tab", "Leave the editor"],
  ["Ctrl/⌘ ]", "Indent"],
] as const;

export function EditKeys(): JSX.Element {
  return (
    <div hidden>
      {KEYS.map(([key, meaning]) => (
        <span data-key={key}>{meaning}</span>
      ))}
    </div>
  );
}
