// What the run time says about the input, at the fields that it is about.

import { createContext, type JSX } from "preact";
import { useContext } from "preact/hooks";

/** The keys that lead to a value within the input: names, and numbers in lists. */
export type Keys = readonly (string | number)[];

/** One thing that is wrong, as errors of the run time have it. */
export interface Problem {
  readonly keys: Keys;
  /** `expected a string, got a number (5)` */
  readonly text: string;
}

export const Problems = createContext<readonly Problem[]>([]);

/** @returns The problems of a value; with `within`, also of what is in it. */
export function useProblems(keys: Keys, within = false): readonly Problem[] {
  return useContext(Problems).filter(
    (problem) =>
      (within ? problem.keys.length >= keys.length : problem.keys.length === keys.length) &&
      keys.every((key, index) => problem.keys[index] === key),
  );
}

/** What marks a field as wrong, for its element. */
export function markOf(
  problems: readonly Problem[],
  id: string,
): { readonly "aria-invalid"?: true; readonly "aria-describedby"?: string } {
  return problems.length === 0 ? {} : { "aria-invalid": true, "aria-describedby": `${id}-problem` };
}

export function ProblemList({
  problems,
  id,
}: {
  readonly problems: readonly Problem[];
  readonly id: string;
}): JSX.Element | null {
  if (problems.length === 0) return null;
  return (
    <div id={`${id}-problem`}>
      {problems.map(({ text }) => (
        <p class="problem">{text}</p>
      ))}
    </div>
  );
}
