// Names that differ only in case: they are the same file on macOS and Windows, and the same module in the generated
// package.

import { type Diagnostic, diagnose, PROMPT_EXTENSION, type SourceFile, type Subject } from "@cuecard/model";

/** Reports every prompt and shared file whose name differs from an earlier one only in case. */
export function findCaseConflicts(
  promptsDir: string,
  names: Iterable<string>,
  shared: readonly SourceFile[],
): Diagnostic[] {
  const files = [...new Set(names)].map((name) => ({
    name,
    file: `${promptsDir}/${name}${PROMPT_EXTENSION}`,
    subject: { name },
  }));
  const others = shared.map(({ path }) => ({ name: path.slice(promptsDir.length + 1), file: path }));
  return [...findDuplicates(files), ...findDuplicates(others)];
}

interface CheckedFile {
  readonly name: string;
  readonly file: string;
  readonly subject?: Subject;
}

function findDuplicates(files: readonly CheckedFile[]): Diagnostic[] {
  const first = new Map<string, string>();
  const found: Diagnostic[] = [];
  for (const { name, file, subject } of files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const key = name.toLowerCase();
    const other = first.get(key);
    if (other === undefined) first.set(key, name);
    else found.push(diagnose("prompt/case-conflict", { name, other }, { file }, subject));
  }
  return found;
}
