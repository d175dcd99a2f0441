// The fields of the form for trying a prompt. A value that is `undefined` is left out of the input.

import type { UnknownSchema as Schema } from "@cuecard/model";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { isRecord } from "../is-record.js";
import { descriptionOf, emptyValue, formOf, hintOf, type Member, type Variant, variantOf } from "./form-of.js";
import { BooleanField, ChoiceField, JsonField, NumberField, TextField } from "./inputs.js";
import { type Keys, ProblemList, useProblems } from "./problems.js";

export interface FieldProps {
  readonly schema: Schema;
  /** What references in the schema refer to. */
  readonly root: Schema;
  readonly value: unknown;
  readonly change: (value: unknown) => void;
  /** Of the element, and of those inside of it. */
  readonly id: string;
  /** Where the value is within the input. */
  readonly keys: Keys;
  /** What the label of the field is, for those without one. */
  readonly label?: string;
}

interface MembersProps extends FieldProps {
  readonly members: readonly Member[];
  /** Values that are used for members that are left out. */
  readonly defaults?: Readonly<Record<string, unknown>>;
}

export function Members({ members, defaults = {}, ...props }: MembersProps): JSX.Element {
  const { root, value, change, id, keys } = props;
  const all = isRecord(value) ? value : {};
  const set = (name: string, next: unknown) => {
    const { [name]: _old, ...others } = all;
    change(next === undefined ? others : { ...all, [name]: next });
  };
  return (
    <>
      {members.map(({ name, schema, required }, index) => (
        <NamedField
          key={name}
          {...{ name, schema, root }}
          required={required && !Object.hasOwn(defaults, name)}
          defaultValue={Object.hasOwn(defaults, name) ? defaults[name] : undefined}
          value={Object.hasOwn(all, name) ? all[name] : undefined}
          change={(next) => set(name, next)}
          id={`${id}-${index}`}
          keys={[...keys, name]}
        />
      ))}
    </>
  );
}

type NamedFieldProps = FieldProps & Omit<Member, "schema"> & { readonly defaultValue: unknown };

function NamedField({ name, required, defaultValue, ...props }: NamedFieldProps): JSX.Element {
  const { schema, root, value, change, id, keys } = props;
  const { kind, nullable } = formOf(schema, root);
  const description = descriptionOf(schema, root);
  const isGroup = kind === "object" || kind === "list" || kind === "union";
  const Label = isGroup ? "span" : "label";
  // An optional value is left out; a required one that can be null is null.
  const isNull = nullable && value === null;
  const isGiven = value !== undefined && !isNull;
  const canLeaveOut = !required || nullable;
  const problems = useProblems(keys);
  const shows = required ? isGiven || !nullable : isGiven;
  return (
    <div class="field">
      <div class="field-head">
        <span>
          <Label {...(isGroup ? {} : { htmlFor: id })} class="field-name">
            {name}
          </Label>{" "}
          <span class="field-type">{hintOf(schema, root)}</span>
        </span>
        {canLeaveOut ? (
          <label class="note">
            <input
              type="checkbox"
              checked={isGiven}
              aria-label={`Give ${name}`}
              onChange={() =>
                change(isGiven ? (required ? null : undefined) : (defaultValue ?? emptyValue(schema, root)))
              }
            />{" "}
            {required ? "or null" : "optional"}
          </label>
        ) : (
          <span class="note">required</span>
        )}
      </div>
      {description !== "" && <p class="note">{description}</p>}
      {isNull && (
        <p class="note">
          <code>null</code>
        </p>
      )}
      {value === undefined && defaultValue !== undefined && (
        <p class="note">
          Default: <code>{JSON.stringify(defaultValue)}</code>
        </p>
      )}
      {shows && <ValueField {...props} label={name} />}
      {(!shows || isGroup) && <ProblemList problems={problems} id={id} />}
    </div>
  );
}

function ValueField(props: FieldProps): JSX.Element {
  const field = formOf(props.schema, props.root);
  switch (field.kind) {
    case "text":
      return <TextField {...props} {...(field.format === undefined ? {} : { format: field.format })} />;
    case "number":
      return <NumberField {...props} isInteger={field.isInteger} />;
    case "boolean":
      return <BooleanField {...props} />;
    case "choice":
      return <ChoiceField {...props} options={field.options} />;
    case "list":
      return <ListField {...props} items={field.items} />;
    case "union":
      return <UnionField {...props} variants={field.variants} />;
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

function UnionField({ variants, ...props }: FieldProps & { readonly variants: readonly Variant[] }): JSX.Element {
  const { root, value, change, id, label } = props;
  // A value can fit several variants: what was chosen counts as long as the value is edited here.
  const [chosen, setChosen] = useState<number>();
  const at = chosen ?? variantOf(variants, value, root);
  const schema = variants[at]?.schema ?? {};
  return (
    <div class="nested">
      <select
        class="variant"
        aria-label={`Form of ${label}`}
        value={String(at)}
        onChange={({ currentTarget }) => {
          const next = Number(currentTarget.value);
          setChosen(next);
          change(emptyValue(variants[next]?.schema ?? {}, root));
        }}
      >
        {variants.map((variant, index) => (
          <option value={String(index)} selected={index === at}>
            {variant.label}
          </option>
        ))}
      </select>
      <ValueField {...props} schema={schema} id={`${id}-value`} key={at} />
    </div>
  );
}

function ListField({
  value,
  change,
  root,
  id,
  keys,
  label,
  items,
}: FieldProps & { readonly items: Schema }): JSX.Element {
  const all = Array.isArray(value) ? value : [];
  return (
    <div class="nested">
      {all.map((item: unknown, index) => (
        <div class="item">
          <ValueField
            {...{ root, schema: items, value: item, id: `${id}-${index}`, label: `${label} ${index + 1}` }}
            keys={[...keys, index]}
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
