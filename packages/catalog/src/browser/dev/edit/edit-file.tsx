// One file that is edited: its state, the editor with its form, what the compiler finds, and the preview.

import type { JSX } from "preact";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Saved, Source, TextRange } from "../../../dev/protocol.js";
import { messageOf } from "../../message-of.js";
import { announce } from "../../themes.js";
import { onChange } from "../live.js";
import { ask } from "../request.js";
import { Conflict } from "./conflict.js";
import { openDrafts } from "./drafts.js";
import { EditHead } from "./edit-head.js";
import { EditKeys } from "./edit-keys.js";
import type { Editor } from "./editor.js";
import { EditorView } from "./editor-view.js";
import { FindingsList } from "./findings-list.js";
import { FrontMatterPane } from "./form/front-matter-pane.js";
import { bodyStart } from "./front-matter.js";
import { Notices } from "./notices.js";
import { Preview } from "./preview.js";
import { EditSession, type EditState } from "./session.js";
import { STARTS } from "./starts.js";
import { useCheck } from "./use-check.js";
import { declarer, useFrontMatter } from "./use-front-matter.js";
import { useMerging } from "./use-merging.js";

export interface EditFileProps {
  readonly file: string;
  /** Projects that use the same address have different ones. */
  readonly project: string;
  /** Where the cursor goes, 1-based; 0: anywhere. */
  readonly line: number;
  /** Which text a new file begins with. */
  readonly start: string;
  readonly promptsDir: string;
}

const NO_FILE =
  "The address names no file: nothing follows “?file=”\nA whole address is edit.html?file=prompts/greet.md; edit.html alone begins a new prompt";

export function EditFile(props: EditFileProps): JSX.Element {
  const [session, setSession] = useState<EditSession>();
  const [state, setState] = useState<EditState>();
  const [failure, setFailure] = useState<string>();
  const { file, project, start } = props;
  useEffect(() => {
    if (file === "") return setFailure(NO_FILE);
    openSession({ file, project, start, changed: setState }).then(
      (opened) => {
        setState(opened.state);
        setSession(opened);
      },
      (error: unknown) => setFailure(messageOf(error)),
    );
  }, []);
  if (failure !== undefined) return <Failed file={file} reason={failure} />;
  if (session === undefined || state === undefined) return <Loading file={file} />;
  return <OpenFile {...props} session={session} state={state} />;
}

interface OpenOptions extends Pick<EditFileProps, "file" | "project" | "start"> {
  readonly changed: (state: EditState) => void;
}

async function openSession({ file, project, start, changed }: OpenOptions): Promise<EditSession> {
  const options = {
    file,
    changed,
    drafts: await openDrafts(project, file),
    source: () => ask<Source>("source", { file }),
    save: (text: string, digest: string) => ask<Saved>("save", { file, text, digest }),
  };
  return EditSession.open(options, STARTS.find(({ key }) => key === start)?.text ?? "");
}

interface OpenFileProps extends EditFileProps {
  readonly session: EditSession;
  readonly state: EditState;
}

function OpenFile({ session, state, line, promptsDir }: OpenFileProps): JSX.Element {
  const { base, text } = state;
  const editor = useRef<Editor>(null);
  const [siteChanges, setSiteChanges] = useState(0);
  const [isForm, setIsForm] = useState(base.kind === "prompt");
  const merging = useMerging(editor, session, state);
  const check = useCheck(base.file, text, siteChanges);
  const frontMatter = useFrontMatter({ editor, text, isWanted: base.kind === "prompt" });
  const save = useCallback(async () => {
    writeOpenField();
    await frontMatter.settled();
    await session.save();
  }, [session]);

  useEffect(() => {
    session.replaced = (next) => {
      editor.current?.replaceText(next);
      announce("The editor shows the changed text");
    };
    onChange(() => {
      setSiteChanges((count) => count + 1);
      session.refresh();
    });
    const refresh = () => document.visibilityState === "visible" && session.refresh();
    addEventListener("visibilitychange", refresh);
    addEventListener("focus", refresh);
    return () => {
      removeEventListener("visibilitychange", refresh);
      removeEventListener("focus", refresh);
    };
  }, [session]);
  useKeys(save);
  useUnsavedWarning(state.save !== "saved" && text !== base.text);
  useEffect(() => {
    if (check.checked !== undefined && check.checked.text === editor.current?.text) {
      editor.current.setNames(check.checked.names);
      editor.current.setFindings(check.checked.findings);
    }
  }, [check.checked]);
  const isFormShown = isForm && !frontMatter.isMissing && frontMatter.fields?.problem === undefined;
  // Together with the form: a moment later, the next key could replace what is about to be hidden.
  useLayoutEffect(() => editor.current?.hideFrontMatter(isFormShown), [isFormShown]);
  const reveal = (range: TextRange) => {
    if (isFormShown && range.from < bodyStart(text)) {
      setIsForm(false);
      editor.current?.hideFrontMatter(false);
    }
    editor.current?.reveal(range);
  };

  return (
    <div class="edit" data-state={state.save} data-checked={String(check.checked?.text === text)}>
      <EditHead state={state} save={save} />
      <EditKeys />
      <Notices {...{ state, merging, save }} revert={() => session.revert()} />
      <Conflict
        state={state}
        keepMine={() => session.keepMine()}
        takeTheirs={() => session.takeTheirs()}
        merge={merging.begin}
      />
      <div class="edit-columns">
        <div class="edit-main">
          <EditorView
            {...{ editor, line }}
            source={base}
            text={text}
            changed={(next) => session.edit(next)}
            heading={base.kind === "prompt" && isFormShown ? "Template" : "Text"}
            isFormShown={isFormShown}
          />
          <FindingsList
            check={check}
            reveal={reveal}
            fix={(changes) => editor.current?.apply(changes)}
            declare={declarer(frontMatter)}
          />
        </div>
        <Preview {...{ check, text, promptsDir }} source={base} fields={frontMatter.fields} />
        {base.kind === "prompt" && !frontMatter.isMissing && (
          <FrontMatterPane
            {...{ frontMatter, isForm: isFormShown, reveal }}
            variables={check.checked?.names.variables ?? []}
            setIsForm={setIsForm}
          />
        )}
      </div>
    </div>
  );
}

/** Some fields are written only when they are left. */
function writeOpenField(): void {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement)) return;
  field.blur();
  field.focus();
}

/** Ctrl-S or Cmd-S saves, wherever the cursor is. */
function useKeys(save: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      save();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [save]);
}

/** The browser asks before it leaves the page. */
function useUnsavedWarning(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [isUnsaved]);
}

function Loading({ file }: { readonly file: string }): JSX.Element {
  return (
    <div class="edit" data-state="loading">
      <h1>{file}</h1>
      <p class="note" role="status">
        Loading…
      </p>
    </div>
  );
}

function Failed({ file, reason }: { readonly file: string; readonly reason: string }): JSX.Element {
  return (
    <div class="edit" data-state="failed">
      <h1>{file === "" ? "Which file?" : file}</h1>
      <div class="callout warning" role="alert">
        {reason.split("\n").map((line, index) => (
          <p>{index === 0 ? <strong>{line}.</strong> : `${line}.`}</p>
        ))}
        <p>
          <button type="button" class="link" onClick={() => location.reload()}>
            Try again
          </button>{" "}
          or go <a href="index.html">to the list</a>.
        </p>
      </div>
    </div>
  );
}
