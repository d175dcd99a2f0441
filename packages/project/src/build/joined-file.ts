// A large file that is put together from pieces: new texts, and ranges of files on disk. Ranges are copied in blocks, so that memory
// never holds the file.

import { fstatSync, readSync } from "node:fs";
import { AppendFile, type FileRange } from "../cache/append-file.js";

export type Piece = Buffer | FileRange;

/** Pieces in order. Neighbors of one file become one piece. */
export class PieceList {
  readonly all: Piece[] = [];
  /** In bytes. */
  length = 0;

  add(piece: Piece): void {
    if (piece.length === 0) return;
    this.length += piece.length;
    const last = this.all.at(-1);
    if (last === undefined || Buffer.isBuffer(last) || Buffer.isBuffer(piece)) this.all.push(piece);
    else if (last.fd !== piece.fd || last.start + last.length !== piece.start) this.all.push(piece);
    else this.all[this.all.length - 1] = { ...last, length: last.length + piece.length };
  }
}

const BLOCK_BYTES = 1 << 20;

/** Whether the pieces give the file that is open. Ranges of that file that stay in their place are not read. */
export function equalsFile(pieces: readonly Piece[], fd: number): boolean {
  let at = 0;
  if (pieces.reduce((sum, { length }) => sum + length, 0) !== fstatSync(fd).size) return false;
  for (const piece of pieces) {
    const isInPlace = !Buffer.isBuffer(piece) && piece.fd === fd && piece.start === at;
    if (!isInPlace)
      for (const block of blocksOf(piece)) {
        if (!block.equals(readBlock({ fd, start: at, length: block.length }))) return false;
        at += block.length;
      }
    else at += piece.length;
  }
  return true;
}

/** How a file changes. */
export interface Patch {
  /** The file as it is, open for reading. */
  readonly old: number;
  readonly pieces: readonly Piece[];
}

/** The bytes of the file that change, with those between them; and the size that the file then has. */
export function readPatch({ old, pieces }: Patch): {
  readonly start: number;
  readonly bytes: Buffer;
  readonly size: number;
} {
  const size = pieces.reduce((sum, { length }) => sum + length, 0);
  const moved: { readonly at: number; readonly piece: Piece }[] = [];
  let at = 0;
  for (const piece of pieces) {
    if (Buffer.isBuffer(piece) || piece.fd !== old || piece.start !== at) moved.push({ at, piece });
    at += piece.length;
  }
  const [first, last] = [moved[0], moved.at(-1)];
  if (first === undefined || last === undefined) return { start: size, bytes: Buffer.alloc(0), size };
  const bytes = Buffer.allocUnsafe(last.at + last.piece.length - first.at);
  at = 0;
  for (const piece of pieces) {
    const isWithin = at >= first.at && at <= last.at;
    if (isWithin) {
      let to = at - first.at;
      for (const block of blocksOf(piece)) to += block.copy(bytes, to);
    }
    at += piece.length;
  }
  return { start: first.at, bytes, size };
}

/** Writes a new file. */
export function writeJoined(path: string, pieces: readonly Piece[]): void {
  const file = new AppendFile(path);
  try {
    for (const piece of pieces) {
      if (Buffer.isBuffer(piece)) file.append(piece);
      else file.appendRange(piece);
    }
    file.flush();
  } finally {
    file.close();
  }
}

function* blocksOf(piece: Piece): Iterable<Buffer> {
  if (Buffer.isBuffer(piece)) yield piece;
  else
    for (let done = 0; done < piece.length; done += BLOCK_BYTES)
      yield readBlock({
        fd: piece.fd,
        start: piece.start + done,
        length: Math.min(BLOCK_BYTES, piece.length - done),
      });
}

/** @throws if the file is shorter. */
function readBlock({ fd, start, length }: FileRange): Buffer {
  const block = Buffer.allocUnsafe(length);
  for (let done = 0; done < length; ) {
    const read = readSync(fd, block, done, length - done, start + done);
    if (read === 0) throw new Error("a file became shorter while it was read");
    done += read;
  }
  return block;
}
