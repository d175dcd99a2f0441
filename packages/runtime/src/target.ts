// The rules for what a pointer can lead to, for everything that reads pointers: aliases.json, and documents that move them at run time.

/** The version of `v3`; `undefined` if the text is not a version. At most 999999999. */
export function parseVersionRef(text: string): number | undefined {
  return /^v[1-9]\d{0,8}$/.test(text) ? Number(text.slice(1)) : undefined;
}

/** Whether a value can be the weight of a version. */
export function isWeight(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

/** Whether the weights of a pointer can be added without rounding. */
export function hasExactSum(arms: readonly { readonly weight: number }[]): boolean {
  return Number.isSafeInteger(arms.reduce((sum, arm) => sum + arm.weight, 0));
}
