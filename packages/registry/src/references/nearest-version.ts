// Finds the version to suggest for one that does not exist.

/**
 * The version nearest to a number, as `v3`; of two equally near ones, the newer. `undefined` if there are no versions.
 */
export function nearestVersion(wanted: number, versions: readonly number[]): string | undefined {
  let best: number | undefined;
  for (const version of versions) {
    if (best === undefined) best = version;
    const closer = Math.abs(best - wanted) - Math.abs(version - wanted);
    if (closer > 0 || (closer === 0 && version > best)) best = version;
  }
  return best === undefined ? undefined : `v${best}`;
}
