// Runs a Dockerfile's stages in folders instead of containers, which not every machine can run: what is copied from where, and
// what each step needs, is the same.

import { existsSync } from "node:fs";
import { cp, mkdir, stat } from "node:fs/promises";
import path from "node:path";

export interface DockerOptions {
  /** The build context. */
  readonly context: string;
  /** Where the stages' file systems are created. */
  readonly folder: string;
  /** Runs the command of a RUN or CMD instruction. */
  run(command: string, stage: DockerStage): Promise<string>;
}

export interface DockerStage {
  /** The position of the stage, counted from 0. */
  readonly index: number;
  readonly isLast: boolean;
  /** The folder that stands for WORKDIR. */
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs all stages in order, then CMD. Returns what CMD printed, and the last stage. */
export async function runDockerfile(
  text: string,
  { context, folder, run }: DockerOptions,
): Promise<{ readonly output: string; readonly stage: DockerStage }> {
  const lines = text.split("\n").filter((line) => /^[A-Z]+ /.test(line));
  const count = lines.filter((line) => line.startsWith("FROM ")).length;
  const roots = new Map<string, string>();
  let root = "";
  let workdir = "/";
  let env: Record<string, string> = {};
  let output = "";
  const inRoot = (file: string) => path.join(root, path.posix.resolve(workdir, file));
  const stage = (): DockerStage => {
    const index = roots.size - 1;
    return { index, isLast: index === count - 1, workdir: inRoot("."), env };
  };
  for (const line of lines) {
    const [, instruction = "", rest = ""] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (instruction === "FROM") {
      const name = / AS (\S+)$/.exec(rest)?.[1] ?? String(roots.size);
      [root, workdir, env] = [path.join(folder, name), "/", {}];
      roots.set(name, root);
      await mkdir(root, { recursive: true });
    } else if (instruction === "WORKDIR") {
      workdir = path.posix.resolve(workdir, rest);
      await mkdir(inRoot("."), { recursive: true });
    } else if (instruction === "ENV") {
      const [name = "", value = ""] = rest.split("=");
      env = { ...env, [name]: value };
    } else if (instruction === "COPY") {
      const [, from, files = ""] = /^(?:--from=(\S+) )?(.*)$/.exec(rest) ?? [];
      const sources = files.split(" ");
      const target = sources.pop() ?? "";
      const base = from === undefined ? context : (roots.get(from) ?? "");
      for (const source of sources) await copy(path.join(base, source), inRoot(target), target.endsWith("/"));
    } else if (instruction === "RUN") await run(rest, stage());
    else if (instruction === "CMD") output = await run((JSON.parse(rest) as string[]).join(" "), stage());
    else throw new Error(`this Dockerfile has an instruction that is not known here: ${line}`);
  }
  return { output, stage: stage() };
}

/** A folder's content goes into the target; a file goes into it if the target is a folder. */
async function copy(source: string, target: string, isFolder: boolean): Promise<void> {
  const folder = (await stat(source)).isDirectory();
  const into = !folder && (isFolder || existsSync(target));
  await cp(source, into ? path.join(target, path.basename(source)) : target, {
    recursive: true,
    filter: (file) => !file.split(path.sep).includes("node_modules"),
  });
}
