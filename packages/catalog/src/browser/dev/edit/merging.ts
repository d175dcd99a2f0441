// Merging in the editor: each difference to the file on disk is shown where it is, and can be kept or dropped.

import { unifiedMergeView } from "@codemirror/merge";
import type { Extension } from "@codemirror/state";

export function comparison(original: string): Extension {
  return unifiedMergeView({
    original,
    gutter: false,
    syntaxHighlightDeletions: false,
    mergeControls(type, action) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = type === "accept" ? "Keep mine" : "Take theirs";
      button.addEventListener("mousedown", action);
      button.addEventListener("click", (event) => {
        // By a key.
        if (event.detail === 0) action(event);
      });
      return button;
    },
  });
}
