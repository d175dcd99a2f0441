// A field of the front matter by the kind of its value: a text, a choice, a few names with values; everything else is left to the text.

import type { JSX } from "preact";
import type { Field } from "../../../../dev/protocol.js";
import { isRecord } from "../../../is-record.js";
import type { ChangeFields } from "../use-front-matter.js";
import { CheckField, ChoiceField } from "./choice-fields.js";
import { MapField } from "./map-field.js";
import { isScalar, TextField } from "./text-field.js";
import { titleOf } from "./titles.js";

interface PlainFieldProps {
  readonly field: Field;
  readonly change: ChangeFields;
  /** Shows where it is written; `undefined` if it is not written. */
  readonly showText: (() => void) | undefined;
}

export function PlainField({ field, change, showText }: PlainFieldProps): JSX.Element {
  const { key, schema, value } = field;
  const id = `field-${key}`;
  const label = titleOf(key);
  const kind = kindOf(field);
  const set = (next: unknown) =>
    change(key, () => [next === "" ? { path: [key], remove: true } : { path: [key], value: next }]);
  const description = typeof schema["description"] === "string" ? schema["description"] : undefined;
  const Label = kind === "map" || kind === "other" ? "p" : "label";
  return (
    <>
      <Label {...(Label === "label" ? { htmlFor: id } : {})} class="field-title">
        {label}
      </Label>
      {key !== "description" && description !== undefined && <p class="note">{withCode(description)}</p>}
      {kind === "text" && (
        <TextField {...{ id, label }} value={String(value ?? "")} isLong={key === "description"} change={set} />
      )}
      {kind === "boolean" && <CheckField {...{ id, label }} value={value === true} change={set} />}
      {kind === "choice" && (
        <ChoiceField
          {...{ id, label }}
          value={String(value ?? "")}
          options={["", ...(schema["enum"] as readonly unknown[]).map(String)]}
          change={set}
        />
      )}
      {kind === "map" && (
        <MapField label={label} name={key} value={isRecord(value) ? value : {}} change={change} showText={showText} />
      )}
      {kind === "other" && (
        <p class="note">
          {value === undefined ? (
            <>
              Not set. Write <code>{key}:</code> in the text to set it.
            </>
          ) : (
            <button type="button" class="link" onClick={showText}>
              Edit it in the text
            </button>
          )}
        </p>
      )}
    </>
  );
}

/** Descriptions have code between backticks. */
function withCode(text: string): (string | JSX.Element)[] {
  return text.split("`").map((part, index) => (index % 2 === 0 ? part : <code>{part}</code>));
}

function kindOf({ schema, value }: Field): "text" | "boolean" | "choice" | "map" | "other" {
  if (Array.isArray(schema["enum"]) && (value === undefined || schema["enum"].includes(value))) return "choice";
  const types = [schema["type"]].flat();
  if (types.includes("object") && schema["properties"] === undefined && (value === undefined || isRecord(value)))
    return "map";
  if (types[0] === "string" && (value === undefined || typeof value === "string")) return "text";
  if (types[0] === "boolean" && (value === undefined || typeof value === "boolean")) return "boolean";
  return isScalar(value) ? "text" : "other";
}
