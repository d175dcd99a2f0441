// One `git cat-file` process that serves many requests for objects, without waiting for each answer.
// Format: https://git-scm.com/docs/git-cat-file#_batch_output

import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { Socket } from "node:net";
import { BLOB_LIMIT } from "../disk/text.js";
import type { GitObject, GitObjectType } from "./reader.js";
import { explainFailure } from "./run.js";

interface Request {
  readonly resolve: (object: GitObject | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** An answer whose header has been read, but not all of its body. */
interface Body {
  readonly type: GitObjectType;
  readonly size: number;
  /** How many bytes are missing, including the line feed at the end. */
  left: number;
  readonly parts: Buffer[] | undefined;
}

const NOTHING = Buffer.alloc(0);

/**
 * The protocol of the process. With `--batch`, git writes each answer in three small pieces. With `--batch-command
 * --buffer` (since git 2.36), it buffers them until a flush, which halves the time for ten thousand objects.
 */
export type CatFileDialect = "batch" | "batch-command";

export function catFileArguments(dialect: CatFileDialect): string[] {
  return dialect === "batch" ? ["cat-file", "--batch"] : ["cat-file", "--batch-command", "--buffer"];
}

export class CatFile {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #dir: string;
  readonly #dialect: CatFileDialect;
  /** Requests in the order of their answers; `#next` is the first one without an answer. */
  #requests: Request[] = [];
  #next = 0;
  #unsent: string[] = [];
  #header: Buffer = NOTHING;
  #body: Body | undefined;
  #messages = "";
  #failure: Error | undefined;
  #busy = true;
  readonly #closed: Promise<void>;

  constructor(child: ChildProcessWithoutNullStreams, dir: string, dialect: CatFileDialect) {
    this.#child = child;
    this.#dir = dir;
    this.#dialect = dialect;
    child.stdout.on("data", (chunk: Buffer) => this.#receive(chunk));
    child.stderr.on("data", (chunk: Buffer) => {
      this.#messages += chunk.toString("utf8");
    });
    child.stdin.on("error", () => {});
    this.#closed = new Promise((done) => {
      child.on("error", (error) => {
        this.#fail(explainFailure(`fatal: ${error.message}`, this.#dir));
        done();
      });
      child.on("close", () => {
        const spoken = /^(?:fatal|error): /m.test(this.#messages);
        this.#fail(explainFailure(spoken ? this.#messages : "fatal: git cat-file ended early", this.#dir));
        done();
      });
    });
  }

  /** One object by its id; `undefined` if this clone lacks it. */
  read(oid: string): Promise<GitObject | undefined> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.#unsent.length === 0) setImmediate(() => this.#send());
    this.#unsent.push(oid);
    this.#keepAlive(true);
    return new Promise((resolve, reject) => this.#requests.push({ resolve, reject }));
  }

  /** Ends the process and waits for its exit. */
  async close(): Promise<void> {
    this.#child.stdin.end();
    const timer = setTimeout(() => this.#child.kill(), 2000);
    await this.#closed;
    clearTimeout(timer);
  }

  #send(): void {
    if (this.#unsent.length === 0 || this.#failure !== undefined) return;
    const asked =
      this.#dialect === "batch"
        ? this.#unsent.map((oid) => `${oid}\n`)
        : [...this.#unsent.map((oid) => `contents ${oid}\n`), "flush\n"];
    this.#child.stdin.write(asked.join(""));
    this.#unsent = [];
  }

  #receive(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#body === undefined) {
        const end = chunk.indexOf(10, at);
        const piece = chunk.subarray(at, end === -1 ? chunk.length : end);
        const line = this.#header.length === 0 ? piece : Buffer.concat([this.#header, piece]);
        if (end === -1) {
          this.#header = line;
          return;
        }
        this.#header = NOTHING;
        at = end + 1;
        this.#start(line.toString("latin1"));
      } else {
        const body = this.#body;
        const taken = Math.min(body.left, chunk.length - at);
        body.parts?.push(chunk.subarray(at, at + taken));
        body.left -= taken;
        at += taken;
        if (body.left === 0) this.#finish(body);
      }
    }
  }

  #start(header: string): void {
    const [, type, size] = header.split(" ");
    if (size === undefined) {
      this.#answer()?.resolve(undefined); // `<oid> missing`
      return;
    }
    const bytes = Number(size);
    const skipped = type === "blob" && bytes > BLOB_LIMIT;
    this.#body = { type: type as GitObjectType, size: bytes, left: bytes + 1, parts: skipped ? undefined : [] };
  }

  #finish(body: Body): void {
    this.#body = undefined;
    const parts = body.parts ?? [];
    const whole = parts.length === 1 ? (parts[0] ?? NOTHING) : Buffer.concat(parts);
    this.#answer()?.resolve({
      type: body.type,
      size: body.size,
      data: whole.subarray(0, Math.max(0, whole.length - 1)),
    });
  }

  #answer(): Request | undefined {
    const request = this.#requests[this.#next++];
    if (this.#next === this.#requests.length) this.#keepAlive(false);
    if (this.#next === this.#requests.length || this.#next > 10_000) {
      this.#requests = this.#requests.slice(this.#next);
      this.#next = 0;
    }
    return request;
  }

  /** A process that waits for requests must not keep the program running. */
  #keepAlive(busy: boolean): void {
    if (busy === this.#busy) return;
    this.#busy = busy;
    const { stdin, stdout, stderr } = this.#child;
    const sockets = [stdin, stdout, stderr].filter((stream) => stream instanceof Socket);
    for (const handle of [this.#child, ...sockets]) {
      if (busy) handle.ref();
      else handle.unref();
    }
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    const waiting = this.#requests.slice(this.#next);
    this.#requests = [];
    this.#next = 0;
    for (const request of waiting) request.reject(this.#failure);
  }
}
