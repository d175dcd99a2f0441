// A package whose pointers move, for tests: its prompts are their names and versions, and where pointers may move is given as the
// compiler writes it.

import { createFollow, type Following, type FollowOptions } from "../src/follow/index.js";
import { createAt, createFind, createLoad, Split } from "../src/load.js";
import { atAlias } from "../src/prompt.js";

export interface Version {
  readonly name: string;
  readonly version: number | "working";
}

export interface TestLive extends Following {
  load(...args: readonly unknown[]): Version;
  find(...args: readonly unknown[]): Version | undefined;
  at(alias: string): (name: string, options?: object) => Version;
}

const versionsOf = (name: string, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`v${at + 1}`, { name, version: at + 1 }]));
const greet = versionsOf("greet", 4);
export const half = versionsOf("team/half", 3);
export const arms = [
  { weight: 90, value: half["v1"] as object },
  { weight: 10, value: half["v2"] as object },
];
const makePrompts = () =>
  new Map<string, () => Record<string, object>>([
    [
      "greet",
      () => ({
        ...greet,
        working: { name: "greet", version: "working" },
        latest: greet["v4"] as object,
        production: greet["v2"] as object,
        staging: greet["v2"] as object,
        dev: { name: "greet", version: "working" },
      }),
    ],
    [
      "team/half",
      () => ({ ...half, latest: half["v3"] as object, production: new Split("team/half:production", arms) }),
    ],
  ]);

const CONTRACTS = [
  '["greet",4,4,[[["production","staging"],2,[[0,[4]]]],[["dev"],"working",[[1,[1]]]]],["input \\"tone\\" is new and required","model is missing"]]',
  '["team/half",3,3,[[["production"],[[1,90],[2,10]]]]]',
];

export function follow(options: FollowOptions): TestLive {
  const prompts = makePrompts();
  return createFollow(
    { load: createLoad(prompts), find: createFind(prompts), at: createAt(prompts), atAlias, Split },
    CONTRACTS,
  )(options) as TestLive;
}

/** Follows a sequence of answers; the last one stays. */
export async function after(
  answers: readonly unknown[],
  options: Omit<FollowOptions, "source"> = {},
): Promise<TestLive> {
  let at = 0;
  const live = follow({
    ...options,
    source: () => {
      const answer = answers[Math.min(at++, answers.length - 1)];
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  for (const _ of answers) await live.refresh();
  return live;
}

export const pointers = (production: unknown, sequence?: unknown) => ({
  pointersVersion: 1,
  ...(sequence === undefined ? {} : { sequence }),
  pointers: { greet: { production } },
});
export const BUILT = {
  greet: { production: "v2", staging: "v2", dev: "working" },
  "team/half": { production: { v1: 90, v2: 10 } },
};
export const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
