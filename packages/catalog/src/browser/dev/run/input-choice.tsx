// The input of a run where there is no form: that of an example, and JSON to change it.

import type { JSX } from "preact";
import type { NamedInput } from "../../../facts/describe-input.js";
import { ExampleChoice } from "../../playground/example-choice.js";
import { JsonField } from "../../playground/inputs.js";

interface InputChoiceProps {
  readonly examples: readonly NamedInput[];
  readonly input: NamedInput["input"];
  readonly change: (input: NamedInput["input"]) => void;
}

export function InputChoice({ examples, input, change }: InputChoiceProps): JSX.Element {
  return (
    <div class="run-input">
      <ExampleChoice examples={examples} change={change} />
      <span class="field-label">Input</span>
      <JsonField
        value={input}
        change={(next) => change(next as NamedInput["input"])}
        id="run-input"
        label="Input as JSON"
      />
    </div>
  );
}
