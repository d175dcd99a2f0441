// Documents in a file. It is watched where the run time can do that, and read whenever something has happened to its path.

import { FollowError, messageOf } from "./follow-error.js";
import { host, nodeModule, startTimer, stopTimer, type UrlLike } from "./host.js";
import { tooLarge } from "./http-request.js";
import { type LinkFs, type NodePath, placesOfPath } from "./path-places.js";
import type { Source } from "./source.js";

/** What is used of `node:fs`. */
interface NodeFs extends LinkFs {
  readonly promises: {
    open(path: string, flags: string): Promise<FileHandle>;
    stat(path: string): Promise<Stats>;
  };
  watch(dir: string, options: object, onEvent: (event: string, name: string | null) => void): FsWatcher;
}

interface Stats {
  isFile(): boolean;
  readonly size: number;
}

interface FileHandle {
  read(buffer: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  close(): Promise<void>;
}

interface FsWatcher {
  on(event: "error", listener: () => void): void;
  close(): void;
  unref(): void;
}

/** Several events come at once; and a file that is overwritten in place is incomplete for a moment. */
const SETTLE_MS = 50;

/** @param place A path, relative to the current folder of the process, or a URL. */
export function fileSource(place: string | UrlLike): Source {
  const fs = nodeModule<NodeFs>("node:fs");
  const path = nodeModule<NodePath>("node:path");
  if (fs === undefined || path === undefined)
    throw new FollowError("option", "source is a file, and this run time has no file system: pass a URL or a function");
  const file = path.resolve(typeof place === "string" ? place : toPath(place));
  return {
    label: file,
    read: async ({ maxBytes }) => ({ body: await readFile(fs, file, maxBytes), etag: undefined }),
    watch: (onChange, onFailure) => watchPath({ fs, path, file, onChange, onFailure }),
  };
}

function toPath(url: UrlLike): string {
  const module = nodeModule<{ fileURLToPath(url: string): string }>("node:url");
  try {
    return module?.fileURLToPath(url.href) ?? url.pathname;
  } catch (cause) {
    throw new FollowError("option", `source is not the URL of a file: ${messageOf(cause)}`, { cause });
  }
}

async function readFile(fs: NodeFs, file: string, maxBytes: number): Promise<Uint8Array> {
  try {
    // Before it is opened: opening a named pipe waits until something writes to it.
    const { size } = await refuseOthers(fs, file);
    if (size > maxBytes) throw tooLarge(maxBytes);
    const handle = await fs.promises.open(file, "r");
    try {
      return await readAll(handle, size, maxBytes);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (cause instanceof FollowError) throw cause;
    throw new FollowError("unreachable", `the file with pointers cannot be read: ${messageOf(cause)}`, { cause });
  }
}

async function refuseOthers(fs: NodeFs, file: string): Promise<Stats> {
  const stats = await fs.promises.stat(file);
  if (!stats.isFile()) throw new Error(`${file} is not a file`);
  return stats;
}

/** @param size What it was just now; the file may grow. */
async function readAll(handle: FileHandle, size: number, maxBytes: number): Promise<Uint8Array> {
  let buffer = new Uint8Array(Math.min(size, maxBytes) + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
    length += bytesRead;
    if (length > maxBytes) throw tooLarge(maxBytes);
    if (bytesRead === 0) return buffer.slice(0, length);
    if (length < buffer.length) continue;
    const larger = new Uint8Array(Math.min(buffer.length * 2, maxBytes + 1));
    larger.set(buffer);
    buffer = larger;
  }
}

interface PathWatch {
  readonly fs: NodeFs;
  readonly path: NodePath;
  readonly file: string;
  readonly onChange: () => void;
  readonly onFailure: () => void;
}

/** Watches a path, until the function that it returns is called. */
function watchPath({ fs, path, file, onChange, onFailure }: PathWatch): () => void {
  let watchers: readonly FsWatcher[] = [];
  let watched = "";
  let timer: unknown;
  const close = () => {
    stopTimer(timer);
    for (const watcher of watchers) watcher.close();
    watchers = [];
  };
  const onEvent = () => {
    // From the first of several events on, so that a file that is written all the time is read as well.
    timer ??= startTimer(() => {
      timer = undefined;
      start();
      onChange();
    }, SETTLE_MS);
  };
  const fail = () => {
    close();
    onFailure();
  };
  /** Anew, if the path leads through other folders than before. */
  const start = () => {
    const places = [...placesOfPath(fs, path, file)];
    const described = JSON.stringify(places.map(([dir, { names, ino }]) => [dir, ino, ...names]));
    if (described === watched) return;
    watched = described;
    close();
    const found = places.map(([dir, { names }]) =>
      watchFolder(fs, dir, { onEvent: (name) => (name === null || names.has(name)) && onEvent(), onError: fail }),
    );
    watchers = found.flatMap((watcher) => watcher ?? []);
    // Folders above that must not be read cannot be watched. Without the last one, the usual changes would be missed.
    if (found.at(-1) === undefined) fail();
  };
  start();
  return close;
}

interface FolderListener {
  /** @param name What changed in the folder, if the system reports it. */
  readonly onEvent: (name: string | null) => void;
  readonly onError: () => void;
}

/** `undefined` if the folder cannot be watched. */
function watchFolder(fs: NodeFs, dir: string, { onEvent, onError }: FolderListener): FsWatcher | undefined {
  try {
    const watcher = fs.watch(dir, { persistent: false }, (_event, name) => {
      // Deno does not know `persistent`, and forgets `unref` with each event.
      if (host.Deno !== undefined) startTimer(() => watcher.unref(), 0);
      onEvent(name);
    });
    watcher.on("error", onError);
    watcher.unref();
    return watcher;
  } catch {
    return undefined;
  }
}
