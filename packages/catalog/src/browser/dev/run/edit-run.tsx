// The panel beside the editor: it runs the text as it is being edited.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Fields, KnownVariable, Source } from "../../../dev/protocol.js";
import type { NamedInput } from "../../../facts/describe-input.js";
import { isRecord } from "../../is-record.js";
import { InputChoice } from "./input-choice.js";
import { ModelTrial } from "./model-trial.js";

interface EditRunProps {
  readonly source: Source;
  readonly text: string;
  readonly fields: Fields | undefined;
  readonly variables: readonly KnownVariable[];
}

const SAVED = [{ version: "working", label: "the saved file" }];

export function EditRun({ source, text, fields, variables }: EditRunProps): JSX.Element {
  const examples = examplesOf(fields);
  const [input, setInput] = useState<NamedInput["input"]>();
  const start = examples[0]?.input ?? emptyInput(variables);
  // What is not edited follows the text.
  const shown = input ?? start;
  const model = fieldValue(fields, "model");
  return (
    <section class="edit-run" aria-labelledby="edit-run-title">
      <h2 id="edit-run-title">Run on a model</h2>
      <InputChoice examples={examples} input={shown} change={setInput} />
      <ModelTrial
        {...{ name: source.name, version: "working", title: "this text", text, input: shown, privateNames: [] }}
        {...(typeof model === "string" ? { model } : {})}
        others={source.exists ? SAVED : []}
      />
    </section>
  );
}

function fieldValue(fields: Fields | undefined, key: string): unknown {
  return fields?.fields.find((field) => field.key === key)?.value;
}

function examplesOf(fields: Fields | undefined): NamedInput[] {
  const value = fieldValue(fields, "examples");
  if (!Array.isArray(value)) return [];
  return value.flatMap((example: unknown, index) => {
    const { name, input } = isRecord(example) ? example : {};
    if (!isRecord(input)) return [];
    return [{ name: typeof name === "string" ? name : `example ${index + 1}`, input }];
  });
}

/** A text for each variable that has to be given. */
function emptyInput(variables: readonly KnownVariable[]): NamedInput["input"] {
  const given = variables.filter(({ optional }) => optional !== true);
  return Object.fromEntries(given.map(({ name }) => [name, ""]));
}
