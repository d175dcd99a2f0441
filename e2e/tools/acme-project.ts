// A project that uses cuecard, with everything installed as users install it: from a registry that has the packed packages.

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { packPackages } from "../pack-packages.js";
import { startPackageRegistry } from "../package-registry.js";
import { runCommand } from "../run-command.js";

export interface AcmeProject {
  readonly dir: string;
  write(file: string, text: string): Promise<void>;
  /** Runs a program in the project. */
  run(program: string, ...args: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

/**
 * Makes a project with the generated package `@acme/prompts`, which is not built yet.
 *
 * @param dir The project's folder, made here.
 * @param support A folder for the registry and what it serves.
 */
export async function createAcmeProject(dir: string, support: string): Promise<AcmeProject> {
  const registry = await startPackageRegistry(path.join(support, "registry"));
  for (const packed of await packPackages(path.join(support, "packed"))) await registry.publish(packed);
  const project: AcmeProject = {
    dir,
    async write(file, text) {
      await mkdir(path.dirname(path.join(dir, file)), { recursive: true });
      await writeFile(path.join(dir, file), text);
    },
    run: (program, ...args) => runCommand(program, args, { cwd: dir, env: registry.env }),
    close: () => registry.close(),
  };
  await project.write("package.json", JSON.stringify({ name: "acme", private: true }));
  await project.write(
    "prompts/finance/forecast.md",
    "---\ninput: { schema: { months(array): string } }\n---\n{{#each months}}{{this}} {{/each}}",
  );
  await project.run("git", "init", "--quiet", "--initial-branch=main");
  await project.run("npm", "install", "--save-dev", "cuecard");
  await project.run("npx", "cuecard", "init", "--yes");
  await project.write("prompts/greet.md", "---\ninput: { schema: { name: string } }\n---\nGreet {{name}}.\n");
  return project;
}
