// Findings about prompt files and the versions made of them.

import type { Finding } from "./finding.js";
import { nameSome, quoteForShell } from "./words.js";

/** What to do with texts in other encodings. */
const SAVE_AS_UTF8 = {
  "UTF-16":
    "save it as UTF-8: in an editor, or in PowerShell with `Set-Content -Encoding utf8` instead of `>`, which writes UTF-16",
  "UTF-32": "save it as UTF-8",
  "Latin-1":
    "save it as UTF-8; if its encoding is Latin-1 (Windows-1252), `iconv -f WINDOWS-1252 -t UTF-8 old.md > new.md` converts it",
} as const;

export const prompt = {
  "prompt/invalid-name": {
    severity: "error",
    stage: "read",
    about:
      "The path of a Markdown file in the prompts folder is not a valid prompt name. Names become git tags, so they must be valid there.",
    message: ({ name, problem }) => `"${name}" is not a valid prompt name: ${problem}`,
    hint: "rename the file",
  } as Finding<{ name: string; problem: string }>,
  "prompt/none-found": {
    severity: "error",
    stage: "read",
    about:
      "The project has no prompt and no version, so there is nothing to check or build. Usually the command runs in the wrong folder. `cuecard build` writes nothing then.",
    message: ({ folder, exists }) =>
      exists
        ? `there are no prompts: ${folder} contains no .md file that is a prompt, and no git tag is a version`
        : `there are no prompts: the folder ${folder} does not exist, and no git tag is a version`,
    hint: ({ path, above }) =>
      above === undefined
        ? `create ${path}/hello.md, or run \`cuecard init\`; if the prompts are elsewhere, pass the project's folder with \`--cwd\`, or set "prompts" in cuecard.config.json`
        : `the project is in ${above}: pass \`--cwd ${quoteForShell(above)}\``,
  } as Finding<{
    /** The prompts folder, absolute, and relative to the project's folder. */
    folder: string;
    path: string;
    exists: boolean;
    /** A project's folder above this one. */
    above: string | undefined;
  }>,
  "prompt/carriage-returns": {
    severity: "warning",
    stage: "compile",
    about:
      "The lines of the file end in a carriage return (CR) alone, as on old Macs. Cuecard reads LF and CRLF as line ends, so the file is a single line, and front matter in it is part of the text.",
    message: "the lines of this file end in CR alone, so it is read as a single line",
    hint: "save it with LF as line end",
  } as Finding,
  "prompt/ignored-by-git": {
    severity: "warning",
    stage: "read",
    about: "git ignores the files of one or more prompts. They are only on this machine, so no release contains them.",
    message: ({ names }) =>
      `git ignores the ${names.length === 1 ? "file" : "files"} of ${nameSome(names)}, so ${names.length === 1 ? "it" : "they"} cannot be released`,
    hint: ({ rule }) =>
      `remove the rule${rule === undefined ? "" : ` in ${rule}`}, and commit the file; if it is not a prompt, add it to "ignore" in cuecard.config.json`,
  } as Finding<{
    names: readonly string[];
    /** The file and line of the rule for the first of them. */
    rule: string | undefined;
  }>,
  "prompt/partial-not-in-git": {
    severity: "error",
    stage: "read",
    about:
      "A prompt that is in git uses a partial or a named schema that is not: the file was not added, or git ignores it. In every other clone, and in a release, the prompt does not compile.",
    message: ({ path, user, isIgnored }) =>
      `${user} is in git and uses ${path}, which ${isIgnored ? "git ignores" : "is not in git"}`,
    hint: ({ path, isIgnored, rule }) =>
      isIgnored
        ? `remove the rule${rule === undefined ? "" : ` in ${rule}`}, and run \`git add ${quoteForShell(path)}\``
        : `run \`git add ${quoteForShell(path)}\`, and commit it`,
  } as Finding<{
    path: string;
    /** The file of the prompt. */
    user: string;
    isIgnored: boolean;
    /** The file and line of the rule. */
    rule: string | undefined;
  }>,
  "prompt/case-conflict": {
    severity: "error",
    stage: "read",
    about: "The names of two prompts differ only in case. On macOS and Windows they would be one file and one tag.",
    message: ({ name, other }) => `"${name}" and "${other}" differ only in case`,
    hint: "rename one of them",
  } as Finding<{ name: string; other: string }>,
  "prompt/windows-name": {
    severity: "warning",
    stage: "read",
    about:
      "A file or folder has the name of a device on Windows, such as `aux`, `con` or `nul`, with any ending. git cannot check it out there, and the generated package has a file of the same name.",
    message: ({ path, segment }) => `Windows cannot check out ${path}: "${segment}" is the name of a device`,
    hint: "rename the file or folder",
  } as Finding<{ path: string; segment: string }>,
  "prompt/not-a-file": {
    severity: "error",
    stage: "read",
    about: "A prompt or partial is a symbolic link, a folder or a submodule. Only regular files are read.",
    message: ({ what, isFolder }) =>
      `this is ${what}, not ${isFolder ? "a folder of this repository" : "a regular file"}`,
    hint: ({ isFolder }) =>
      isFolder
        ? "replace it with a folder whose files are committed in this repository"
        : "replace it with a regular file; to share text between prompts, use a partial (`_name.md`, `{{> name}}`)",
  } as Finding<{ what: string; isFolder?: boolean }>,
  "project/not-a-file": {
    severity: "error",
    stage: "read",
    about:
      "A file of the project (aliases.json, prompts.lock, the settings, scores) is a symbolic link, a folder or a special file, or cannot be read. Links are not followed, since they can lead out of the repository.",
    message: ({ what }) => `this is ${what}, not a regular file`,
    hint: "replace it with a regular file",
  } as Finding<{ what: string }>,
  "prompt/not-here": {
    severity: "warning",
    stage: "read",
    about:
      "A sparse checkout leaves a prompt or partial out of the working tree, and this partial clone does not have its content, so it is not checked.",
    message: "the content of this file is not in this clone, because a sparse checkout and a partial clone left it out",
    hint: "run the command without `--offline`, or add the file's folder with `git sparse-checkout add`",
  } as Finding,
  "prompt/not-text": {
    severity: "error",
    stage: "read",
    about:
      "A file is not UTF-8 text, or is a Git LFS pointer. Cuecard reads files as UTF-8 and never replaces bytes that do not fit, because they would be missing from the prompt.",
    message: ({ problem }) => `this file is not text: ${problem}`,
    hint: ({ encoding }) => encoding && SAVE_AS_UTF8[encoding],
  } as Finding<{ problem: string; encoding?: keyof typeof SAVE_AS_UTF8 | undefined }>,
  "prompt/changed-while-fixing": {
    severity: "error",
    stage: "write",
    about: "A file changed while `cuecard check --fix` was running. It was not written.",
    message: "this file changed while the command was running, so it was not written",
    hint: "run the command again",
  } as Finding,
  "prompt/too-large": {
    severity: "error",
    stage: "read",
    about: "A prompt or partial is larger than the limit.",
    message: ({ bytes, limit }) => `this file has ${bytes} bytes; the limit is ${limit}`,
    hint: "pass long material as an input variable",
  } as Finding<{ bytes: number; limit: number }>,
  "prompt/not-read": {
    severity: "warning",
    stage: "read",
    about:
      "A file in the prompts folder looks like a prompt, but its name does not end in `.md`, so it is not read. Data files, images and hidden files are not reported.",
    message: ({ path }) => `${path} is not read: the name of a prompt's file ends in .md`,
    hint: ({ path, wanted, kind, isTaken }) => {
      if (kind === "yaml" && !isTaken)
        return `write its messages in ${wanted}, each after {{role "system"}} or {{role "user"}}; or add the file to the setting "ignore"`;
      if (isTaken) return `move its text to ${wanted}, or add the file to the setting "ignore"`;
      const rename = `\`git mv ${quoteForShell(path)} ${quoteForShell(wanted)}\``;
      if (kind === "dotprompt")
        return `run ${rename}, then \`cuecard check\`: dotprompt files need no other change if it passes`;
      return kind === "case"
        ? `run ${rename}`
        : `if it is a prompt, run ${rename}; otherwise add it to the setting "ignore"`;
    },
  } as Finding<{ path: string; wanted: string; kind: "dotprompt" | "case" | "yaml" | "other"; isTaken: boolean }>,
  "prompt/ignored": {
    severity: "warning",
    stage: "read",
    about:
      "A file that the setting `ignore` matches, such as README.md, has released versions. The file is no longer a prompt, so it gets no new versions; code can still load the existing ones.",
    message: ({ path, versions }) =>
      `${path} is not a prompt because the setting "ignore" matches it, but it was released as ${nameSome(versions)}`,
    hint: ({ name, versions }) =>
      `if it should not be a prompt, run \`cuecard retire ${versions.map((version) => `${name}@${version}`).join(" ")} --reason "Not a prompt"\`; otherwise set "ignore" to a list without it`,
  } as Finding<{ name: string; path: string; versions: readonly string[] }>,
  "prompt/unreleased": {
    severity: "info",
    stage: "read",
    about: "A prompt has no version yet, so services can only load its working file.",
    message: ({ name }) => `${name} has no version yet`,
    hint: ({ name }) => `release it with \`cuecard release ${name}\`, or build with --working`,
  } as Finding<{ name: string }>,
  "prompt/file-deleted": {
    severity: "warning",
    stage: "read",
    about:
      "An alias points at a prompt whose file was deleted or renamed, so the prompt gets no new versions. Its existing versions can still be loaded.",
    message: ({ name, alias, path, became }) =>
      became === undefined
        ? `${name}@${alias} points at a prompt without a file: ${path} does not exist`
        : `${name}@${alias} points at a prompt that was renamed to ${became}`,
    hint: ({ path, became }) =>
      became === undefined
        ? `remove the alias when no code loads it (see \`cuecard usages\`), or restore ${path}`
        : `add the alias to ${became}, and remove this one when no code loads it (see \`cuecard usages\`)`,
  } as Finding<{ name: string; alias: string; path: string; became: string | undefined }>,
  "prompt/deleted-in-use": {
    severity: "warning",
    stage: "plan",
    about:
      "Code loads a prompt whose file was deleted or renamed. Its versions can still be loaded, but it gets no new ones.",
    message: ({ name, path }) => `this code loads ${name}, whose file ${path} was deleted`,
    hint: ({ path }) => `load another prompt, or restore ${path}`,
  } as Finding<{ name: string; path: string }>,
  "prompt/rename-conflict": {
    severity: "error",
    stage: "read",
    about:
      "`renamed_from` names a prompt that another prompt also names, or whose own `renamed_from` leads back to this prompt.",
    message: ({ name, old, problem }) => `${name} cannot have been renamed from "${old}": ${problem}`,
    hint: "remove `renamed_from` from the other prompts: only one can continue a prompt's history",
  } as Finding<{ name: string; problem: string; old: string }>,
  "version/left-out": {
    severity: "warning",
    stage: "compile",
    about:
      "A released version does not compile. The message has its first error. Because no alias points at the version and it is not the latest, the build leaves it out and succeeds.",
    message: ({ tag, first, others }) =>
      `${tag} is left out of the package: ${first}${others === 0 ? "" : ` (and ${others} more)`}`,
    hint: ({ tag }) =>
      `run \`cuecard show ${tag}\` to see all errors; if you need this version, release a corrected one, because released versions cannot change`,
  } as Finding<{ tag: string; first: string; others: number }>,
};
