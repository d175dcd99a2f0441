// Many pieces of asynchronous work, a few at a time.

/** Does something for each item, at most `limit` at a time; results in the order of items. */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  async function runWorker(): Promise<void> {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as T);
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, runWorker));
  return results;
}
