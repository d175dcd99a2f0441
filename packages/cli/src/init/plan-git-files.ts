// What `init` adds to the files with rules for git and Prettier about the project's files.

import { LOCK_FILE, SCORES_EXTENSION } from "@cuecard/project";
import { appendLines } from "./append-lines.js";
import { type Facts, relative } from "./facts.js";
import { PRETTIER_IGNORE } from "./find-prettier.js";
import type { InitStep } from "./init-plan.js";

export function planGitignore({ texts, config }: Facts): InitStep {
  const file = ".gitignore";
  const line = `/${config.out === "." ? "" : `${config.out}/`}dist*/`;
  const text = texts.get(file);
  const about = `ignores ${config.out}/dist, which is generated`;
  if (text === undefined) return { kind: "create", file, text: `node_modules/\n${line}\n`, about };
  if (text.split(/\r?\n/).includes(line)) return { kind: "keep", file };
  return { kind: "change", file, text: appendLines(text, [line]), about };
}

/** A formatter must not rewrite prompts: their text is what models read. */
export function planPrettierIgnore(folder: string, { dir, config, texts }: Facts): InitStep {
  const file = relative(dir, folder) + PRETTIER_IGNORE;
  const text = texts.get(file);
  const prompts = relative(folder, dir) + config.prompts;
  const same = new Set([prompts, `${prompts}/`, `${prompts}/**`].flatMap((line) => [line, `/${line}`]));
  if (text?.split(/\r?\n/).some((line) => same.has(line.trim())) === true) return { kind: "keep", file };
  const edited = appendLines(text ?? "", [`/${prompts}/`]);
  const about = "Prettier leaves prompts as they are: a rewrite would change their text";
  return { kind: text === undefined ? "create" : "change", file, text: edited, about };
}

/** Files whose lines are only ever added merge by keeping the lines of both sides. */
export function planGitattributes({ texts }: Facts): InitStep {
  const file = ".gitattributes";
  const text = texts.get(file) ?? "";
  const known = new Set(text.split(/\r?\n/).map((line) => line.split(/\s+/, 1)[0]));
  const added = [LOCK_FILE, `*${SCORES_EXTENSION}`].filter((pattern) => !known.has(pattern));
  if (added.length === 0) return { kind: "keep", file };
  const edited = appendLines(
    text,
    added.map((pattern) => `${pattern} merge=union`),
  );
  const about = `git merges ${added.join(" and ")} by keeping the lines of both sides`;
  return { kind: texts.has(file) ? "change" : "create", file, text: edited, about };
}
