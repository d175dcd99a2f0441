// A split index (`core.splitIndex`): most entries are in a shared file, and the index only has the changes to it.
// Format: https://git-scm.com/docs/index-format#_split_index

/** The reference of an index to its shared file, with the changes. */
export interface SharedIndex {
  /** The id in the shared file's name, `sharedindex.<id>`. */
  readonly id: string;
  /** The positions of its entries that no longer count. */
  readonly deleted: readonly number[];
  /** The positions of its entries that are replaced: by the first entries of the index, in this order, which have no name. */
  readonly replaced: readonly number[];
}

/** @param at Where the index's extensions begin. */
export function readSharedIndex(data: Buffer, at: number, oidBytes: number): SharedIndex | undefined {
  const end = data.length - oidBytes;
  for (let start = at; start + 8 <= end; ) {
    const size = data.readUInt32BE(start + 4);
    const body = data.subarray(start + 8, start + 8 + size);
    if (data.toString("latin1", start, start + 4) === "link") {
      const id = body.toString("hex", 0, oidBytes);
      if (/^0*$/.test(id)) return undefined;
      if (body.length === oidBytes) return { id, deleted: [], replaced: [] };
      const deleted = readBitmap(body, oidBytes);
      return { id, deleted: deleted.positions, replaced: readBitmap(body, deleted.next).positions };
    }
    start += 8 + size;
  }
  return undefined;
}

/** A bitmap compressed with EWAH: runs of equal words, each followed by words as they are. The lowest bit comes first. */
function readBitmap(data: Buffer, start: number): { readonly positions: readonly number[]; readonly next: number } {
  const positions: number[] = [];
  const words = data.readUInt32BE(start + 4);
  const first = start + 8;
  let position = 0;
  for (let index = 0; index < words; ) {
    const marker = data.readBigUInt64BE(first + 8 * index++);
    const run = 64 * Number((marker >> 1n) & 0xffff_ffffn);
    if ((marker & 1n) === 1n) for (let bit = 0; bit < run; bit++) positions.push(position + bit);
    position += run;
    for (let literals = Number(marker >> 33n); literals > 0; literals--) {
      const word = data.readBigUInt64BE(first + 8 * index++);
      for (let bit = 0; bit < 64; bit++) if (((word >> BigInt(bit)) & 1n) === 1n) positions.push(position + bit);
      position += 64;
    }
  }
  // The position of the last marker follows, which only writers need.
  return { positions, next: first + 8 * words + 4 };
}
