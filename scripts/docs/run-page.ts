// Runs what a page shows, block by block, in one project. A page is wrong where a block does not do what it says.
//
// Checks (`<!-- docs: <check> <argument> -->` before the block):
//   file <path>        a file of the project; prompts compile without a finding, JSON fits its schema, TypeScript type-checks
//   source <path>      a file of the project that the commands after it check
//   commands [code]    shell commands, run in the project; they end with that exit code (0)
//   scripts            commands of this repository: each is a script of package.json, `npm install`, or git
//   typescript [run]   a module: type-checks, and runs
//   typescript error   a module with a mistake: does not type-check
//   prompt             a prompt or template: compiles without a finding
//   finding <code>     a prompt or template in which the compiler reports the code
//   render <json>      what the last prompt says for this input
//   output             what the last commands or module printed; a line `…` stands for any lines
//   schema <name>      JSON that fits a schema of packages/cli/schemas
//   renders            a table: template, input, result
//   findings           a table: template, code that the compiler reports
//   checks             a table: schema, template, code that the compiler reports; nothing for no finding
//   infers             a table: template, the input's type
//   types              a table: Picoschema, type
//   lists <what>       a table whose first column is complete
//   formats, endings   tables of docs/other-formats.md, each row with a file of formats/: formats.test.ts compares them
// Fences in these languages must have a check:

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { root } from "../run-step.js";
import { type CompiledSnippet, compileSnippet, renderSnippet } from "./compile-snippet.js";
import { PageProject } from "./page-project.js";
import { type Block, type Page, readRows } from "./read-page.js";

const CHECKED_LANGUAGES = ["sh", "ts", "js", "json", "yaml", "md", "handlebars"];

/** Everything that is wrong with a page, as `file:line: what`. */
export async function runPage(page: Page): Promise<string[]> {
  return new PageRun(page).run();
}

class PageRun {
  readonly #page: Page;
  readonly #problems: string[] = [];
  readonly #partials: Record<string, string> = {};
  #project: PageProject | undefined;
  #prompt: CompiledSnippet | undefined;
  #output: string | undefined;

  constructor(page: Page) {
    this.#page = page;
  }

  async run(): Promise<string[]> {
    for (const block of this.#page.blocks) {
      const problem = await this.#check(block).catch((error: unknown) => String(error));
      if (problem !== undefined) this.#problems.push(`${this.#page.file}:${block.line}: ${problem}`);
    }
    return this.#problems;
  }

  async #check(block: Block): Promise<string | undefined> {
    const { check, argument, language, text } = block;
    switch (check) {
      case undefined:
        return block.kind === "fence" && CHECKED_LANGUAGES.includes(language) ? "this block has no check" : undefined;
      case "file":
        return this.#file(argument, text);
      case "source":
        await (await this.#open()).write(argument, text);
        return undefined;
      case "commands":
        return this.#commands(text, argument === "" ? 0 : Number(argument));
      case "scripts":
        return unknownScript(text);
      case "typescript":
        return this.#typescript(text, argument);
      case "prompt":
        return this.#compile(text);
      case "finding":
        return expectFinding(text, argument, this.#partials);
      case "render":
        return this.#render(text, argument);
      case "output":
        return this.#output === undefined ? "nothing printed anything" : difference(this.#output, text);
      case "schema":
        return schemaProblem(argument, text);
      case "renders":
        return rowProblems(text, ([template = "", input = "", result = ""]) => {
          const problem = this.#compile(template);
          return problem ?? this.#render(result.replaceAll("↵", "\n"), input);
        });
      case "findings":
        return rowProblems(text, ([template = "", code = ""]) => expectFinding(template, code, this.#partials));
      case "checks":
        return rowProblems(text, ([schema = "", template = "", code = ""]) => {
          const prompt = `---\ninput: { schema: { ${schema} } }\n---\n${template}`;
          return code === "" ? this.#compile(prompt) : expectFinding(prompt, code, this.#partials);
        });
      case "infers":
        return rowProblems(text, ([template = "", type = ""]) => this.#inputType(template, type));
      case "types":
        return rowProblems(text, ([schema = "", type = ""]) =>
          this.#inputType(`---\ninput:\n  schema:\n    ${schema}\n---\n`, type),
        );
      case "lists":
      case "formats":
      case "endings":
        return undefined; // docs.test.ts and formats.test.ts compare them.
      default:
        return `there is no check "${check}"`;
    }
  }

  async #file(file: string, text: string): Promise<string | undefined> {
    const project = await this.#open();
    await project.write(file, text);
    if (file.startsWith("prompts/")) {
      const name = file.slice("prompts/".length).replace(/\.md$/, "");
      if (/(?:^|\/)_[^/]*$/.test(name)) this.#partials[name.replace(/_([^/]*)$/, "$1")] = text;
      return this.#compile(text);
    }
    if (file === "aliases.json") return schemaProblem("aliases", text);
    if (file === "cuecard.config.json") return schemaProblem("config", text);
    return file.endsWith(".ts") ? this.#typescript(text, "") : undefined;
  }

  async #commands(script: string, expected: number): Promise<string | undefined> {
    const { code, stdout, stderr } = await (await this.#open()).run(script);
    this.#output = stdout + (code === 0 ? "" : stderr);
    return code === expected ? undefined : `exit code ${code}, not ${expected}\n${stdout}${stderr}`;
  }

  async #typescript(text: string, mode: string): Promise<string | undefined> {
    const { code, stdout, stderr } = await (await this.#open()).runSnippet(text, mode === "run");
    this.#output = stdout;
    if (mode === "error") return code === 0 ? "this type-checks" : undefined;
    return code === 0 ? undefined : `${stdout}${stderr}`;
  }

  #compile(text: string): string | undefined {
    this.#prompt = compileSnippet(text, this.#partials);
    const first = this.#prompt.diagnostics.find(({ severity }) => severity !== "info");
    return first === undefined ? undefined : `${first.code}: ${first.message}`;
  }

  #render(expected: string, input: string): string | undefined {
    const content = this.#prompt?.content;
    if (content === undefined) return "there is no prompt to render";
    const rendered = renderSnippet(content, input === "" ? {} : (JSON.parse(input) as Record<string, unknown>));
    return difference(rendered, expected);
  }

  #inputType(template: string, expected: string): string | undefined {
    const { content, diagnostics } = compileSnippet(template, this.#partials);
    if (content === undefined) return diagnostics.map(({ message }) => message).join("; ");
    const members = content.inputType.text
      .replace(/\/\*\*.*?\*\/\s*/gs, "")
      .replaceAll("\0", "")
      .replace(/\s+/g, " ")
      .replace(/^\{ (.*) \}$/, "$1")
      .replace(/;$/, "");
    return members === expected ? undefined : `the type is ${members}`;
  }

  async #open(): Promise<PageProject> {
    this.#project ??= await PageProject.create();
    return this.#project;
  }
}

