// Choosing an arm of a weighted alias: the same caller always gets the same arm, on every machine, with nothing stored.
// murmur3 (x86, 32 bit, seed 0) as OpenFeature's flagd does: https://flagd.dev/reference/custom-operations/fractional-operation/

/** Every runtime that has ES modules has it; declared here because this package uses no host's types. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> };

export interface Arm<T> {
  readonly weight: number;
  readonly value: T;
}

/**
 * The arm that `key` falls into. Arms are laid out in the order given (ascending versions), so that moving weight from
 * an older arm to the newest keeps everyone who already was on the newest.
 *
 * @param scope What the split belongs to, `<name>:<alias>`.
 * @param key The id of the user or session that always gets the same arm.
 */
export function chooseArm<T>(arms: readonly Arm<T>[], scope: string, key: string): T {
  let total = 0;
  for (const arm of arms) total += arm.weight;
  let point = (murmur3(`${scope}:${key}`) / 0x1_0000_0000) * total;
  for (const arm of arms) {
    if (point < arm.weight) return arm.value;
    point -= arm.weight;
  }
  // Unreachable for positive weights: the point lies below their sum, and integers up to 2^53 subtract exactly.
  throw new RangeError("a weighted alias needs at least one arm with a positive weight");
}

/** murmur3, 32 bit, seed 0, over the text's UTF-8 bytes; an unsigned integer. */
export function murmur3(text: string): number {
  const bytes = new TextEncoder().encode(text);
  const view = new DataView(bytes.buffer);
  const blocks = bytes.length & ~3;
  let hash = 0;
  for (let i = 0; i < blocks; i += 4) {
    hash ^= scramble(view.getUint32(i, true));
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let i = bytes.length - 1; i >= blocks; i--) tail = (tail << 8) | view.getUint8(i);
  hash ^= scramble(tail) ^ bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function scramble(block: number): number {
  const mixed = Math.imul(block, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}
