// A new file that grows at its end: thousands of small texts go to disk in few large writes.

import { closeSync, openSync, readSync, writeSync } from "node:fs";

/** A part of a file. */
export interface FileRange {
  /** A file that is open for reading. */
  readonly fd: number;
  readonly start: number;
  readonly length: number;
}

const BUFFER_BYTES = 1 << 20;

export class AppendFile {
  readonly fd: number;
  readonly #buffer: Buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  /** Bytes of the buffer that are not on disk yet. */
  #waiting = 0;
  #written = 0;

  /** @throws errors of the file system, as all methods do. The file is unusable after that. */
  constructor(path: string) {
    this.fd = openSync(path, "wx+");
  }

  /** Where the next text will start. */
  get size(): number {
    return this.#written + this.#waiting;
  }

  /** Appends a text as UTF-8 and returns its bytes, which are valid until the next call. */
  append(text: string | Buffer): Buffer {
    const length = Buffer.byteLength(text);
    if (this.#waiting + length > BUFFER_BYTES) this.flush();
    if (length > BUFFER_BYTES) {
      const bytes = typeof text === "string" ? Buffer.from(text) : text;
      this.#write(bytes);
      return bytes;
    }
    const place = this.#buffer.subarray(this.#waiting, this.#waiting + length);
    if (typeof text === "string") place.write(text);
    else text.copy(place);
    this.#waiting += length;
    return place;
  }

  /** Appends what another file contains. */
  appendRange({ fd, start, length }: FileRange): void {
    for (let done = 0; done < length; ) {
      if (this.#waiting === BUFFER_BYTES) this.flush();
      const wanted = Math.min(BUFFER_BYTES - this.#waiting, length - done);
      const read = readSync(fd, this.#buffer, this.#waiting, wanted, start + done);
      if (read === 0) throw new Error("a file became shorter while it was read");
      this.#waiting += read;
      done += read;
    }
  }

  /** Writes the rest of the buffer to disk. */
  flush(): void {
    const bytes = this.#buffer.subarray(0, this.#waiting);
    this.#waiting = 0;
    this.#write(bytes);
  }

  close(): void {
    closeSync(this.fd);
  }

  #write(bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) done += writeSync(this.fd, bytes, done);
    this.#written += bytes.length;
  }
}
