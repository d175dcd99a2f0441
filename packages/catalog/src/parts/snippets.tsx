// How to load a prompt: to be copied into code, settings and terminals.

import { versionRef } from "@cuecard/model";
import type { JSX } from "preact";
import { toPython } from "../facts/to-python.js";
import type { CatalogPrompt, CatalogVersion } from "../source.js";

interface SnippetsProps {
  readonly packageName: string;
  readonly prompt: CatalogPrompt;
  readonly version: CatalogVersion;
}

export function Snippets({ packageName, prompt, version }: SnippetsProps): JSX.Element {
  const { version: number, content } = version.compiled;
  const alias = prompt.aliases.find(({ arms }) => arms.length === 1 && arms[0]?.version === number)?.alias;
  const ref = alias ?? versionRef(number);
  const values = content.examples[0]?.input ?? sampleInput(content.variables);
  const input = JSON.stringify(values, undefined, 2);
  return (
    <>
      <Snippet
        title="TypeScript"
        text={`import { load } from "${packageName}";\n\nconst prompt = load("${prompt.name}", "${ref}");\nprompt.format(${input});`}
      />
      <Snippet title="URI" text={`prompts:/${prompt.name}@${ref}`} />
      <Snippet
        title="Command line"
        text={`npx cuecard render ${prompt.name}@${ref} --input - --messages <<'JSON'\n${input}\nJSON`}
      />
      <Snippet title="Python, through the command line" text={pythonSnippet(`${prompt.name}@${ref}`, values)} />
    </>
  );
}

/** There is no package for Python: a program there runs the command line, or reads manifest.json. */
function pythonSnippet(reference: string, values: Readonly<Record<string, unknown>>): string {
  return `import json
import subprocess

values = ${toPython(values)}
command = ["npx", "cuecard", "render", ${toPython(reference)}, "--input", "-", "--messages"]
messages = json.loads(subprocess.check_output(command, input=json.dumps(values), text=True))`;
}

function sampleInput(variables: readonly string[]): Record<string, string> {
  return Object.fromEntries(variables.map((name) => [name, "…"]));
}

export function Snippet({ title, text }: { readonly title: string; readonly text: string }): JSX.Element {
  return (
    <div class="snippet">
      <p class="snippet-title">
        {title}
        <button type="button" class="copy" hidden>
          Copy
        </button>
      </p>
      <pre class="code">
        <code>{text}</code>
      </pre>
    </div>
  );
}
