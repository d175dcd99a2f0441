// Finds where the values of a long list change by halving it, because each value costs a read.

/**
 * The positions whose value differs from the next one's, within parts of the list. A part that begins and ends with the same value is
 * not looked into: values that change there and back are not found.
 *
 * @param among The parts, by their first and last positions.
 * @param valueAt The value at a position.
 */
export async function findSteps(
  among: readonly (readonly [first: number, last: number])[],
  valueAt: (index: number) => Promise<string>,
): Promise<Set<number>> {
  const steps = new Set<number>();
  const parts = among.filter(([first, last]) => first < last);
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const [first, last] = part;
    if ((await valueAt(first)) === (await valueAt(last))) continue;
    if (last - first === 1) steps.add(first);
    else {
      const middle = Math.floor((first + last) / 2);
      parts.push([first, middle], [middle, last]);
    }
  }
  return steps;
}
