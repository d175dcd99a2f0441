// Fields with few values. They show what was chosen at once, before it is in the text.

import type { JSX } from "preact";
import { useState } from "preact/hooks";

interface FieldProps<T> {
  readonly id?: string;
  readonly label: string;
  readonly value: T;
  readonly change: (value: T) => void;
}

export function CheckField({ id, label, value, change }: FieldProps<boolean>): JSX.Element {
  const [shown, choose] = useChosen(value, change);
  return (
    <input
      {...(id === undefined ? {} : { id })}
      type="checkbox"
      aria-label={label}
      checked={shown}
      onChange={(event) => choose(event.currentTarget.checked)}
    />
  );
}

export function ChoiceField({
  id,
  label,
  value,
  options,
  change,
}: FieldProps<string> & { readonly options: readonly string[] }): JSX.Element {
  const [shown, choose] = useChosen(value, change);
  return (
    <select
      {...(id === undefined ? {} : { id })}
      aria-label={label}
      value={shown}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      {options.map((option) => (
        <option value={option} selected={option === shown}>
          {option === "" ? "–" : option}
        </option>
      ))}
    </select>
  );
}

/** What was chosen counts until the text has another value than before. */
function useChosen<T>(value: T, change: (value: T) => void): [shown: T, choose: (value: T) => void] {
  const [chosen, setChosen] = useState<{ readonly value: T; readonly before: T }>();
  const shown = chosen !== undefined && chosen.before === value ? chosen.value : value;
  return [
    shown,
    (next) => {
      setChosen({ value: next, before: value });
      change(next);
    },
  ];
}
