// Names with values, such as tags: one row each.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { FieldChange } from "../../../../dev/protocol.js";
import { isScalar, ScalarField, TextField } from "./text-field.js";

interface MapFieldProps {
  readonly label: string;
  readonly path: readonly string[];
  readonly value: Readonly<Record<string, unknown>>;
  readonly change: (changes: readonly FieldChange[]) => void;
  readonly showText: (() => void) | undefined;
}

export function MapField({ label, path, value, change, showText }: MapFieldProps): JSX.Element {
  const [isAdding, setIsAdding] = useState(false);
  const names = Object.keys(value);
  const checkName = (own: string | undefined) => (name: string) =>
    name === "" && own !== undefined
      ? "A name is needed"
      : name !== own && names.includes(name)
        ? `“${name}” exists already`
        : undefined;
  return (
    <div class="rows">
      {Object.entries(value).map(([name, one]) => (
        <div class="row" key={name}>
          <TextField
            label={`${label}: name`}
            value={name}
            isName
            check={checkName(name)}
            change={(next) => change([{ path: [...path, name], rename: next }])}
          />
          {isScalar(one) || one === null ? (
            <ScalarField
              label={`${label}: ${name}`}
              value={one}
              change={(next) => change([{ path: [...path, name], value: next }])}
            />
          ) : (
            <button type="button" class="link" onClick={showText}>
              Edit it in the text
            </button>
          )}
          <button
            type="button"
            class="remove"
            aria-label={`Remove ${name}`}
            onClick={() =>
              change([names.length === 1 ? { path, remove: true } : { path: [...path, name], remove: true }])
            }
          >
            ×
          </button>
        </div>
      ))}
      {isAdding && (
        <div class="row">
          <TextField
            label={`${label}: name`}
            value=""
            placeholder="name"
            isName
            check={checkName(undefined)}
            change={(name) => {
              if (name !== "") change([{ path: [...path, name], value: "" }]);
              setIsAdding(false);
            }}
          />
        </div>
      )}
      {!isAdding && (
        <button type="button" class="link" onClick={() => setIsAdding(true)}>
          Add to {label.toLowerCase()}
        </button>
      )}
    </div>
  );
}
