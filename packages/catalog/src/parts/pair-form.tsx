// Chooses another pair of environments. It works with scripts; without them, the page of the environments links to the pairs.

import type { JSX } from "preact";
import { pairName } from "../links.js";

interface PairFormProps {
  readonly environments: readonly string[];
  /** The pair that is chosen. */
  readonly from: string;
  readonly to: string;
}

export function PairForm({ environments, from, to }: PairFormProps): JSX.Element {
  const sources = [...environments, "latest"];
  const pairs = environments.flatMap((target) =>
    sources.flatMap((source) => (source === target ? [] : [[source, target, pairName(source, target)]])),
  );
  return (
    <form class="filters" id="pair" data-pairs={JSON.stringify(pairs)} hidden>
      <Choice name="from" label="Promote" options={sources} value={from} />
      <Choice name="to" label="to" options={environments} value={to} />
      <p class="note" role="status" />
    </form>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly options: readonly string[];
  readonly value: string;
}

function Choice({ name, label, options, value }: ChoiceProps): JSX.Element {
  return (
    <label>
      <span class="field-label">{label}</span>
      <select name={name} autocomplete="off">
        {options.map((option) => (
          <option value={option} selected={option === value}>
            {option}
          </option>
        ))}
      </select>
    </label>
  );
}
