// A repository of its own for a page's commands and snippets, with cuecard and TypeScript as an installation would put them.

import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Finished, tryCommand } from "../../e2e/run-command.js";
import { createFolder } from "../../packages/testing/src/index.js";
import { root } from "../run-step.js";
import { CLIENT, serveCuecard } from "./cuecard-server.js";
import { toJavaScript, typeCheck } from "./type-check.js";

const LINKS: Readonly<Record<string, string>> = {
  cuecard: path.join(root, "packages/cli"),
  "@cuecard/runtime": path.join(root, "packages/runtime"),
  "@cuecard/prompts": path.join(root, "packages/prompts"),
  "@acme/prompts": "../../packages/prompts",
  ai: path.join(root, "e2e/node_modules/ai"),
  "@opentelemetry/api": path.join(root, "e2e/node_modules/@opentelemetry/api"),
  "@openfeature/server-sdk": path.join(root, "e2e/node_modules/@openfeature/server-sdk"),
  openai: path.join(root, "e2e/node_modules/openai"),
  hono: path.join(root, "e2e/node_modules/hono"),
  "@hono/standard-validator": path.join(root, "e2e/node_modules/@hono/standard-validator"),
  "@trpc/server": path.join(root, "e2e/node_modules/@trpc/server"),
  typescript: path.join(root, "node_modules/typescript7"),
  tsx: path.join(root, "node_modules/tsx"),
  vitest: path.join(root, "node_modules/vitest"),
  jest: path.join(root, "e2e/node_modules/jest"),
  ".bin/cuecard": CLIENT,
  ".bin/tsc": "../typescript/bin/tsc",
  ".bin/tsx": "../tsx/dist/cli.mjs",
  ".bin/vitest": "../vitest/vitest.mjs",
  ".bin/jest": "../jest/bin/jest.js",
};

let server: Promise<string> | undefined;

async function startServer(): Promise<string> {
  const folder = createFolder("server");
  await serveCuecard(folder);
  return folder;
}

export class PageProject {
  readonly dir: string;
  #snippets = 0;

  private constructor(dir: string) {
    this.dir = dir;
  }

  static async create(): Promise<PageProject> {
    const project = new PageProject(createFolder("page"));
    await project.write("package.json", `${JSON.stringify({ name: "acme", private: true, type: "module" })}\n`);
    for (const [name, target] of Object.entries(LINKS)) {
      const link = path.join(project.dir, "node_modules", name);
      await mkdir(path.dirname(link), { recursive: true });
      await symlink(target, link);
    }
    const git = "git init -q -b main && git config user.name Ada && git config user.email ada@example.com";
    const { code, stderr } = await project.run(git);
    if (code !== 0) throw new Error(stderr);
    return project;
  }

  async write(file: string, text: string): Promise<void> {
    const target = path.join(this.dir, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
  }

  /**
   * Runs a script as a person types it. npm is played: what it would install is there, and `npx` runs it (the end-to-end
   * tests install for real).
   */
  async run(script: string): Promise<Finished> {
    server ??= startServer();
    const played =
      'npm() { [ "$1" = install ]; }; npx() { local tool="$1"; shift; "$top/node_modules/.bin/$tool" "$@"; }';
    return tryCommand("bash", ["-euo", "pipefail", "-c", `top=$PWD\n${played}\n${script}`], {
      cwd: this.dir,
      env: { CUECARD_SERVER: await server },
    });
  }

  /** Type-checks a module of the project, and runs it when asked to. */
  async runSnippet(text: string, executes: boolean): Promise<Finished> {
    const file = `snippet-${++this.#snippets}`;
    await this.write(`${file}.ts`, text);
    const errors = typeCheck(path.join(this.dir, `${file}.ts`));
    if (errors !== "" || !executes) return { code: errors === "" ? 0 : 1, stdout: errors, stderr: "" };
    await this.write(`${file}.js`, toJavaScript(text));
    return this.run(`node ${file}.js`);
  }
}
