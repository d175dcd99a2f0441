// A field whose value comes back from the server: while it has the focus, it shows what is typed.

import type { JSX } from "preact";
import { useState } from "preact/hooks";

interface TextFieldProps {
  readonly value: string;
  /** Called with each change. */
  readonly change: (text: string) => void;
  readonly label: string;
  readonly id?: string;
  readonly isLong?: boolean;
  /** Written when the field is left, not with each letter: names, which must not be half. */
  readonly isName?: boolean;
  readonly placeholder?: string;
  /** Why what is typed is not valid. */
  readonly check?: (text: string) => string | undefined;
}

export function TextField(props: TextFieldProps): JSX.Element {
  const { value, change, label, id, isLong = false, isName = false, placeholder, check } = props;
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: string; readonly isOpen: boolean }>();
  const isTyped = draft !== undefined && (draft.isOpen || draft.of === value);
  const text = isTyped ? draft.text : value;
  const problem = isTyped ? check?.(text) : undefined;
  const shared = {
    ...(id === undefined ? {} : { id }),
    ...(placeholder === undefined ? {} : { placeholder }),
    "aria-label": label,
    "aria-invalid": problem !== undefined,
    value: text,
  };
  const input = (next: string) => {
    setDraft({ text: next, of: value, isOpen: true });
    if (!isName && check?.(next) === undefined) change(next);
  };
  const leave = () => {
    if (draft === undefined) return;
    setDraft(problem === undefined ? { ...draft, of: value, isOpen: false } : undefined);
    if (isName && problem === undefined && draft.text !== value) change(draft.text);
  };
  const enter = (event: KeyboardEvent) => {
    if (isName && event.key === "Enter") leave();
  };
  return (
    <>
      {isLong ? (
        <textarea {...shared} rows={1} onInput={(event) => input(event.currentTarget.value)} onBlur={leave} />
      ) : (
        <input
          {...shared}
          type="text"
          onInput={(event) => input(event.currentTarget.value)}
          onBlur={leave}
          onKeyDown={enter}
        />
      )}
      {problem !== undefined && <p class="problem">{problem}</p>}
    </>
  );
}

interface ScalarFieldProps extends Omit<TextFieldProps, "value" | "change" | "check"> {
  /** A text, a number, a boolean, or nothing. */
  readonly value: unknown;
  readonly change: (value: string | number | boolean) => void;
}

/** A text stays a text; otherwise, `0.2` is a number and `true` a boolean. */
export function ScalarField({ value, change, ...rest }: ScalarFieldProps): JSX.Element {
  const isText = typeof value === "string" && value !== "";
  return (
    <TextField
      {...rest}
      value={value === undefined || value === null ? "" : String(value)}
      change={(text) => change(isText ? text : readScalar(text))}
    />
  );
}

function readScalar(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) && String(Number(text)) === text ? Number(text) : text;
}

/** Whether a text field can show it. */
export function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
