// The fields of the form for trying a prompt. A value that is `undefined` is left out of the input.

import type { UnknownSchema as Schema } from "@cuecard/model";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { descriptionOf, emptyValue, type Field, formOf, type Member } from "./form-of.js";

export interface FieldProps {
  readonly schema: Schema;
  /** What references in the schema refer to. */
  readonly root: Schema;
  readonly value: unknown;
  readonly change: (value: unknown) => void;
  /** Of the element, and of those inside of it. */
  readonly id: string;
  /** What the label of the field is, for those without one. */
  readonly label?: string;
}

export function Members({ members, ...props }: FieldProps & { readonly members: readonly Member[] }): JSX.Element {
  const { root, value, change, id } = props;
  const all = isRecord(value) ? value : {};
  const set = (name: string, next: unknown) => {
    const { [name]: _old, ...others } = all;
    change(next === undefined ? others : { ...all, [name]: next });
  };
  return (
    <>
      {members.map(({ name, schema, required }) => (
        <NamedField
          {...{ name, schema, required, root }}
          value={Object.hasOwn(all, name) ? all[name] : undefined}
          change={(next) => set(name, next)}
          id={`${id}-${name}`}
        />
      ))}
    </>
  );
}

function NamedField({ name, required, ...props }: FieldProps & Omit<Member, "schema">): JSX.Element {
  const { schema, root, value, change, id } = props;
  const { kind } = formOf(schema, root);
  const description = descriptionOf(schema, root);
  const isGroup = kind === "object" || kind === "list";
  const Label = isGroup ? "span" : "label";
  const isGiven = value !== undefined;
  return (
    <div class="field">
      <div class="field-head">
        <Label {...(isGroup ? {} : { htmlFor: id })} class="field-name">
          {name}
        </Label>
        {!required && (
          <label class="note">
            <input
              type="checkbox"
              checked={isGiven}
              aria-label={`Give ${name}`}
              onChange={() => change(isGiven ? undefined : emptyValue(schema, root))}
            />{" "}
            optional
          </label>
        )}
      </div>
      {description !== "" && <p class="note">{description}</p>}
      {(required || isGiven) && <ValueField {...props} label={name} />}
    </div>
  );
}

function ValueField(props: FieldProps): JSX.Element {
  const field = formOf(props.schema, props.root);
  switch (field.kind) {
    case "text":
      return <TextField {...props} />;
    case "number":
      return <NumberField {...props} isInteger={field.isInteger} />;
    case "boolean":
      return <BooleanField {...props} />;
    case "choice":
      return <ChoiceField {...props} field={field} />;
    case "list":
      return <ListField {...props} items={field.items} />;
    case "object":
      return (
        <div class="nested">
          <Members {...props} members={field.members} />
        </div>
      );
    case "json":
      return <JsonField {...props} />;
  }
}

function TextField({ value, change, id, label }: FieldProps): JSX.Element {
  const text = typeof value === "string" ? value : "";
  return (
    <textarea
      id={id}
      aria-label={label}
      rows={Math.min(8, Math.max(1, text.split("\n").length))}
      value={text}
      onInput={({ currentTarget }) => change(currentTarget.value)}
    />
  );
}

function NumberField({
  value,
  change,
  id,
  label,
  isInteger,
}: FieldProps & { readonly isInteger: boolean }): JSX.Element {
  return (
    <input
      id={id}
      aria-label={label}
      type="number"
      step={isInteger ? 1 : "any"}
      value={typeof value === "number" ? value : ""}
      onInput={({ currentTarget }) => change(currentTarget.value === "" ? null : currentTarget.valueAsNumber)}
    />
  );
}

function BooleanField({ value, change, id, label }: FieldProps): JSX.Element {
  return (
    <input
      id={id}
      aria-label={label}
      type="checkbox"
      checked={value === true}
      onChange={({ currentTarget }) => change(currentTarget.checked)}
    />
  );
}

type ChoiceFieldProps = FieldProps & { readonly field: Extract<Field, { kind: "choice" }> };

function ChoiceField({ value, change, id, label, field: { options } }: ChoiceFieldProps): JSX.Element {
  const at = options.indexOf(value);
  return (
    <select
      id={id}
      aria-label={label}
      value={String(at)}
      onChange={({ currentTarget }) => change(options[Number(currentTarget.value)])}
    >
      {at < 0 && <option value="-1">Choose…</option>}
      {options.map((option, index) => (
        <option value={String(index)} selected={index === at}>
          {typeof option === "string" ? option : JSON.stringify(option)}
        </option>
      ))}
    </select>
  );
}

function ListField({ value, change, root, id, label, items }: FieldProps & { readonly items: Schema }): JSX.Element {
  const all = Array.isArray(value) ? value : [];
  return (
    <div class="nested">
      {all.map((item: unknown, index) => (
        <div class="item">
          <ValueField
            {...{ root, schema: items, value: item, id: `${id}-${index}`, label: `${label} ${index + 1}` }}
            change={(next) => change(all.with(index, next))}
          />
          <button
            type="button"
            class="link"
            aria-label={`Remove ${label} ${index + 1}`}
            onClick={() => change(all.toSpliced(index, 1))}
          >
            Remove
          </button>
        </div>
      ))}
      <button type="button" class="link" onClick={() => change([...all, emptyValue(items, root)])}>
        Add to {label}
      </button>
    </div>
  );
}

/** What is typed counts as soon as it is JSON. */
export function JsonField({
  value,
  change,
  id,
  label,
}: Pick<FieldProps, "value" | "change" | "id" | "label">): JSX.Element {
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: unknown }>();
  const text = draft !== undefined && draft.of === value ? draft.text : (JSON.stringify(value, undefined, 2) ?? "null");
  const isValid = parse(text) !== INVALID;
  return (
    <>
      <textarea
        id={id}
        class="json"
        aria-label={label}
        aria-invalid={!isValid}
        rows={Math.min(16, Math.max(2, text.split("\n").length))}
        value={text}
        onInput={({ currentTarget }) => {
          const next = parse(currentTarget.value);
          const of = next === INVALID ? value : next;
          setDraft({ text: currentTarget.value, of });
          if (next !== INVALID) change(next);
        }}
      />
      {!isValid && <p class="problem">This is not JSON; the last valid value is used.</p>}
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

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
