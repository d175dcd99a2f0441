// Paths within a project or repository: relative to its folder, with `/`.

/** Whether a path is that of a folder or leads into it. An empty path is the whole project. */
export function isWithin(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}
