// Repeats pieces of work in turn, so that whatever else the machine does meets them all alike, and takes the medians.

/** What one run of something took. */
export interface Sample {
  readonly milliseconds: number;
  /** Of the processor, in the process and those it started: on a busy machine steadier than the time that passed. */
  readonly processorMilliseconds: number;
  /** The most memory that the process held at once (those it started not counted). */
  readonly peakBytes: number;
}

export async function sampleInTurn<Name extends string>(
  rounds: number,
  work: Readonly<Record<Name, () => Promise<Sample>>>,
): Promise<Record<Name, Sample>> {
  const names = Object.keys(work) as Name[];
  const samples = new Map<Name, Sample[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) for (const name of names) samples.get(name)?.push(await work[name]());
  const medians = names.map((name) => [name, medianSample(samples.get(name) ?? [])]);
  return Object.fromEntries(medians) as Record<Name, Sample>;
}

function medianSample(samples: readonly Sample[]): Sample {
  return {
    milliseconds: median(samples.map((sample) => sample.milliseconds)),
    processorMilliseconds: median(samples.map((sample) => sample.processorMilliseconds)),
    peakBytes: median(samples.map((sample) => sample.peakBytes)),
  };
}

/** Of an even number of values, the middle between the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
