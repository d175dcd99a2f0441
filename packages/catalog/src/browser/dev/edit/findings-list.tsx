// What the compiler finds, as a list that leads to the places.

import type { JSX } from "preact";
import type { EditFinding, TextChange, TextRange } from "../../../dev/protocol.js";
import { EDIT_PAGE, editFrom } from "../../../links.js";
import type { Check } from "./use-check.js";

interface FindingsListProps {
  readonly check: Check;
  readonly reveal: (range: TextRange) => void;
  readonly fix: (changes: readonly TextChange[]) => void;
  /** Makes a name an input of the prompt; `undefined` if only the text can do that. */
  readonly declare: ((name: string) => void) | undefined;
}

export function FindingsList({ check, reveal, fix, declare }: FindingsListProps): JSX.Element {
  const { checked, problem } = check;
  const findings = checked?.findings ?? [];
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const counts = [count(errors, "error"), count(findings.length - errors, "warning")].filter((text) => text !== "");
  return (
    <section class="edit-findings" aria-labelledby="findings-title">
      <div class="pane-head">
        <h2 id="findings-title">Checks</h2>
        <p class="note" role="status">
          {problem !== undefined
            ? "Not checked"
            : checked === undefined
              ? "Checking…"
              : counts.join(", ") || "No problems"}
        </p>
      </div>
      {problem !== undefined && <p class="callout warning">This text could not be checked: {problem}.</p>}
      {findings.length > 0 && (
        <ul class="findings">
          {findings.map((finding) => (
            <FindingItem {...{ finding, reveal, fix, declare }} text={checked?.text ?? ""} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** A variable that the schema of the inputs lacks. */
const UNDECLARED = "template/undeclared-variable";
const NAME = /^[A-Za-z_]\w*$/;

interface FindingItemProps extends Pick<FindingsListProps, "reveal" | "fix" | "declare"> {
  readonly finding: EditFinding;
  readonly text: string;
}

function FindingItem({ finding, text, reveal, fix, declare }: FindingItemProps): JSX.Element {
  const { severity, message, hint, code, range, place, file, fix: changes } = finding;
  const unknown = code === UNDECLARED && range !== undefined ? text.slice(range.from, range.to) : "";
  return (
    <li class={severity}>
      <p>
        <span class={`chip ${severity}`}>{severity}</span> {message}
      </p>
      {hint !== undefined && <p class="note">{hint}</p>}
      <p class="note">
        {range !== undefined && (
          <button type="button" class="link" onClick={() => reveal(range)}>
            Go to line {lineOf(text, range.from)}
          </button>
        )}
        {place !== undefined && <a href={editFrom(EDIT_PAGE, file, lineOfPlace(place))}>{place}</a>}
        {changes !== undefined && (
          <button type="button" class="link" onClick={() => fix(changes)}>
            Fix it
          </button>
        )}
        {declare !== undefined && NAME.test(unknown) && (
          <button type="button" class="link" onClick={() => declare(unknown)}>
            Add it to the inputs
          </button>
        )}{" "}
        <code>{code}</code>
      </p>
    </li>
  );
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** `prompts/greet.md:3:7`: 3. */
function lineOfPlace(place: string): number | undefined {
  const [, line] = /:(\d+):\d+/.exec(place) ?? [];
  return line === undefined ? undefined : Number(line);
}

function count(many: number, word: string): string {
  return many === 0 ? "" : `${many} ${word}${many === 1 ? "" : "s"}`;
}
