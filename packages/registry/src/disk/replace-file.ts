// Writes a file of the project so that a reader, or a kill, meets the old text or the new one and nothing between.

import { randomBytes } from "node:crypto";
import { open, readdir, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Puts a text, or bytes, in a file's place. A symbolic link stays, and what it leads to is replaced; permissions stay.
 *
 * @param isStill Asked at the last moment whether to go on.
 * @returns Whether it is in place.
 * @throws what the file system throws: a full disk, a folder that may not be written.
 */
export async function replaceFile(
  file: string,
  content: string | Uint8Array,
  isStill?: () => Promise<boolean>,
): Promise<boolean> {
  const target = await realpath(file).catch(() => file);
  const folder = dirname(target);
  const prefix = `.${basename(target)}.`;
  await removeLeftovers(folder, prefix);
  const temporary = join(folder, `${prefix}${process.pid}-${randomBytes(6).toString("hex")}`);
  try {
    const mode = (await stat(target).catch(() => undefined))?.mode;
    const written = await open(temporary, "wx", mode);
    try {
      await written.writeFile(content, "utf8");
      await written.sync();
    } finally {
      await written.close();
    }
    if (isStill !== undefined && !(await isStill())) {
      await rm(temporary, { force: true });
      return false;
    }
    await rename(temporary, target);
    return true;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** What a process that was killed left behind. */
async function removeLeftovers(folder: string, prefix: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const pid = name.startsWith(prefix) ? /^(\d+)-[0-9a-f]{12}$/.exec(name.slice(prefix.length))?.[1] : undefined;
    if (pid === undefined) continue;
    const file = join(folder, name);
    const isLeft = Number(pid) === process.pid ? await isOlderThanThis(file) : !isRunning(Number(pid));
    if (isLeft) await rm(file, { force: true });
  }
}

/** In a container, a killed process may have had our number. */
async function isOlderThanThis(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && found.mtimeMs < performance.timeOrigin;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
