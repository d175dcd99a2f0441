// The input of a run where there is no form: that of an example, and JSON to change it.

import type { JSX } from "preact";
import type { RunExample } from "../../../facts/describe-run.js";
import { JsonField } from "../../playground/inputs.js";

interface InputChoiceProps {
  readonly examples: readonly RunExample[];
  readonly input: RunExample["input"];
  readonly change: (input: RunExample["input"]) => void;
}

export function InputChoice({ examples, input, change }: InputChoiceProps): JSX.Element {
  return (
    <div class="run-input">
      {examples.length > 0 && (
        <label>
          <span class="field-label">Example</span>
          <select
            onChange={({ currentTarget }) => {
              const example = examples[Number(currentTarget.value)];
              if (example !== undefined) change(example.input);
            }}
          >
            {examples.map(({ name }, index) => (
              <option value={String(index)}>{name}</option>
            ))}
          </select>
        </label>
      )}
      <span class="field-label">Input</span>
      <JsonField
        value={input}
        change={(next) => change(next as RunExample["input"])}
        id="run-input"
        label="Input as JSON"
      />
    </div>
  );
}
