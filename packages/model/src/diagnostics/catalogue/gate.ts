// Findings about gates: what a version must have scored before an alias may point at it.

import type { Finding } from "./finding.js";

interface Gated {
  name: string;
  alias: string;
  version: number;
  metric: string;
  dataset: string | undefined;
}

const measured = ({ metric, dataset }: Gated) => (dataset === undefined ? metric : `${metric} on ${dataset}`);

export const gate = {
  "gate/follows-latest": {
    severity: "error",
    stage: "plan",
    about:
      'The settings have a gate for an alias that follows releases ("latest"). The next release would move the alias to a version that has no scores yet, so nothing would keep it from callers.',
    message: ({ name, alias }) =>
      `${name}@${alias} has a gate, so it cannot follow releases: a new version has no scores`,
    hint: ({ name, alias, version }) => {
      const promote = `move it with \`cuecard promote ${name} --from latest --to ${alias}\` once the new version has its scores`;
      return version === undefined
        ? `remove the entry; after the release, ${promote}`
        : `point it at a version that passes: \`cuecard alias set ${name} ${alias} v${version}\`; ${promote}`;
    },
  } as Finding<{ name: string; alias: string; version: number | undefined }>,
  "gate/failed": {
    severity: "error",
    stage: "plan",
    about:
      "The settings have a gate for an alias, and the version that it points at, or would point at, did not score what the gate asks for.",
    message: ({ limit, value, ...gated }) =>
      `${gated.name}@${gated.alias} cannot point at v${gated.version}: it scored ${value} for ${measured(gated)}, and the gate asks for ${limit}`,
    hint: "choose another version, or change the gate in the settings in a pull request of its own",
  } as Finding<Gated & { value: number; limit: string }>,
  "gate/no-score": {
    severity: "error",
    stage: "plan",
    about:
      "The settings have a gate for an alias, and the version that it points at, or would point at, has no such score.",
    message: (gated) =>
      `${gated.name}@${gated.alias} cannot point at v${gated.version}: it has no score for ${measured(gated)}`,
    hint: ({ name, version, metric, dataset }) =>
      `measure it, and record the score: cuecard score ${name}@v${version} --metric ${metric}=…${dataset === undefined ? "" : ` --dataset ${dataset}`}`,
  } as Finding<Gated>,
};
