// "Did you mean": finds the name that is most similar to a misspelled one, by Damerau-Levenshtein distance (optimal string alignment).

/**
 * The name nearest to `given`, or `undefined` when none is near enough to be what was meant.
 *
 * Three slips in ten letters are allowed, and three at most. Words of one or two letters are near to too many others, and a
 * short word with another letter in place of one is usually another word: `cost` and `host`, `text` and `test`.
 */
export function nearest(given: string, names: Iterable<string>): string | undefined {
  const wanted = fold(given);
  let best: string | undefined;
  let bestDistance = Math.min(3, wanted[2] ? (wanted.length * 0.3) | 0 || 1 : 0) + 1;
  for (const name of names) {
    const folded = fold(name);
    // The distance is at least the difference in length, which excludes most names. A single letter is near to every other.
    if (Math.abs(folded.length - wanted.length) >= bestDistance || name === given || !folded[1]) continue;
    const distance = editDistance(wanted, folded);
    if (distance >= bestDistance || (distance && isAnotherWord(wanted, folded))) continue;
    best = name;
    bestDistance = distance;
  }
  return best;
}

/** Whether two short words of one length differ in more than the order of their letters. */
function isAnotherWord(a: string, b: string): boolean {
  return !a[4] && a.length === b.length && [...a].sort().join() !== [...b].sort().join();
}

/** Case and the choice of `-`, `_`, `.` are the slips people make first: they cost nothing. */
const fold = (name: string): string => name.toLowerCase().replace(/[-_.]/g, "");

function editDistance(a: string, b: string): number {
  const rows: number[][] = [];
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 0; i <= a.length; i++) {
    const row: number[] = [];
    rows.push(row);
    for (let j = 0; j <= b.length; j++) {
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const replaced = at(i - 1, j - 1) - (a[i - 1] === b[j - 1] ? 1 : 0);
      row.push(i + j && 1 + Math.min(at(i - 1, j), at(i, j - 1), replaced, at(i - 2, isSwap ? j - 2 : -1)));
    }
  }
  return at(a.length, b.length);
}
