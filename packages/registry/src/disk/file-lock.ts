// A lock between processes: a file that only one of them can link into place. A lock whose process was killed is taken
// over.

import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { errorCode } from "./error-code.js";
import { sweepLeftovers, temporaryName } from "./leftovers.js";
import { isProcessAlive } from "./process-alive.js";

const WAIT_MS = 30_000;
/**
 * How often the holder updates the file's time. On a shared folder the holder may run on another machine, where its
 * process cannot be checked; only the time shows that it is alive.
 */
const HEARTBEAT_MS = 30_000;
const STALE_MS = 10 * 60_000;

/**
 * Runs work while this process holds the lock.
 *
 * @param file The lock's file; its folder must exist.
 * @returns `undefined` if another process held the lock for the whole waiting time.
 */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<{ readonly done: T } | undefined> {
  const owner = `${process.pid} ${hostname()} ${randomBytes(6).toString("hex")}`;
  const end = Date.now() + WAIT_MS;
  while (!acquire(file, owner)) {
    const holder = readOwner(file);
    if (holder !== undefined && isStale(file, holder)) breakStaleLock(file, holder);
    else if (Date.now() > end) return undefined;
    else await new Promise((resume) => setTimeout(resume, 20 + Math.random() * 60));
  }
  sweepLeftovers(dirname(file), temporaryPrefix(file));
  const heartbeat = setInterval(() => refresh(file, owner), HEARTBEAT_MS).unref();
  try {
    return { done: await work() };
  } finally {
    clearInterval(heartbeat);
    if (readOwner(file) === owner) rmSync(file, { force: true });
  }
}

function acquire(file: string, owner: string): boolean {
  const own = temporaryBeside(file);
  writeFileSync(own, owner);
  try {
    linkOrCopy(own, file);
    return true;
  } catch (error) {
    // ENOENT: a process on another machine, which cannot see that this one is alive, has swept the temporary file.
    if (["EEXIST", "ENOENT"].includes(errorCode(error) ?? "")) return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Removes a stale lock. Several processes may find it stale at once: if one has already removed it and another holds a
 * new lock, that new lock is put back.
 */
function breakStaleLock(file: string, stale: string): void {
  const own = temporaryBeside(file);
  try {
    renameSync(file, own);
    if (readOwner(own) !== stale) linkOrCopy(own, file);
  } catch (error) {
    if (errorCode(error) !== "ENOENT" && errorCode(error) !== "EEXIST") throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** A link makes the file appear with its content, in one step. Some file systems have no links: there it is copied. */
function linkOrCopy(own: string, file: string): void {
  try {
    linkSync(own, file);
  } catch (error) {
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(errorCode(error) ?? "")) throw error;
    writeFileSync(file, readFileSync(own), { flag: "wx" });
  }
}

function temporaryBeside(file: string): string {
  return join(dirname(file), temporaryName(temporaryPrefix(file)));
}

function temporaryPrefix(file: string): string {
  return `${basename(file)}.`;
}

function readOwner(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

function isStale(file: string, owner: string): boolean {
  const [pid, host] = owner.split(" ");
  if (host === hostname() && !isProcessAlive(Number(pid))) return true;
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > STALE_MS;
}

function refresh(file: string, owner: string): void {
  const now = new Date();
  if (readOwner(file) === owner) utimesSync(file, now, now);
}
