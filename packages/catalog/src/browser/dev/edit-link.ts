// Where a file is edited.

/**
 * @param file Relative to the project's folder.
 * @param line 1-based; 0: no line.
 */
export function editAddress(file: string, line = 0): string {
  return `edit.html?${new URLSearchParams({ file, ...(line > 0 ? { line: String(line) } : {}) })}`;
}
