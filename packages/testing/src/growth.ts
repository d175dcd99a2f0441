// How the work of a function grows with its input: a ratio of processor times within one process, which a slow or busy machine
// changes little.

const ROUNDS = 3;

/**
 * How many times longer a function takes for the large size than for the small one: about `large / small` if its time is
 * linear, and the square of that if it is quadratic.
 *
 * @param run Takes at least a few milliseconds for the small size.
 */
export async function growth(run: (size: number) => unknown, small: number, large: number): Promise<number> {
  await run(small); // compiles the code
  const [few, many] = [await leastTime(() => run(small)), await leastTime(() => run(large))];
  return many / few;
}

/** The processor time of the fastest round, in microseconds. */
async function leastTime(run: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(start);
    times.push(user + system);
  }
  return Math.max(Math.min(...times), 1);
}
