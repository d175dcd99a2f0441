// What differs between examples as two versions render them.

import type { JSX } from "preact";
import type { CatalogExampleChange, CatalogExampleSide } from "../source.js";
import { DiffView } from "./diff-view.js";
import { TokenChange } from "./token-change.js";

export function ExampleChanges({ examples }: { readonly examples: readonly CatalogExampleChange[] }): JSX.Element {
  return (
    <>
      {examples.map((example) => (
        <ExampleChange {...example} />
      ))}
    </>
  );
}

function ExampleChange({ name, before, after, messages }: CatalogExampleChange): JSX.Element {
  const changed = messages.filter(({ change }) => change !== "same");
  return (
    <div class="example-change">
      <h3>
        {name} <Tokens before={before} after={after} />
      </h3>
      <Refused side={before} what="before" />
      <Refused side={after} what="after" />
      {messages.length > 0 && changed.length === 0 && <p class="note">It renders the same.</p>}
      {changed.map((message) => (
        <>
          <p class="role">{message.role}</p>
          <DiffView
            before={message.before}
            after={message.after}
            layout="unified"
            label={`Changes of the example ${name}, ${message.role}`}
          />
        </>
      ))}
    </div>
  );
}

function Tokens({ before, after }: Pick<CatalogExampleChange, "before" | "after">): JSX.Element | null {
  if (before === undefined || after === undefined || "refused" in before || "refused" in after) return null;
  return (
    <span class="note">
      <TokenChange before={before.tokens} after={after.tokens} /> tokens
    </span>
  );
}

function Refused({
  side,
  what,
}: {
  readonly side: CatalogExampleSide | undefined;
  readonly what: string;
}): JSX.Element | null {
  if (side === undefined) return <p class="note">It does not exist {what}.</p>;
  if (!("refused" in side)) return null;
  return (
    <p class="callout warning">
      Not rendered {what}: {side.refused}
    </p>
  );
}
