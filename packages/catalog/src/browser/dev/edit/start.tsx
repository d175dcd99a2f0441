// The page on which files are edited: edit.html?file=prompts/greet.md&line=3, or, without a file, the form for a new prompt.

import { render } from "preact";
import { EditFile } from "./edit-file.js";
import { NewPrompt } from "./new-prompt.js";

export function startEdit(root: HTMLElement): void {
  const asked = new URLSearchParams(location.search);
  const file = asked.get("file");
  const { project = "", prompts = "prompts" } = root.dataset;
  root.textContent = "";
  const line = Number(asked.get("line"));
  const start = asked.get("start") ?? "";
  const isNew = file === null;
  render(
    isNew ? <NewPrompt promptsDir={prompts} /> : <EditFile {...{ file, project, line, start }} promptsDir={prompts} />,
    root,
  );
}
