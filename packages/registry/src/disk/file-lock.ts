// A lock between processes: a file that only one of them can link into place. What a killed process left behind is taken
// over.

import { randomBytes } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";

const WAIT_MS = 30_000;
/** Who holds the lock says so again and again: of another machine that shares the folder, nothing else can be asked. */
const BEAT_MS = 30_000;
const STALE_MS = 10 * 60_000;

/** Runs work while nobody else holds the lock; `undefined` when somebody else did not end in time. */
export async function whileAlone<T>(file: string, work: () => Promise<T>): Promise<{ readonly done: T } | undefined> {
  const owner = `${process.pid} ${hostname()} ${randomBytes(6).toString("hex")}`;
  const end = Date.now() + WAIT_MS;
  while (!take(file, owner)) {
    const holder = readOwner(file);
    if (holder !== undefined && isStale(file, holder)) takeAway(file, holder);
    else if (Date.now() > end) return undefined;
    else await new Promise((resume) => setTimeout(resume, 20 + Math.random() * 60));
  }
  const beat = setInterval(() => touch(file, owner), BEAT_MS).unref();
  try {
    return { done: await work() };
  } finally {
    clearInterval(beat);
    if (readOwner(file) === owner) rmSync(file, { force: true });
  }
}

function take(file: string, owner: string): boolean {
  const own = ownName(file);
  writeFileSync(own, owner);
  try {
    place(own, file);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Of several who find a lock stale, the first may have taken it away and another process a new one: that one is put back. */
function takeAway(file: string, stale: string): void {
  const own = ownName(file);
  try {
    renameSync(file, own);
    if (readOwner(own) !== stale) place(own, file);
  } catch (error) {
    if (codeOf(error) !== "ENOENT" && codeOf(error) !== "EEXIST") throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** A link, unlike a file that is opened and then written, is there with its content or not at all. Not all disks have links. */
function place(own: string, file: string): void {
  try {
    linkSync(own, file);
  } catch (error) {
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(String(codeOf(error)))) throw error;
    writeFileSync(file, readFileSync(own), { flag: "wx" });
  }
}

function ownName(file: string): string {
  return `${file}.${process.pid}.${randomBytes(6).toString("hex")}`;
}

function readOwner(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function isStale(file: string, owner: string): boolean {
  const [pid, host] = owner.split(" ");
  if (host === hostname() && !isRunning(Number(pid))) return true;
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > STALE_MS;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}

function touch(file: string, owner: string): void {
  const now = new Date();
  if (readOwner(file) === owner) utimesSync(file, now, now);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
