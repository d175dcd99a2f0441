// The examples of a prompt: a name, and a value for each input.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { KnownVariable } from "../../../../dev/protocol.js";
import { isRecord } from "../../../is-record.js";
import { JsonField } from "../../../playground/inputs.js";
import type { ChangeFields } from "../use-front-matter.js";
import { isScalar, ScalarField, TextField } from "./text-field.js";

interface ExamplesFieldProps {
  /** Of the key `examples`. */
  readonly value: unknown;
  readonly change: ChangeFields;
  readonly variables: readonly KnownVariable[];
}

export function ExamplesField({ value, change, variables }: ExamplesFieldProps): JSX.Element {
  const examples = (Array.isArray(value) ? value : []).map((example: unknown) => (isRecord(example) ? example : {}));
  const [opened, setOpened] = useState<number>();
  const add = () => {
    const input = Object.fromEntries(variables.filter(({ optional }) => optional !== true).map(startOf));
    change("examples", (fields) => {
      const { length } = Array.isArray(fields["examples"]) ? fields["examples"] : [];
      return [{ path: ["examples", length], value: { name: `example ${length + 1}`, input } }];
    });
    setOpened(examples.length);
  };
  return (
    <>
      <p class="field-title">Examples</p>
      {examples.map((example, at) => (
        <Example
          {...{ example, at, change, variables }}
          isOpen={opened === at}
          isOnly={examples.length === 1}
          key={at}
        />
      ))}
      <button type="button" class="link" onClick={add}>
        Add an example
      </button>
    </>
  );
}

interface ExampleProps extends Pick<ExamplesFieldProps, "change" | "variables"> {
  readonly example: Readonly<Record<string, unknown>>;
  readonly at: number;
  readonly isOpen: boolean;
  readonly isOnly: boolean;
}

function Example({ example, at, change, variables, isOpen, isOnly }: ExampleProps): JSX.Element {
  const name = String(example["name"] ?? "");
  const input = isRecord(example["input"]) ? example["input"] : {};
  const path = ["examples", at] as const;
  const known = variables.filter((variable) => !Object.hasOwn(input, variable.name));
  const set = (key: string, next: unknown) =>
    change(`example ${at} ${key}`, () => [{ path: [...path, "input", key], value: next }]);
  const remove = () =>
    change(`example ${at}`, () => [isOnly ? { path: ["examples"], remove: true } : { path, remove: true }]);
  return (
    <details class="file example" open={isOpen}>
      <summary>{name}</summary>
      <div class="row">
        <TextField
          label={`Name of example ${at + 1}`}
          value={name}
          check={(text) => (text === "" ? "A name is needed" : undefined)}
          change={(text) => change(`example ${at}`, () => [{ path: [...path, "name"], value: text }])}
        />
        <button type="button" class="remove" aria-label={`Remove example ${name}`} onClick={remove}>
          ×
        </button>
      </div>
      {Object.entries(input).map(([key, one]) => (
        <div class="field" key={key}>
          <p class="field-name">{key}</p>
          {isScalar(one) ? (
            <ScalarField label={`${key} of ${name}`} value={one} isLong change={(next) => set(key, next)} />
          ) : (
            <JsonField
              id={`example-${at}-${key}`}
              label={`${key} of ${name}, as JSON`}
              value={one}
              change={(next) => set(key, next)}
            />
          )}
        </div>
      ))}
      {known.length > 0 && (
        <p class="note">
          Add a value for:{" "}
          {known.map((variable) => (
            <>
              <button type="button" class="link" onClick={() => set(variable.name, startOf(variable)[1])}>
                {variable.name}
              </button>{" "}
            </>
          ))}
        </p>
      )}
      {("expect" in example || "expected" in example) && (
        <p class="note">What it expects of the answer is in the text.</p>
      )}
    </details>
  );
}

/** A value to begin with, by the type as the compiler names it. */
function startOf({ name, type }: KnownVariable): [name: string, value: unknown] {
  if (type === "number" || type === "integer") return [name, 0];
  if (type === "boolean") return [name, false];
  if (/^list|\[\]$/.test(type)) return [name, []];
  return [name, /^object/.test(type) ? {} : "…"];
}
