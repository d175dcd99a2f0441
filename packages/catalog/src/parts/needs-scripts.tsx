// What is in the place of a part that scripts draw: it is seen if they do not run.

import type { JSX } from "preact";

export function NeedsScripts({ what }: { readonly what: string }): JSX.Element {
  return (
    <p class="note pending">
      {what} requires JavaScript, and a web server: pages that are opened as files cannot load scripts. Serve the
      folder, for example with <code>npx serve site</code>.
    </p>
  );
}
