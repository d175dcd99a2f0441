// The name of a prompt, which can be long.

import type { JSX } from "preact";

/** A long name may break after a separator. */
export function BreakableName({ name }: { readonly name: string }): JSX.Element {
  const parts = name.split(/(?<=[/_.-])/);
  return (
    <>
      {parts.map((part, index) => (
        <>
          {index > 0 && <wbr />}
          {part}
        </>
      ))}
    </>
  );
}
