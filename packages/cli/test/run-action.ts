// Runs the GitHub Action as a runner does: bash, environment files, conditions of steps, a shallow checkout.

import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createProjectFolder, type TestRepository } from "@cuecard/testing";
import { parse } from "yaml";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
export const actionDir = path.join(root, "packages/action");
export const readYaml = (file: string) => parse(readFileSync(file, "utf8"));
export const action = readYaml(path.join(actionDir, "action.yml"));

export interface Outcome {
  readonly code: number;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** A step that is ready to run. */
interface Step {
  readonly script: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

interface StepResult {
  readonly status: number | null;
  readonly output: string;
}

const bashWith = (script: string) => ["--noprofile", "--norc", "-eo", "pipefail", script];

type ActionArguments = [
  workspace: string,
  inputs?: Readonly<Record<string, string>>,
  folder?: string,
  variables?: Readonly<Record<string, string>>,
];

/** Runs the action on a checkout, step by step. */
export function runAction(...action: ActionArguments): Outcome {
  const steps = stepsOf(...action);
  let next = steps.next();
  while (next.done !== true) {
    const { script, cwd, env } = next.value;
    const { status, stdout, stderr } = spawnSync("bash", bashWith(script), { cwd, env, encoding: "utf8" });
    next = steps.next({ status, output: stdout + stderr });
  }
  return next.value;
}

/** The same while this process continues, for example to answer requests. */
export async function runActionBeside(...action: ActionArguments): Promise<Outcome> {
  const steps = stepsOf(...action);
  let next = steps.next();
  while (next.done !== true) next = steps.next(await runStep(next.value));
  return next.value;
}

async function runStep({ script, cwd, env }: Step): Promise<StepResult> {
  const child = spawn("bash", bashWith(script), { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
  const status = await new Promise<number | null>((done) => child.once("close", done));
  return { status, output };
}

function* stepsOf(
  workspace: string,
  inputs: Readonly<Record<string, string>> = {},
  folder = actionDir,
  variables: Readonly<Record<string, string>> = {},
): Generator<Step, Outcome, StepResult> {
  const action = readYaml(path.join(folder, "action.yml"));
  const files = createProjectFolder();
  const values: Record<string, string> = { "github.token": "" };
  for (const [name, input] of Object.entries<{ default: string }>(action.inputs))
    values[`inputs.${name}`] = inputs[name] ?? (input.default.includes("github.token") ? "" : input.default);
  values["github.event.repository.default_branch"] = "main";
  const evaluate = (text: string) => text.replace(/\$\{\{ *([\w.-]+) *\}\}/g, (_, name) => values[name] ?? `?${name}`);
  values["github.event_name"] = variables["GITHUB_EVENT_NAME"] ?? "push";
  let log = "";
  let code = 0;
  let outputs: Record<string, string> = {};
  for (const step of action.runs.steps) {
    if (code !== 0 && step.if === undefined) continue;
    if (step.if !== undefined && !holds(step.if, values)) continue;
    const output = path.join(files, `output-${step.id ?? ""}`);
    const script = path.join(files, "script.sh");
    writeFileSync(output, "");
    writeFileSync(script, step.run);
    const environment: Record<string, string> = {
      PATH: process.env["PATH"] ?? "",
      HOME: files,
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_ACTION_PATH: folder,
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: path.join(files, "summary"),
      GITHUB_SERVER_URL: "https://github.com",
      RUNNER_TEMP: files,
      ...variables,
    };
    for (const [name, value] of Object.entries<string>(step.env)) environment[name] = evaluate(value);
    const result = yield { script, cwd: workspace, env: environment };
    log += result.output;
    if (code === 0) code = result.status ?? -1;
    const written = readFileSync(output, "utf8").split("\n").filter(Boolean);
    for (const line of written) {
      const [name = "", value = ""] = line.split("=");
      values[`steps.${step.id}.outputs.${name}`] = value;
      outputs = { ...outputs, [name]: value };
    }
  }
  const summary = path.join(files, "summary");
  return { code, log, outputs, summary: existsSync(summary) ? readFileSync(summary, "utf8") : "" };
}

/** A checkout as actions/checkout makes it: one commit, no tags. */
export function checkout(repository: TestRepository, branch = "main"): string {
  const workspace = path.join(createProjectFolder(), "checkout");
  const git = (...args: string[]) => execFileSync("git", args, { cwd: workspace, stdio: "pipe" });
  mkdirSync(workspace);
  git("init", "--quiet");
  git("remote", "add", "origin", `file://${repository.dir}`);
  git("fetch", "--quiet", "--no-tags", "--depth=1", "origin", `+refs/heads/${branch}:refs/remotes/origin/${branch}`);
  git("checkout", "--quiet", "--detach", `refs/remotes/origin/${branch}`);
  installCuecard(workspace);
  return workspace;
}

/** What `npm install` would leave: a cuecard in node_modules/.bin. */
export function installCuecard(dir: string): void {
  const bin = path.join(dir, "node_modules/.bin");
  mkdirSync(bin, { recursive: true });
  const built = path.join(root, "packages/cli/bin/cuecard.js");
  const program = `#!/bin/sh\nexec "${process.execPath}" "${built}" "$@"\n`;
  writeFileSync(path.join(bin, "cuecard"), program);
  chmodSync(path.join(bin, "cuecard"), 0o755);
}

/** Evaluates the condition of a step: comparisons that are joined by `&&`. */
function holds(condition: string, values: Readonly<Record<string, string>>): boolean {
  return condition
    .replace(/^\$\{\{|\}\}$/g, "")
    .split("&&")
    .every((term) => {
      if (term.trim() === "!cancelled()") return true;
      const [, name = "", operator, expected] = /^\s*([\w.-]+) (==|!=) '(.*)'\s*$/.exec(term) ?? [];
      if (operator === undefined) throw new Error(`the test cannot evaluate ${term}`);
      return ((values[name] ?? "") === expected) === (operator === "==");
    });
}
