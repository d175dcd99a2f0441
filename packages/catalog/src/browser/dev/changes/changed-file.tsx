// One edited file: whether it is proposed, and what differs.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ProposableChanges, ProposableFile } from "../../../dev/proposals.js";
import type { Saved } from "../../../dev/protocol.js";
import { CHANGES_PAGE, editFrom } from "../../../links.js";
import { DiffView } from "../../../parts/diff-view.js";
import { messageOf } from "../../message-of.js";
import { ask } from "../request.js";

interface ChangedFileProps {
  readonly changed: ProposableFile;
  readonly isChosen: boolean;
  readonly isOpen: boolean;
  readonly choose: (isChosen: boolean) => void;
  readonly branches: ProposableChanges["branches"];
  /** Pushes a branch; `undefined` while something else is done, and without a remote. */
  readonly push: ((branch: string) => void) | undefined;
}

const CHANGES = { added: "new", changed: "edited", deleted: "deleted" } as const;

export function ChangedFile({ changed, isChosen, isOpen, choose, branches, push }: ChangedFileProps): JSX.Element {
  const { file, change, before, after, problem, proposedIn } = changed;
  const isText = (change === "added" || before !== undefined) && (change === "deleted" || after !== undefined);
  return (
    <li class="changed-file">
      <div class="changed-head">
        <label>
          <input
            type="checkbox"
            checked={isChosen}
            disabled={problem !== undefined}
            onChange={({ currentTarget }) => choose(currentTarget.checked)}
          />{" "}
          <code>{file}</code>
        </label>
        <span class={`chip ${change === "deleted" ? "error" : change === "added" ? "good" : ""}`}>
          {CHANGES[change]}
        </span>
        {proposedIn.map((branch) => (
          <ProposedIn branch={branch} isPushed={branches.find(({ name }) => name === branch)?.isPushed} push={push} />
        ))}
        <Actions changed={changed} />
      </div>
      {problem !== undefined && <p class="note">It cannot be proposed: {problem}.</p>}
      {problem === undefined && isText && (
        <details open={isOpen}>
          <summary>What differs</summary>
          <DiffView before={before ?? ""} after={after ?? ""} layout="unified" label={`Changes of ${file}`} />
        </details>
      )}
      {problem === undefined && !isText && <p class="note">It is not text, or too long to be shown.</p>}
    </li>
  );
}

interface ProposedInProps {
  readonly branch: string;
  readonly isPushed: boolean | undefined;
  readonly push: ((branch: string) => void) | undefined;
}

function ProposedIn({ branch, isPushed, push }: ProposedInProps): JSX.Element {
  if (isPushed !== false) return <span class="chip environment">proposed in {branch}</span>;
  return (
    <>
      <span class="chip warning">in {branch}, not pushed</span>
      <button type="button" class="link" aria-disabled={push === undefined} onClick={() => push?.(branch)}>
        Push {branch}
      </button>
    </>
  );
}

/** A prompt, partial or schema can be edited; what the commit has can be put back. */
function Actions({ changed }: Pick<ChangedFileProps, "changed">): JSX.Element | null {
  const { file, change, before } = changed;
  const [asks, setAsks] = useState(false);
  const [problem, setProblem] = useState("");
  if (!/\.(?:md|json|ya?ml)$/.test(file) || file === "aliases.json") return null;
  const restore = async () => {
    setAsks(false);
    setProblem(await putBack(changed));
  };
  return (
    <span class="changed-actions">
      {change !== "deleted" && <a href={editFrom(CHANGES_PAGE, file)}>Edit</a>}
      {before !== undefined && !asks && (
        <button type="button" class="link" onClick={() => setAsks(true)}>
          {change === "deleted" ? "Restore" : "Discard"}
        </button>
      )}
      {asks && (
        <>
          <span class="note">{change === "deleted" ? "Write the file again?" : "Drop these edits?"}</span>
          <button type="button" class="link" onClick={restore}>
            {change === "deleted" ? "Restore" : "Discard"} {file}
          </button>
          <button type="button" class="link" onClick={() => setAsks(false)}>
            Keep
          </button>
        </>
      )}
      {problem !== "" && <span class="note">{problem}</span>}
    </span>
  );
}

/** @returns Why the file was not written. */
async function putBack({ file, before = "", digest }: ProposableFile): Promise<string> {
  const text = before.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  try {
    const { saved } = await ask<Saved>("save", { file, text, digest });
    return saved ? "" : "It has changed: look at it again.";
  } catch (error) {
    return messageOf(error);
  }
}
