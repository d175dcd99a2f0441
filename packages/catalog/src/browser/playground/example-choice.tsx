// The field that puts the input of an example in place of the current one.

import type { JSX } from "preact";
import type { NamedInput } from "../../facts/describe-input.js";

interface ExampleChoiceProps {
  readonly examples: readonly NamedInput[];
  readonly change: (input: NamedInput["input"]) => void;
}

export function ExampleChoice({ examples, change }: ExampleChoiceProps): JSX.Element | null {
  if (examples.length === 0) return null;
  return (
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
  );
}
