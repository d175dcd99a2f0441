// A template in color, with its partials and variables as links.

import type { JSX } from "preact";
import { templateParts } from "../facts/template-parts.js";

interface TemplateViewProps {
  readonly template: string;
  /** The element that shows a partial; `undefined` if the page has none. */
  readonly partialId?: (name: string) => string | undefined;
  /** The element that shows a variable of the input; `undefined` if the page has none. */
  readonly inputId?: (name: string) => string | undefined;
}

export function TemplateView({ template, partialId, inputId }: TemplateViewProps): JSX.Element {
  return (
    <pre class="code template">
      <code>
        {templateParts(template).map(({ kind, text, name }) => {
          if (kind === "text") return text;
          const id = name === undefined ? undefined : kind === "partial" ? partialId?.(name) : inputId?.(name);
          if (id !== undefined)
            return (
              <a class={`t-${kind}`} href={`#${id}`}>
                {text}
              </a>
            );
          return <span class={`t-${kind}`}>{text}</span>;
        })}
      </code>
    </pre>
  );
}
