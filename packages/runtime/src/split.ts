// Choosing an arm of a weighted alias: the same caller always gets the same arm, on every machine, with nothing stored.
// murmur3 (x86, 32 bit, seed 0) as OpenFeature's flagd does: https://flagd.dev/reference/custom-operations/fractional-operation/

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
  return splitBy(arms, scope)(key);
}

/** The same for many keys: the scope is only hashed once. */
export function splitBy<T>(arms: readonly Arm<T>[], scope: string): (key: string) => T {
  const total = arms.reduce((sum, { weight }) => sum + weight, 0);
  const start = hashMore(`${scope}:`, [0, 0, 0]);
  return (key) => {
    let point = (finish(hashMore(key, start)) / 0x1_0000_0000) * total;
    for (const arm of arms) {
      if (point < arm.weight) return arm.value;
      point -= arm.weight;
    }
    // Unreachable for positive weights: the point lies below their sum, and integers up to 2^53 subtract exactly.
    throw new RangeError("a weighted alias needs at least one arm with a positive weight");
  };
}

/** murmur3, 32 bit, seed 0, over the text's UTF-8 bytes; an unsigned integer. */
export function murmur3(text: string): number {
  return finish(hashMore(text, [0, 0, 0]));
}

/** What is known after some bytes: the hash of all full blocks of four, the bytes of the next one, and how many there were. */
type State = readonly [hash: number, block: number, length: number];

/** Not by TextEncoder, which takes ten times as long for a short text. As there, half of a surrogate pair counts as U+FFFD. */
function hashMore(text: string, [start, begun, before]: State): State {
  let hash = start;
  let block = begun;
  let length = before;
  for (let index = 0; index < text.length; index++) {
    let bytes = text.charCodeAt(index);
    let count = 1;
    if (bytes >= 0x80) {
      const code = text.codePointAt(index) as number;
      count = code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
      if (count === 4) index++;
      bytes = utf8(code >= 0xd800 && code < 0xe000 ? 0xfffd : code, count);
    }
    for (; count > 0; count--) {
      block |= (bytes & 0xff) << ((length & 3) << 3);
      bytes >>>= 8;
      if ((++length & 3) === 0) {
        hash ^= scramble(block);
        hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
        block = 0;
      }
    }
  }
  return [hash, block, length];
}

/** The UTF-8 bytes of a character, two to four, the first of them lowest. */
function utf8(code: number, count: number): number {
  let bytes = 0;
  let rest = code;
  for (let index = 1; index < count; index++) {
    bytes = (bytes << 8) | 0x80 | (rest & 0x3f);
    rest >>>= 6;
  }
  return (bytes << 8) | ((0xf00 >> count) & 0xff) | rest;
}

function finish([state, block, length]: State): number {
  let hash = state ^ scramble(block) ^ length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function scramble(block: number): number {
  const mixed = Math.imul(block, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}
