// What the draft renders, and what it would break.

import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { BreakingChange, Fields, PreviewExample, Source } from "../../../dev/protocol.js";
import { EDIT_PAGE, editFrom } from "../../../links.js";
import { EditRun } from "../run/edit-run.js";
import type { Check } from "./use-check.js";
import { useStickyTop } from "./use-sticky-top.js";

interface PreviewProps {
  readonly check: Check;
  readonly source: Source;
  readonly promptsDir: string;
  readonly text: string;
  readonly fields: Fields | undefined;
}

export function Preview({ check, source, promptsDir, text, fields }: PreviewProps): JSX.Element {
  const { checked } = check;
  const column = useRef<HTMLElement>(null);
  useStickyTop(column);
  const last = useRef<readonly PreviewExample[]>(undefined);
  if (checked?.preview !== undefined) last.current = checked.preview.examples;
  const isOld = checked !== undefined && checked.preview === undefined;
  return (
    <aside class="edit-preview" ref={column} aria-labelledby="preview-title">
      <div class="pane-head">
        <h2 id="preview-title">{source.kind === "prompt" ? "Preview" : "Used by"}</h2>
        {source.kind === "prompt" && isOld && last.current !== undefined && (
          <p class="note">of the last text without errors</p>
        )}
      </div>
      {source.kind !== "prompt" ? (
        <Users names={checked?.usedBy} unchecked={checked?.unchecked ?? 0} promptsDir={promptsDir} />
      ) : (
        <>
          <Breaking changes={checked?.breaking ?? []} />
          <Examples examples={last.current} isOld={isOld} isChecked={checked !== undefined} />
          <EditRun {...{ source, text, fields }} variables={checked?.names.variables ?? []} />
        </>
      )}
    </aside>
  );
}

function Breaking({ changes }: { readonly changes: readonly BreakingChange[] }): JSX.Element | null {
  if (changes.length === 0) return null;
  return (
    <div class="callout error">
      <p>
        <strong>This would break code that works today</strong>
      </p>
      <ul class="changes">
        {changes.map(({ version, aliases, message }) => (
          <li class="breaking">
            {message}{" "}
            <span class="note">
              ({aliases.join(", ")}: {version})
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface ExamplesProps {
  readonly examples: readonly PreviewExample[] | undefined;
  readonly isOld: boolean;
  readonly isChecked: boolean;
}

function Examples({ examples, isOld, isChecked }: ExamplesProps): JSX.Element {
  if (examples === undefined)
    return <p class="note">{isChecked ? "Fix the errors to see what the prompt renders." : "Rendering…"}</p>;
  if (examples.length === 0)
    return <p class="note">The prompt has no examples yet. Add one, to see here what it renders.</p>;
  return (
    <div class={isOld ? "old" : undefined}>
      {examples.map(({ name, messages, refused, tokens }, index) => (
        <details class="file example" open={index === 0} key={name}>
          <summary>
            {name}
            {tokens !== undefined && <span class="note"> {tokens.toLocaleString("en-US")} tokens</span>}
          </summary>
          {refused !== undefined && <p class="callout warning">Not rendered: {refused}</p>}
          {messages?.map(({ role, text }) => (
            <div class={`message ${role}`}>
              <p class="role">{role}</p>
              <pre>{text}</pre>
            </div>
          ))}
        </details>
      ))}
    </div>
  );
}

interface UsersProps {
  readonly names: readonly string[] | undefined;
  readonly unchecked: number;
  readonly promptsDir: string;
}

function Users({ names, unchecked, promptsDir }: UsersProps): JSX.Element {
  if (names === undefined) return <p class="note">Looking…</p>;
  if (names.length === 0) return <p class="note">No prompt uses this file.</p>;
  return (
    <>
      <p class="note">What you write here changes these prompts.</p>
      <ul class="users">
        {names.map((name) => (
          <li>
            <a href={editFrom(EDIT_PAGE, `${promptsDir}/${name}.md`)}>{name}</a>
          </li>
        ))}
      </ul>
      {unchecked > 0 && <p class="note">{unchecked} of them are checked only after you save.</p>}
    </>
  );
}
