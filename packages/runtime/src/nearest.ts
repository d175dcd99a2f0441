// "Did you mean": the nearest of some names to a misspelt one, by Damerau-Levenshtein distance (optimal string alignment).

/** The name nearest to `given`, or `undefined` when none is near enough to be what was meant. */
export function nearest(given: string, names: Iterable<string>): string | undefined {
  const wanted = fold(given);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(wanted, fold(name), bestDistance);
    if (distance < bestDistance && name !== given) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** Case and the choice of `-`, `_`, `.` are the slips people make first: they cost nothing. */
function fold(name: string): string {
  return name.toLowerCase().replace(/[-_.]/g, "");
}

/** The distance, or `limit` as soon as it cannot be below that. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        value = Math.min(value, at(beforeLast, j - 2) + 1);
      row.push(value);
    }
    beforeLast = last;
    last = row;
  }
  return Math.min(at(last, b.length), limit);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? 0;
}
