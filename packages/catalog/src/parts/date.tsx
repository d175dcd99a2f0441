// A date as the site shows it: the day in UTC, with the time in a tooltip. Builds of one commit are the same everywhere.

import type { JSX } from "preact";

export function DateText({ date }: { readonly date: string }): JSX.Element {
  const time = new Date(date);
  if (Number.isNaN(time.getTime())) return <span>{date}</span>;
  const iso = time.toISOString();
  return (
    <time dateTime={iso} title={`${iso.slice(0, 16).replace("T", " ")} UTC`}>
      {iso.slice(0, 10)}
    </time>
  );
}
