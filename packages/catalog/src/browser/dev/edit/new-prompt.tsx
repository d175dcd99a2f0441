// A new prompt: its name, checked as it is typed, and the text that it begins with.

import { promptNameProblem, windowsNameProblem } from "@cuecard/model";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { EditableFile, EditableFiles } from "../../../dev/protocol.js";
import { EDIT_PAGE, editFrom } from "../../../links.js";
import { ask } from "../request.js";
import { STARTS } from "./starts.js";

export function NewPrompt({ promptsDir }: { readonly promptsDir: string }): JSX.Element {
  const [typed, setTyped] = useState("");
  const name = typed.replace(/\.md$/i, "");
  const [start, setStart] = useState("chat");
  const [files, setFiles] = useState<readonly EditableFile[]>([]);
  const [isSubmitted, setIsSubmitted] = useState(false);
  useEffect(() => {
    ask<EditableFiles>("files", {}).then(
      (found) => setFiles(found.files),
      () => {},
    );
  }, []);
  const taken = files.filter(({ kind }) => kind === "prompt").map((file) => file.name);
  const problem = problemOf(name, taken);
  const isShown = problem !== undefined && (typed !== "" || isSubmitted);
  const create = (event: Event) => {
    event.preventDefault();
    setIsSubmitted(true);
    if (problem === undefined) location.href = `${editFrom(EDIT_PAGE, `${promptsDir}/${name}.md`)}&start=${start}`;
  };
  return (
    <form class="edit new-prompt" data-state="new" onSubmit={create}>
      <nav class="crumbs" aria-label="Place">
        <a href="index.html">Prompts</a>
      </nav>
      <h1>New prompt</h1>
      <div class="field">
        <label class="field-title" for="new-name">
          Name
        </label>
        <p class="note" id="new-name-note">
          Code loads the prompt by this name. Folders are possible: <code>support/greet</code>
        </p>
        <input
          id="new-name"
          type="text"
          value={typed}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          aria-invalid={isShown}
          aria-describedby="new-name-note new-name-problem"
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <p class="problem" id="new-name-problem" role="status">
          {isShown ? problem : ""}
        </p>
        <p class="note">
          It is saved as <code>{`${promptsDir}/${name === "" ? "…" : name}.md`}</code>
          {name !== typed && " (the extension is not part of the name)"}
        </p>
      </div>
      <fieldset class="starts">
        <legend class="field-title">Begin with</legend>
        {STARTS.map(({ key, title, explanation }) => (
          <label class="start">
            <input type="radio" name="start" value={key} checked={start === key} onChange={() => setStart(key)} />
            <span>
              <strong>{title}</strong>
              <span class="note">{explanation}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <button type="submit" class="primary">
        Open the editor
      </button>
      <SharedFiles files={files.filter(({ kind }) => kind !== "prompt")} />
    </form>
  );
}

/** What several prompts can use: not all of it is on the page of a prompt. */
function SharedFiles({ files }: { readonly files: readonly EditableFile[] }): JSX.Element | null {
  if (files.length === 0) return null;
  return (
    <section class="shared">
      <h2>Or edit a partial or schema</h2>
      <ul class="users">
        {files.map(({ file, kind, name }) => (
          <li key={file}>
            <a href={editFrom(EDIT_PAGE, file)}>{name}</a> <span class="note">{kind}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The compiler's own rules. */
function problemOf(name: string, taken: readonly string[]): string | undefined {
  const problem = promptNameProblem(name);
  if (problem !== undefined) return name === "" ? "The name is empty" : `This is not a valid name: ${problem}`;
  const device = windowsNameProblem(`${name}.md`);
  if (device !== undefined) return `Windows cannot create a file with this name (${device})`;
  const same = taken.find((one) => one.toLowerCase() === name.toLowerCase());
  return same === undefined ? undefined : `The prompt ${same} exists already`;
}
