// A template in color, with its partials as links.

import type { JSX } from "preact";
import { templateParts } from "../facts/template-parts.js";

interface TemplateViewProps {
  readonly template: string;
  /** The element that shows a partial; `undefined` if the page has none. */
  readonly partialId?: (name: string) => string | undefined;
}

export function TemplateView({ template, partialId }: TemplateViewProps): JSX.Element {
  return (
    <pre class="code template">
      <code>
        {templateParts(template).map(({ kind, text, name }) => {
          if (kind === "text") return text;
          const id = name === undefined ? undefined : partialId?.(name);
          if (id !== undefined)
            return (
              <a class="t-partial" href={`#${id}`}>
                {text}
              </a>
            );
          return <span class={`t-${kind}`}>{text}</span>;
        })}
      </code>
    </pre>
  );
}
