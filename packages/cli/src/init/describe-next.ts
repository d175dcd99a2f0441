// What to run after `init`, ready to copy.

import type { Paint } from "../terminal/paint.js";
import type { Facts } from "./facts.js";
import type { Choices } from "./init-plan.js";
import { conventions } from "./package-manager.js";
import { unlinkedServices } from "./plan-manifests.js";

export interface NextOptions {
  readonly paint: Paint;
  readonly columns: number | undefined;
}

export function describeNext(facts: Facts, choices: Choices, { paint, columns = 100 }: NextOptions): string {
  const { install, run } = conventions[facts.packageManager];
  const first = !facts.hasPrompts || facts.texts.size === 0;
  const commands: readonly (readonly [string, string])[] = [
    [install, "install cuecard and link the generated package"],
    [`${run} cuecard build`, "compile the prompts into the typed package"],
    first
      ? [`${run} cuecard render greet --var name=Ada`, "see what the model receives"]
      : [`${run} cuecard list`, "list your prompts"],
  ];
  const widest = Math.max(...commands.map(([command]) => command.length));
  const longest = Math.max(...commands.map(([, about]) => about.length));
  const fits = widest + longest + 4 <= columns;
  const lines = commands.map(([command, about]) =>
    fits ? `  ${paint.cyan(command.padEnd(widest))}  ${paint.dim(about)}` : `  ${paint.cyan(command)}`,
  );
  return ["Next:", ...lines, ...describeServices(facts, choices)].join("\n");
}

/** How many folders are named before the list is cut. */
const NAMED = 4;

function describeServices(facts: Facts, { packageName, services }: Choices): string[] {
  const folders = unlinkedServices(facts, packageName).filter((folder) => !services.includes(folder));
  if (folders.length === 0) return [];
  const named = folders.length > NAMED ? [...folders.slice(0, NAMED), "…"] : folders;
  const command = conventions[facts.packageManager].add(packageName);
  return ["", `In each package that imports the prompts (${named.join(", ")}): ${command}`];
}