function rowProblems(table: string, check: (cells: readonly string[]) => string | undefined): string | undefined {
  const problems = readRows(table).flatMap((cells) => {
    const problem = check(cells);
    return problem === undefined ? [] : [`| ${cells.join(" | ")} |: ${problem}`];
  });
  return problems.length === 0 ? undefined : problems.join("\n");
}

function expectFinding(text: string, code: string, partials: Readonly<Record<string, string>>): string | undefined {
  const found = compileSnippet(text, partials).diagnostics.map((diagnostic) => String(diagnostic.code));
  return found.includes(code) ? undefined : `${code} is not reported, but ${found.join(", ") || "nothing"}`;
}

function unknownScript(text: string): string | undefined {
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { scripts: object };
  for (const line of text.trimEnd().split("\n")) {
    const script = /^npm (?:run )?([\w:]+)/.exec(line)?.[1];
    const file = /^(?:node |bash )?(\.?\w[\w.-]*\/[\w./-]+)/.exec(line)?.[1];
    if (script !== undefined ? Object.hasOwn(manifest.scripts, script) : /^(?:git|cd|#) ?/.test(line)) continue;
    if (file === undefined || !existsSync(path.join(root, file))) return `\`${line}\` is no command of this repository`;
  }
  return undefined;
}

interface Validator {
  (data: unknown): boolean;
  errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null;
}

const validators = new Map<string, Validator>();

function schemaProblem(name: string, text: string): string | undefined {
  const validate = validators.get(name) ?? readSchema(name);
  validators.set(name, validate);
  if (validate(JSON.parse(text))) return undefined;
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`).join("; ");
}

function readSchema(name: string): Validator {
  const cli = path.join(root, "packages/cli");
  const { Ajv2020 } = createRequire(path.join(cli, "package.json"))("ajv/dist/2020.js") as {
    Ajv2020: new (options: object) => { compile(schema: unknown): Validator };
  };
  const schema: unknown = JSON.parse(readFileSync(path.join(cli, "schemas", `${name}.schema.json`), "utf8"));
  return new Ajv2020({ strict: false }).compile(schema);
}

/** Commits and durations differ from run to run. */
function normalize(text: string): string {
  return text
    .trimEnd()
    .replace(/\b[0-9a-f]{40}\b/g, "<commit>")
    .replace(/\b\d+(?:\.\d+)? m?s\b/g, "<time>");
}

function difference(actual: string, expected: string): string | undefined {
  const pattern = normalize(expected)
    .split("\n")
    .map((line) => (line === "…" ? "(?:.*\n)*?.*" : line.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replaceAll("…", ".*")))
    .join("\n");
  if (new RegExp(`^${pattern}$`).test(normalize(actual))) return undefined;
  return `the page says\n${normalize(expected)}\nbut it is\n${normalize(actual)}`;
}
