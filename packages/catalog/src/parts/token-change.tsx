// How a number of tokens changes.

import type { JSX } from "preact";

export function TokenChange({ before, after }: { readonly before: number; readonly after: number }): JSX.Element {
  const print = (value: number) => value.toLocaleString("en-US");
  if (before === after) return <>{print(after)}</>;
  const change = after - before;
  return (
    <>
      {print(before)} → {print(after)}{" "}
      <span class="by">
        {change > 0 ? "+" : "−"}
        {before === 0 ? print(Math.abs(change)) : `${Math.round((Math.abs(change) / before) * 100)}%`}
      </span>
    </>
  );
}
