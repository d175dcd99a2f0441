// Named values as a table.

import type { JSX } from "preact";
import { TableFrame } from "./table-frame.js";

interface ValueTableProps {
  readonly values: Readonly<Record<string, unknown>>;
  readonly label: string;
}

export function ValueTable({ values, label }: ValueTableProps): JSX.Element {
  return (
    <TableFrame label={label}>
      <table class="facts values">
        <tbody>
          {Object.entries(values).map(([name, value]) => (
            <tr>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>
                <code>{typeof value === "string" ? value : JSON.stringify(value)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
