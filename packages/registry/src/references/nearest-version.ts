// "Did you mean v3?" for a version that does not exist.

/** The tag of the version nearest to a number; of two equally near ones, the newer. `undefined` when there is none. */
export function nearestVersion(wanted: number, versions: readonly number[]): string | undefined {
  let best: number | undefined;
  for (const version of versions) {
    if (best === undefined) best = version;
    const closer = Math.abs(best - wanted) - Math.abs(version - wanted);
    if (closer > 0 || (closer === 0 && version > best)) best = version;
  }
  return best === undefined ? undefined : `v${best}`;
}
