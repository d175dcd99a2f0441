// Front matter as a form. What the form cannot show is named, with a way to the text.

import type { JSX } from "preact";
import type { Field, KnownVariable, TextRange } from "../../../../dev/protocol.js";
import type { FrontMatter } from "../use-front-matter.js";
import { ExamplesField } from "./examples-field.js";
import { InputsTable } from "./inputs-table.js";
import { PlainField } from "./plain-field.js";
import { titleOf } from "./titles.js";

interface FrontMatterPaneProps {
  readonly frontMatter: FrontMatter;
  readonly isForm: boolean;
  readonly setIsForm: (isForm: boolean) => void;
  readonly reveal: (range: TextRange) => void;
  /** What the template uses. */
  readonly variables: readonly KnownVariable[];
}

/** Folded until they are used. All other keys are shown only where they are written: they are for other tools. */
const MORE = ["output", "tools", "budget", "renamed_from", "metadata"];
/** Always shown. */
const FIRST = ["description", "model", "tags", "input", "examples", "config"];

export function FrontMatterPane(props: FrontMatterPaneProps): JSX.Element {
  const { frontMatter, isForm, setIsForm, reveal } = props;
  const { fields, problem } = frontMatter;
  const broken = fields?.problem;
  return (
    <section class="edit-form" aria-labelledby="settings-title">
      <div class="pane-head">
        <h2 id="settings-title">Settings</h2>
        <fieldset class="switch">
          <legend class="visually-hidden">Edit the settings as</legend>
          <button type="button" aria-pressed={isForm} disabled={broken !== undefined} onClick={() => setIsForm(true)}>
            Form
          </button>
          <button type="button" aria-pressed={!isForm} onClick={() => setIsForm(false)}>
            Text
          </button>
        </fieldset>
      </div>
      {broken !== undefined && (
        <p class="callout warning">
          The form is back when the settings can be read: {broken.message}.{" "}
          {broken.range !== undefined && (
            <button type="button" class="link" onClick={() => reveal(broken.range as TextRange)}>
              Show the place
            </button>
          )}
        </p>
      )}
      {problem !== undefined && (
        <p class="callout warning" role="alert">
          This cannot be written: {problem}.
        </p>
      )}
      {isForm && fields !== undefined && <Form {...props} fields={fields.fields} key={problem} />}
      {isForm && fields === undefined && <p class="note">Reading the settings…</p>}
      {isForm && fields !== undefined && fields.others.length > 0 && (
        <p class="note">
          Only in the text:{" "}
          {fields.others.map(({ key, range }) => (
            <>
              <button type="button" class="link" onClick={() => reveal(range)}>
                {key}
              </button>{" "}
            </>
          ))}
        </p>
      )}
      {!isForm && broken === undefined && (
        <p class="note">They are at the top of the text, between the lines with ---.</p>
      )}
    </section>
  );
}

function Form(props: FrontMatterPaneProps & { readonly fields: readonly Field[] }): JSX.Element {
  const { fields } = props;
  const first = FIRST.flatMap((key) => fields.find((field) => field.key === key) ?? []);
  const others = fields.filter(({ key }) => !FIRST.includes(key));
  const isShown = ({ key, range }: Field) => range !== undefined || MORE.includes(key);
  return (
    <>
      {first.map((field) => (
        <OneField {...props} field={field} key={field.key} />
      ))}
      <details class="more" open={others.some(({ range }) => range !== undefined)}>
        <summary>More settings</summary>
        {others.filter(isShown).map((field) => (
          <OneField {...props} field={field} key={field.key} />
        ))}
      </details>
    </>
  );
}

function OneField({
  field,
  frontMatter,
  reveal,
  variables,
}: FrontMatterPaneProps & { readonly field: Field }): JSX.Element {
  const { change } = frontMatter;
  const { key, value, textOnly, range } = field;
  const shared = { field, change };
  return (
    <div class="field" data-field={key}>
      {textOnly !== undefined ? (
        <>
          <p class="field-title">{titleOf(key)}</p>
          <p class="note">
            {textOnly}.{" "}
            {range !== undefined && (
              <button type="button" class="link" onClick={() => reveal(range)}>
                Edit it in the text
              </button>
            )}
          </p>
        </>
      ) : key === "input" ? (
        <InputsTable {...{ value, change, variables }} />
      ) : key === "examples" ? (
        <ExamplesField value={value} {...{ change, variables }} />
      ) : (
        <PlainField {...shared} showText={range === undefined ? undefined : () => reveal(range)} />
      )}
    </div>
  );
}
