// The inputs of a prompt as a table.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { FieldChange, KnownVariable } from "../../../../dev/protocol.js";
import {
  addRow,
  CHOICE,
  changeRow,
  type InputRow,
  type Inputs,
  isData,
  readInputs,
  removeRow,
  SIMPLE_TYPES,
  setDefault,
} from "./inputs.js";
import { isScalar, ScalarField, TextField } from "./text-field.js";

interface InputsTableProps {
  /** Of the key `input`. */
  readonly value: unknown;
  /** Of the key `examples`: they follow when an input gets another name. */
  readonly examples: unknown;
  readonly change: (changes: readonly FieldChange[]) => void;
  /** What the template uses. */
  readonly variables: readonly KnownVariable[];
}

export function InputsTable({ value, examples, change, variables }: InputsTableProps): JSX.Element {
  const inputs = readInputs(value);
  const { style, rows } = inputs;
  const write = (at: number, next: InputRow) => {
    const old = rows[at]?.name ?? "";
    change([...changeRow(inputs, at, next), ...(old === next.name ? [] : renameInExamples(examples, old, next.name))]);
  };
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
              <Row {...{ row, inputs, change }} write={(next) => write(at, next)} key={at} />
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
  readonly inputs: Inputs;
  readonly change: (changes: readonly FieldChange[]) => void;
  readonly write: (next: InputRow) => void;
}

function Row({ row, inputs, change, write }: RowProps): JSX.Element {
  const { name, type, isSimple, description, isRequired, options } = row;
  const byDefault = inputs.defaults[name];
  const canDefault = isSimple && (byDefault === undefined || isScalar(byDefault));
  return (
    <tr>
      <td data-label="Name">
        <TextField
          label={`Name of ${name}`}
          value={name}
          isName
          check={(next) => nameProblem(next, name, inputs)}
          change={(next) => write({ ...row, name: next })}
        />
      </td>
      <td data-label="Type">
        {isSimple ? <TypeChoice {...{ row, write }} /> : <span class="type">{type}</span>}
        {type === CHOICE && (
          <TextField
            label={`Choices of ${name}`}
            value={(options ?? []).join(", ")}
            change={(text) => write({ ...row, options: splitList(text) })}
          />
        )}
      </td>
      <td data-label="Required">
        <input
          type="checkbox"
          aria-label={`${name} is required`}
          checked={isRequired}
          onChange={() => write({ ...row, isRequired: !isRequired })}
        />
      </td>
      <td data-label="Description">
        <TextField
          label={`Description of ${name}`}
          value={description}
          isLong
          check={(text) => (text.includes("\n") ? "One line, please" : undefined)}
          change={(text) => write({ ...row, description: text.trimStart() })}
        />
      </td>
      <td data-label="Default">
        {canDefault ? (
          <ScalarField
            label={`Default of ${name}`}
            value={byDefault}
            change={(next) => change(setDefault(inputs.defaults, name, next === "" ? undefined : next))}
          />
        ) : (
          <span class="note">{byDefault === undefined ? "–" : "in the text"}</span>
        )}
      </td>
      <td>
        <button
          type="button"
          class="remove"
          aria-label={`Remove ${name}`}
          onClick={() => change(removeRow(inputs, row))}
        >
          ×
        </button>
      </td>
    </tr>
  );
}

function TypeChoice({ row, write }: Pick<RowProps, "row" | "write">): JSX.Element {
  const choose = (type: string) =>
    write({ ...row, type, ...(type === CHOICE && row.options === undefined ? { options: ["yes", "no"] } : {}) });
  return (
    <select aria-label={`Type of ${row.name}`} value={row.type} onChange={(event) => choose(event.currentTarget.value)}>
      {[...SIMPLE_TYPES, CHOICE].map((type) => (
        <option value={type} selected={type === row.type}>
          {type}
        </option>
      ))}
    </select>
  );
}

function Inferred({ variables, change }: Pick<InputsTableProps, "variables" | "change">): JSX.Element {
  if (variables.length === 0) return <p class="note">The template uses no variables.</p>;
  const describe = () =>
    change(variables.map(({ name, type }) => ({ path: ["input", "schema", name], value: simpleType(type) })));
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
          if (name !== "") change(addRow(inputs, { name, type: "string" }));
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
    const input = isData(example) ? example["input"] : undefined;
    return isData(input) && Object.hasOwn(input, from)
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
