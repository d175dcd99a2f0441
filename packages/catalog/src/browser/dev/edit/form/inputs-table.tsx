// The inputs of a prompt as a table.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { FieldChange, KnownVariable } from "../../../../dev/protocol.js";
import { isRecord } from "../../../is-record.js";
import type { ChangeFields, CurrentFields } from "../use-front-matter.js";
import { CheckField, ChoiceField } from "./choice-fields.js";
import {
  addRow,
  CHOICE,
  changeRow,
  type InputRow,
  type Inputs,
  readInputs,
  removeRow,
  SIMPLE_TYPES,
  setDefault,
} from "./inputs.js";
import { isScalar, ScalarField, TextField } from "./text-field.js";

interface InputsTableProps {
  /** Of the key `input`. */
  readonly value: unknown;
  readonly change: ChangeFields;
  /** What the template uses. */
  readonly variables: readonly KnownVariable[];
}

export function InputsTable({ value, change, variables }: InputsTableProps): JSX.Element {
  const inputs = readInputs(value);
  const { style, rows } = inputs;
  return (
    <>
      <p class="field-title">Inputs</p>
      {style === "text" && <p class="note">This schema can be edited only in the text.</p>}
      {style === "none" && <Inferred {...{ variables, change }} />}
      {rows.length > 0 && (
        <table class="inputs" aria-label="Inputs">
          <colgroup>
            <col />
            <col />
            <col />
            <col />
            <col />
            <col />
          </colgroup>
          <thead>
            <tr>
              {["Name", "Type", "Required", "Description", "Default"].map((title) => (
                <th scope="col">{title}</th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <Row {...{ row, inputs, at, change }} key={at} />
            ))}
          </tbody>
        </table>
      )}
      {style !== "text" && <Add {...{ inputs, change }} />}
    </>
  );
}

interface RowProps {
  readonly row: InputRow;
  /** Which row it is. */
  readonly at: number;
  readonly inputs: Inputs;
  readonly change: ChangeFields;
}

function Row({ row, at, inputs, change }: RowProps): JSX.Element {
  const { name, type, isSimple, description, isRequired, options } = row;
  const byDefault = inputs.defaults[name];
  const write = (
    what: string,
    changes: (inputs: Inputs, row: InputRow, fields: CurrentFields) => readonly FieldChange[],
  ) =>
    change(`input ${at} ${what}`, (fields) => {
      const now = readInputs(fields["input"]);
      const own = now.rows[at];
      return own === undefined ? [] : changes(now, own, fields);
    });
  const edit = (part: Partial<InputRow>) =>
    write(Object.keys(part).join(), (now, own) => changeRow(now, at, { ...own, ...part }));
  const rename = (next: string) =>
    write("name", (now, own, { examples }) => [
      ...changeRow(now, at, { ...own, name: next }),
      ...renameInExamples(examples, own.name, next),
    ]);
  const canDefault = isSimple && (byDefault === undefined || isScalar(byDefault));
  return (
    <tr>
      <td data-label="Name">
        <TextField
          label={`Name of ${name}`}
          value={name}
          isName
          check={(next) => nameProblem(next, name, inputs)}
          change={rename}
        />
      </td>
      <td data-label="Type">
        {isSimple ? <TypeChoice {...{ row, edit }} /> : <span class="type">{type}</span>}
        {type === CHOICE && (
          <TextField
            label={`Choices of ${name}`}
            value={(options ?? []).join(", ")}
            isLong
            change={(text) => edit({ options: splitList(text) })}
          />
        )}
      </td>
      <td data-label="Required">
        <CheckField label={`${name} is required`} value={isRequired} change={(next) => edit({ isRequired: next })} />
      </td>
      <td data-label="Description">
        <TextField
          label={`Description of ${name}`}
          value={description}
          isLong
          check={(text) => (text.includes("\n") ? "One line, please" : undefined)}
          change={(text) => edit({ description: text.trimStart() })}
        />
      </td>
      <td data-label="Default">
        {canDefault ? (
          <ScalarField
            label={`Default of ${name}`}
            value={byDefault}
            change={(next) =>
              write("default", ({ defaults }, own) => setDefault(defaults, own.name, next === "" ? undefined : next))
            }
          />
        ) : (
          <span class="note">{byDefault === undefined ? "–" : "in the text"}</span>
        )}
      </td>
      <td>
        <button type="button" class="remove" aria-label={`Remove ${name}`} onClick={() => write("remove", removeRow)}>
          ×
        </button>
      </td>
    </tr>
  );
}

interface TypeChoiceProps {
  readonly row: InputRow;
  readonly edit: (part: Partial<InputRow>) => void;
}

function TypeChoice({ row: { name, type, options }, edit }: TypeChoiceProps): JSX.Element {
  const isNewChoice = (next: string) => next === CHOICE && options === undefined;
  return (
    <ChoiceField
      label={`Type of ${name}`}
      value={type}
      options={[...SIMPLE_TYPES, CHOICE]}
      change={(next) => edit({ type: next, ...(isNewChoice(next) ? { options: ["yes", "no"] } : {}) })}
    />
  );
}

function Inferred({ variables, change }: Pick<InputsTableProps, "variables" | "change">): JSX.Element {
  if (variables.length === 0) return <p class="note">The template uses no variables.</p>;
  const describe = () =>
    change("inputs", () =>
      variables.map(({ name, type }) => ({ path: ["input", "schema", name], value: simpleType(type) })),
    );
  return (
    <p class="note">
      Inferred from the template: <code>{variables.map(({ name }) => name).join(", ")}</code>.{" "}
      <button type="button" class="link" onClick={describe}>
        Describe them
      </button>
    </p>
  );
}

function Add({ inputs, change }: Pick<RowProps, "inputs" | "change">): JSX.Element {
  const [isOpen, setIsOpen] = useState(false);
  if (!isOpen)
    return (
      <button type="button" class="link" onClick={() => setIsOpen(true)}>
        Add an input
      </button>
    );
  return (
    <div class="row">
      <TextField
        label="Name of the new input"
        value=""
        placeholder="name"
        isName
        check={(name) => (name === "" ? undefined : nameProblem(name, undefined, inputs))}
        change={(name) => {
          if (name !== "") change("input add", ({ input }) => addRow(readInputs(input), { name, type: "string" }));
          setIsOpen(false);
        }}
      />
    </div>
  );
}

function nameProblem(name: string, own: string | undefined, { rows }: Inputs): string | undefined {
  if (name === own) return undefined;
  if (!/^[A-Za-z_][\w-]*$/.test(name)) return "Letters, digits, “_” and “-”, beginning with a letter";
  return rows.some((row) => row.name === name) ? `“${name}” exists already` : undefined;
}

function renameInExamples(examples: unknown, from: string, to: string): FieldChange[] {
  if (!Array.isArray(examples)) return [];
  return examples.flatMap((example: unknown, index) => {
    const input = isRecord(example) ? example["input"] : undefined;
    return isRecord(input) && Object.hasOwn(input, from)
      ? [{ path: ["examples", index, "input", from], rename: to }]
      : [];
  });
}

function splitList(text: string): string[] {
  return text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

function simpleType(type: string): string {
  return (SIMPLE_TYPES as readonly string[]).includes(type) ? type : "any";
}
