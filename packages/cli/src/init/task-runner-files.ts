// The files of Turborepo and Nx that `init` reads.

export const TURBO_FILES: readonly string[] = ["turbo.json", "turbo.jsonc"];

/**
 * Relative to the project's folder.
 *
 * @param up The workspace's top folder, as a prefix: empty or `../../`.
 * @param out The folder of the generated package.
 */
export function taskRunnerFiles(up: string, out: string): string[] {
  return [...TURBO_FILES.flatMap((file) => [`${up}${file}`, `${out}/${file}`]), `${up}nx.json`, `${out}/project.json`];
}
