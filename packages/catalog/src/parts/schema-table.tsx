// A schema as a table of its values.

import type { JSX } from "preact";
import { rowId, schemaRows } from "../facts/schema-rows.js";
import { TableFrame } from "./table-frame.js";

interface SchemaTableProps {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly defaults?: Readonly<Record<string, unknown>>;
  readonly label: string;
  /** Rows can be linked to if there is one. */
  readonly idPrefix?: string;
}

export function SchemaTable({ schema, defaults, label, idPrefix }: SchemaTableProps): JSX.Element {
  const rows = schemaRows(schema, defaults);
  if (rows.length === 0) return <p class="note">None.</p>;
  const hasDefaults = rows.some((row) => row.default !== undefined);
  return (
    <TableFrame label={label}>
      <table class="facts">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Type</th>
            <th scope="col">Required</th>
            {hasDefaults && <th scope="col">Default</th>}
            <th scope="col">Description</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr id={idPrefix === undefined ? undefined : rowId(idPrefix, row.path)}>
              <th scope="row">
                <code>{row.path}</code>
              </th>
              <td>
                <code>{row.type}</code>
              </td>
              <td>{row.required ? "yes" : "no"}</td>
              {hasDefaults && <td>{row.default !== undefined && <code>{row.default}</code>}</td>}
              <td>{row.description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
