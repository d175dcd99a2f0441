// Finds the projects in the folders below, for commands that run at the top of a repository with several projects.

import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import type { FoundProject } from "@cuecard/project";
import type { CommandContext } from "./command-context.js";

/** The projects below a folder that is not a project itself; `folder` is relative to the user's. Otherwise none. */
export async function findProjectsBelow({ dir, terminal }: CommandContext): Promise<readonly FoundProject[]> {
  const { defaultConfig, findGitDir, findProjects, isProject } = await import("@cuecard/project");
  if (existsSync(path.join(dir, defaultConfig.prompts)) || findGitDir(dir) === undefined || (await isProject(dir)))
    return [];
  const projects = await findProjects(dir, defaultConfig.git);
  const here = realpathSync(dir);
  const cwd = realpathSync(terminal.cwd);
  const below = projects.filter((project) => project.dir.startsWith(here.endsWith(path.sep) ? here : here + path.sep));
  return below.map((project) => {
    const folder = path.relative(cwd, project.dir).split(path.sep).join("/");
    return { ...project, folder };
  });
}
