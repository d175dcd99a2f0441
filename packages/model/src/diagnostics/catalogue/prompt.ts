// Findings about prompt files and the versions made of them.

import type { Finding } from "../finding.js";

export const prompt = {
  "prompt/invalid-name": {
    severity: "error",
    stage: "read",
    about:
      "A Markdown file under the prompts folder has a name that cannot be a prompt's (it must make a legal git tag).",
    message: ({ name, problem }) => `"${name}" cannot be a prompt's name: ${problem}`,
    hint: "rename the file",
  } as Finding<{ name: string; problem: string }>,
  "prompt/case-conflict": {
    severity: "error",
    stage: "read",
    about: "Two prompts' names differ only in case; on macOS and Windows they would be one file and one tag.",
    message: ({ name, other }) => `"${name}" and "${other}" differ only in case`,
    hint: "rename one of them",
  } as Finding<{ name: string; other: string }>,
  "prompt/not-a-file": {
    severity: "error",
    stage: "read",
    about: "A prompt or partial is a symbolic link, a folder or a submodule; only regular files are read.",
    message: ({ what }) => `this is ${what}, not a regular file`,
    hint: "put the text itself here; share text with a partial (`_name.md`, `{{> name}}`)",
  } as Finding<{ what: string }>,
  "prompt/not-text": {
    severity: "error",
    stage: "read",
    about: "A prompt file is not UTF-8 text, or is a Git LFS pointer.",
    message: ({ problem }) => `this file is not text: ${problem}`,
  } as Finding<{ problem: string }>,
  "prompt/too-large": {
    severity: "error",
    stage: "read",
    about: "A prompt or partial is larger than Cuecard reads.",
    message: ({ bytes, limit }) => `this file has ${bytes} bytes; at most ${limit} are read`,
    hint: "put long material into an input variable",
  } as Finding<{ bytes: number; limit: number }>,
  "prompt/unreleased": {
    severity: "info",
    stage: "read",
    about: "A prompt has no version yet, so services cannot load it except from the working tree.",
    message: ({ name }) => `${name} has no version yet`,
    hint: ({ name }) => `release it: \`cuecard release ${name}\`; or build with --working`,
  } as Finding<{ name: string }>,
  "prompt/file-deleted": {
    severity: "warning",
    stage: "read",
    about:
      "An alias points at a prompt whose file was deleted or renamed: the prompt is retired. Its versions can still be loaded.",
    message: ({ name, alias, path, became }) =>
      became === undefined
        ? `${name}@${alias} points at a retired prompt: there is no ${path}`
        : `${name}@${alias} points at a prompt that was renamed to ${became}`,
    hint: ({ path, became }) =>
      became === undefined
        ? `remove the alias when no code loads it any more (\`cuecard usages\`), or restore ${path}`
        : `give ${became} the alias, and remove this one when no code loads it any more (\`cuecard usages\`)`,
  } as Finding<{ name: string; alias: string; path: string; became: string | undefined }>,
  "prompt/deleted-in-use": {
    severity: "warning",
    stage: "plan",
    about:
      "Code loads a prompt whose file was deleted or renamed. Its versions can still be loaded; there will be no new ones.",
    message: ({ name, path }) => `this loads ${name}, whose file was deleted: there is no ${path}`,
    hint: ({ path }) => `load another prompt, or restore ${path}`,
  } as Finding<{ name: string; path: string }>,
  "prompt/rename-conflict": {
    severity: "error",
    stage: "read",
    about: "`renamed_from` names a prompt that another one claims to have been, or that claims to have been this one.",
    message: ({ name, old, problem }) => `${name} cannot have been renamed from "${old}": ${problem}`,
    hint: "one prompt goes on with a name's history: remove `renamed_from` from the others",
  } as Finding<{ name: string; problem: string; old: string }>,
  "version/left-out": {
    severity: "warning",
    stage: "compile",
    about:
      "A released version has errors, of which the first is named. No alias points at it and it is not the latest, so the build goes on without it.",
    message: ({ tag, first, others }) =>
      `${tag} is left out of the package: ${first}${others === 0 ? "" : ` (and ${others} more)`}`,
    hint: ({ tag }) =>
      `released versions never change: keep it unused, or release a corrected one; \`cuecard show ${tag}\` tells all`,
  } as Finding<{ tag: string; first: string; others: number }>,
};
