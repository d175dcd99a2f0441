// Names with values, such as tags: one row each.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { FieldChange } from "../../../../dev/protocol.js";
import { isRecord } from "../../../is-record.js";
import type { ChangeFields } from "../use-front-matter.js";
import { isScalar, ScalarField, TextField } from "./text-field.js";

interface MapFieldProps {
  readonly label: string;
  /** The key in the front matter. */
  readonly name: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly change: ChangeFields;
  readonly showText: (() => void) | undefined;
}

export function MapField({ label, name: key, value, change, showText }: MapFieldProps): JSX.Element {
  const [isAdding, setIsAdding] = useState(false);
  const names = Object.keys(value);
  /** @param at Which entry; it can have another name by now. */
  const write = (at: number, what: string, changes: (name: string, all: readonly string[]) => FieldChange) =>
    change(`${key} ${at} ${what}`, (fields) => {
      const now = fields[key];
      const all = isRecord(now) ? Object.keys(now) : [];
      const name = all[at];
      return name === undefined ? [] : [changes(name, all)];
    });
  const checkName = (own: string | undefined) => (name: string) =>
    name === "" && own !== undefined
      ? "A name is needed"
      : name !== own && names.includes(name)
        ? `“${name}” exists already`
        : undefined;
  return (
    <div class="rows">
      {Object.entries(value).map(([name, one], at) => (
        <div class="row" key={at}>
          <TextField
            label={`${label}: name`}
            value={name}
            isName
            check={checkName(name)}
            change={(next) => write(at, "name", (now) => ({ path: [key, now], rename: next }))}
          />
          {isScalar(one) || one === null ? (
            <ScalarField
              label={`${label}: ${name}`}
              value={one}
              change={(next) => write(at, "value", (now) => ({ path: [key, now], value: next }))}
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
              write(at, "remove", (now, all) => ({ path: all.length === 1 ? [key] : [key, now], remove: true }))
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
              if (name !== "") change(`${key} add`, () => [{ path: [key, name], value: "" }]);
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
