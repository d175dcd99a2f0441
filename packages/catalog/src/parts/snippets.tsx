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
      <Snippet
        title="TypeScript, only this prompt"
        text={`import { ${exportedName(ref, number)} as prompt } from "${packageName}/${prompt.name}";\n\nprompt.format(${input});`}
        isFolded
      />
      <Snippet title="URI" text={`prompts:/${prompt.name}@${ref}`} />
      <Snippet
        title="Command line"
        text={`npx cuecard render ${prompt.name}@${ref} --input - --messages <<'JSON'\n${input}\nJSON`}
        isFolded
      />
      <Snippet title="Python" text={pythonSnippet(`${prompt.name}@${ref}`, values)} isFolded />
    </>
  );
}

/** Versions always have an export; of aliases, those that are names in JavaScript. */
function exportedName(ref: string, version: number | "working"): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(ref) ? ref : versionRef(version);
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

interface SnippetProps {
  readonly title: string;
  readonly text: string;
  /** Whether it is shown only when its title is opened. */
  readonly isFolded?: boolean;
}

export function Snippet({ title, text, isFolded = false }: SnippetProps): JSX.Element {
  const code = (
    <pre class="code">
      <code>{text}</code>
    </pre>
  );
  const copy = (
    <button type="button" class="copy" aria-label={`Copy: ${title}`} hidden>
      Copy
    </button>
  );
  return isFolded ? (
    <details class="snippet">
      <summary>{title}</summary>
      <p class="snippet-title">{copy}</p>
      {code}
    </details>
  ) : (
    <div class="snippet">
      <p class="snippet-title">
        {title}
        {copy}
      </p>
      {code}
    </div>
  );
}
