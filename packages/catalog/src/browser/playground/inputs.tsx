// Fields of single values.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { FieldProps } from "./fields.js";
import { markOf, ProblemList, useProblems } from "./problems.js";

const DATE = /^(?:\d{4}-\d{2}-\d{2})?$/;

export function TextField({ value, change, id, label, keys, format }: FieldProps & { format?: string }): JSX.Element {
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  const problems = useProblems(keys);
  const attributes = { id, "aria-label": label, value: text, ...markOf(problems, id) };
  // A field for dates would hide a text that is not a date.
  const isDate = format === "date" && DATE.test(text);
  return (
    <>
      {isDate ? (
        <input type="date" {...attributes} onInput={({ currentTarget }) => change(currentTarget.value)} />
      ) : (
        <textarea
          {...attributes}
          rows={Math.min(8, Math.max(1, text.split("\n").length))}
          onInput={({ currentTarget }) => change(currentTarget.value)}
        />
      )}
      <ProblemList problems={problems} id={id} />
    </>
  );
}

export function NumberField({
  value,
  change,
  id,
  label,
  keys,
  isInteger,
}: FieldProps & { readonly isInteger: boolean }): JSX.Element {
  const problems = useProblems(keys);
  return (
    <>
      <input
        id={id}
        aria-label={label}
        type="number"
        step={isInteger ? 1 : "any"}
        value={typeof value === "number" ? value : ""}
        onInput={({ currentTarget }) => change(currentTarget.value === "" ? null : currentTarget.valueAsNumber)}
        {...markOf(problems, id)}
      />
      <ProblemList problems={problems} id={id} />
    </>
  );
}

export function BooleanField({ value, change, id, label, keys }: FieldProps): JSX.Element {
  const problems = useProblems(keys);
  return (
    <>
      <input
        id={id}
        aria-label={label}
        type="checkbox"
        checked={value === true}
        onChange={({ currentTarget }) => change(currentTarget.checked)}
        {...markOf(problems, id)}
      />
      <ProblemList problems={problems} id={id} />
    </>
  );
}

export function ChoiceField({
  value,
  change,
  id,
  label,
  keys,
  options,
}: FieldProps & { readonly options: readonly unknown[] }): JSX.Element {
  const problems = useProblems(keys);
  const at = options.indexOf(value);
  return (
    <>
      <select
        id={id}
        aria-label={label}
        value={String(at)}
        onChange={({ currentTarget }) => change(options[Number(currentTarget.value)])}
        {...markOf(problems, id)}
      >
        {at < 0 && <option value="-1">Choose…</option>}
        {options.map((option, index) => (
          <option value={String(index)} selected={index === at}>
            {typeof option === "string" ? option : JSON.stringify(option)}
          </option>
        ))}
      </select>
      <ProblemList problems={problems} id={id} />
    </>
  );
}

/** What is typed counts as soon as it is JSON. */
export function JsonField({
  value,
  change,
  id,
  label,
  keys = [],
}: Pick<FieldProps, "value" | "change" | "id" | "label"> & Partial<Pick<FieldProps, "keys">>): JSX.Element {
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: unknown }>();
  const problems = useProblems(keys, true);
  const text = draft !== undefined && draft.of === value ? draft.text : (JSON.stringify(value, undefined, 2) ?? "null");
  const isValid = parse(text) !== INVALID;
  return (
    <>
      <textarea
        id={id}
        class="json"
        aria-label={label}
        rows={Math.min(16, Math.max(2, text.split("\n").length))}
        value={text}
        onInput={({ currentTarget }) => {
          const next = parse(currentTarget.value);
          const of = next === INVALID ? value : next;
          setDraft({ text: currentTarget.value, of });
          if (next !== INVALID) change(next);
        }}
        {...markOf(problems, id)}
        {...(isValid ? {} : { "aria-invalid": true })}
      />
      {!isValid && <p class="problem">This is not JSON; the last valid value is used.</p>}
      <ProblemList problems={keys.length === 0 ? [] : problems} id={id} />
    </>
  );
}

const INVALID = Symbol("not JSON");

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return INVALID;
  }
}
