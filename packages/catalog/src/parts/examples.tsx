// A version's examples, rendered by its own compiled code when the site was built.

import type { JSX } from "preact";
import type { CatalogExample } from "../source.js";

export function Examples({ examples }: { readonly examples: readonly CatalogExample[] }): JSX.Element {
  return (
    <>
      {examples.map(({ name, input, result }, index) => (
        <details class="file example" open={index === 0}>
          <summary>{name}</summary>
          {"refused" in result ? (
            <p class="callout warning">Not rendered: {result.refused}</p>
          ) : (
            result.messages.map(({ role, text }) => (
              <div class={`message ${role}`}>
                <p class="role">{role}</p>
                <pre>{text}</pre>
              </div>
            ))
          )}
          <details class="input">
            <summary>Input</summary>
            <pre class="code">
              <code>{JSON.stringify(input, undefined, 2)}</code>
            </pre>
          </details>
        </details>
      ))}
    </>
  );
}
