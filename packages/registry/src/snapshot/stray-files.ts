// Files in the prompts folder that look like prompts and are not read, because a prompt's file ends in `.md`.

import { type Diagnostic, diagnose, PROMPT_EXTENSION } from "@cuecard/model";

/**
 * Endings of templates, of prompts for other tools, and of text. Data for prompts (JSON, YAML, images) and code are not
 * listed.
 */
const TEXT =
  /\.(?:prompt|prompty|poml|md|markdown|mdown|mkdn?|mdx|mdc|txt|text|hbs|handlebars|mustache|jinja2?|j2|njk|liquid|ejs|erb|tmpl|gotmpl|tpl|prompt\.ya?ml)$/i;

/** Files without an ending that have another meaning. */
const OTHER = /^(?:Makefile|Dockerfile|CODEOWNERS|OWNERS|NOTICE|COPYING|Justfile)$/;

function kindOf(ending: string): "dotprompt" | "case" | "yaml" | "other" {
  if (ending === ".prompt") return "dotprompt";
  if (ending === PROMPT_EXTENSION) return "case";
  return /\.ya?ml$/.test(ending) ? "yaml" : "other";
}

/**
 * @param path Within the prompts folder. Its name does not end in `.md`.
 * @param hasFile Whether the prompts folder has a file at a path.
 */
export function findStrayFile(
  promptsDir: string,
  path: string,
  hasFile: (path: string) => boolean,
): Diagnostic | undefined {
  const base = path.slice(path.lastIndexOf("/") + 1);
  const [ending] = TEXT.exec(base) ?? (base.includes(".") || OTHER.test(base) ? [] : [""]);
  if (ending === undefined) return undefined;
  const wanted = `${path.slice(0, path.length - ending.length)}${PROMPT_EXTENSION}`;
  const kind = kindOf(ending.toLowerCase());
  // On macOS and Windows, a name in another case is the same file.
  const isTaken = kind !== "case" && hasFile(wanted);
  const file = `${promptsDir}/${path}`;
  const args = { path: file, wanted: `${promptsDir}/${wanted}`, kind, isTaken } as const;
  return diagnose("prompt/not-read", args, { file });
}
