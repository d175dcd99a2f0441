// The layout for a million versions: projects in folders, each with its own settings, prompts.lock and generated package. Measures what
// one project costs while others are in the same repository: in a clone with all tags, and in a clone without tags, as CI services
// make. With `--large`, the repository has fifty projects of 2,000 prompts with 10 versions: 1,000,000 versions. That takes an hour.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatTime } from "../format-figure.js";
import { git } from "../make-repository.js";
import { CUECARD } from "../paths.js";
import { type ProcessResult, runProcess } from "../run-process.js";
import type { MeasureGroup, ScaleRow } from "./scale-bench.js";

const VERSIONS = 10;
const OWN = "p00";

export const measureLayout: MeasureGroup = async ({ folder, startUp, large }) => {
  const prompts = large ? 2000 : 200;
  const steps = large ? [1, 10, 50] : [1, 5, 25];
  const dir = join(folder, "layout");
  mkdirSync(join(dir, "node_modules"), { recursive: true });
  git(dir, ["init", "--quiet", "--initial-branch=main"]);
  git(dir, ["config", "user.name", "Bench"]);
  git(dir, ["config", "user.email", "bench@example.com"]);
  const rows: ScaleRow[] = [];
  let made = 0;
  for (const [round, projects] of steps.entries()) {
    for (; made < projects; made++) addProject(dir, nameOf(made), prompts);
    git(dir, ["pack-refs", "--all"]);
    git(dir, ["reset", "--quiet", "--hard", "main"]);
    await cuecard(join(dir, OWN), "build");
    git(dir, ["add", `${OWN}/prompts.lock`]);
    git(dir, ["commit", "--quiet", "--allow-empty", "--message=Lock"]);
    const clone = join(folder, `layout-${round}`);
    git(folder, ["clone", "--quiet", "--no-tags", `file://${dir}`, clone]);
    mkdirSync(join(clone, "node_modules"), { recursive: true });
    const about = `${projects} project${projects === 1 ? "" : "s"}, ${projects * prompts * VERSIONS} versions`;
    const add = (question: string, { processorMilliseconds, peakBytes }: ProcessResult) =>
      rows.push({
        question: `${about}: ${question}`,
        figure: `${formatTime(processorMilliseconds - startUp)}, ${Math.round(peakBytes / 1e6)} MB`,
      });
    add("unchanged build of one", await cuecard(join(dir, OWN), "build"));
    add("list of one", await cuecard(join(dir, OWN), "list"));
    add("first build of one, in a clone without tags", await cuecard(join(clone, OWN), "build", "--frozen"));
    add("unchanged build of one, in a clone without tags", await cuecard(join(clone, OWN), "build", "--frozen"));
  }
  return rows;
};

function cuecard(cwd: string, ...args: readonly string[]): Promise<ProcessResult> {
  return runProcess([CUECARD, ...args], { cwd });
}

function nameOf(index: number): string {
  return `p${String(index).padStart(2, "0")}`;
}

/** Each version is a commit and a tag. */
function addProject(dir: string, project: string, prompts: number): void {
  const settings = JSON.stringify({ tagPrefix: `${project}/`, versions: "aliased" });
  const parent = project === OWN ? "" : "from refs/heads/main^0\n";
  const out = [commitOf("Add the project", parent), fileOf(`${project}/cuecard.config.json`, settings)];
  for (let version = 1; version <= VERSIONS; version++)
    for (let index = 0; index < prompts; index++) {
      const name = `team-${Math.floor(index / 20)}/prompt-${index}`;
      out.push(commitOf(`${name} v${version}`, ""), fileOf(`${project}/prompts/${name}.md`, textOf(index, version)));
      out.push(`\nreset refs/tags/${project}/${name}@v${version}\nfrom refs/heads/main\n\n`);
    }
  out.push("done\n");
  git(dir, ["fast-import", "--quiet", "--done"], out.join(""));
  writeFileSync(join(dir, ".git/info/exclude"), "node_modules\ndist\n");
}

function commitOf(message: string, parent: string): string {
  const who = "Bench <bench@example.com> 1700000000 +0000";
  return `commit refs/heads/main\ncommitter ${who}\ndata ${message.length}\n${message}\n${parent}`;
}

function fileOf(path: string, text: string): string {
  return `M 100644 inline ${path}\ndata ${text.length}\n${text}\n`;
}

function textOf(index: number, version: number): string {
  const facts = "Keep to the facts that you were given, and say plainly where they end.\n".repeat(4 + (index % 5));
  return `You are analyst ${index}. This is revision ${version} of your instructions.\n\n{{question}}\n${facts}`;
}
