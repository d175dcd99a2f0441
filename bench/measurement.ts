// What a measurement is given, and what it gives.

import type { BenchRepository } from "./bench-repository.js";

export interface Bench {
  /** The large repository, made when it is first asked for. */
  readonly repository: BenchRepository;
  /** For whatever else a measurement needs on disk; removed after the run. */
  readonly folder: string;
  /** How often everything is repeated. */
  readonly rounds: number;
  /** Whether questions are asked of 10,000 prompts instead of 1,000. */
  readonly large: boolean;
  /** The groups of questions that are asked; empty for all. */
  readonly group: readonly string[];
}

export type Measure = (bench: Bench) => Promise<readonly Table[]>;

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  /** A cell for each column; the last ones may be left out. */
  readonly rows: readonly (readonly string[])[];
  readonly notes?: readonly string[];
}
