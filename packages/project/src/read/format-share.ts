// A share of callers as people read it.

/** @param share 0 to 1. */
export function formatShare(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}
