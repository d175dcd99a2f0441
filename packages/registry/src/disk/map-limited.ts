// Runs many pieces of asynchronous work, a limited number at a time.

/**
 * Maps each item through `work`, with at most `limit` of them in progress; the results are in the order of the items.
 */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  const queue = items.entries(); // shared: each worker takes the next item
  async function runWorker(): Promise<void> {
    for (const [index, item] of queue) results[index] = await work(item);
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, runWorker));
  return results;
}
