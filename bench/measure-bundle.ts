// What one prompt costs a service's bundle beyond its own texts: a module that imports the prompt's entry point and formats it,
// bundled and minified. Handlebars' runtime alone stands beside it: what a template engine costs before its first template.

import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { formatBytes, formatTarget } from "./format-figure.js";
import type { Bench, Table } from "./measurement.js";
import { CHECKOUT, CUECARD } from "./paths.js";
import { runProcess } from "./run-process.js";

/** A variable: its name, how the schema declares it, how the template uses it. */
interface Variable {
  readonly pico: string;
  readonly use: string;
}

function variable(name: string, pico: string): Variable {
  return { pico, use: `${name}: {{${name}}}` };
}

const QUERY: Variable = variable("query", "query: string, the question in the user's own words");

const TEN: readonly Variable[] = [
  QUERY,
  ...["user_context", "period", "currency", "team"].map((name) => variable(name, `${name}: string`)),
  ...["region", "planned_changes"].map((name) => variable(name, `${name}?: string`)),
  variable("limit", "limit: integer"),
  variable("urgent", "urgent: boolean"),
  variable("tone", "tone(enum): [calm, brisk, formal]"),
];

const LIST: Variable = {
  pico: "sources?(array): { table: string, dollars: number }",
  use: "{{#each sources}}\n- {{table}}: {{dollars}}\n{{/each}}",
};

const DESCRIPTION = "Answers questions about spending from billing data";
const INTRODUCTION =
  "You are a cost analyst. Answer from the billing data you are given, in dollars, and name the period.\n";

interface Subject {
  readonly prompt: string;
  readonly variables: readonly Variable[];
  readonly role: string;
}

const SUBJECTS: readonly Subject[] = [
  { prompt: "one", variables: [QUERY], role: "" },
  { prompt: "ten", variables: TEN, role: "" },
  { prompt: "list", variables: [...TEN, LIST], role: "" },
  { prompt: "chat", variables: [QUERY], role: '{{role "system"}}' },
];

function bodyOf({ variables, role }: Subject): string {
  return `${role}${INTRODUCTION}${variables.map(({ use }) => use).join("\n")}`;
}

function promptText(subject: Subject): string {
  const schema = subject.variables.map(({ pico }) => `    ${pico}\n`).join("");
  return `---\ndescription: ${DESCRIPTION}\nmodel: anthropic/claude-sonnet-4\nconfig: { temperature: 0.2, maxOutputTokens: 800 }\ninput:\n  schema:\n${schema}---\n${bodyOf(subject)}\n`;
}

/** The prompt's file as it is written, and its text between the variables, which is what is rendered. */
function ownTexts(subject: Subject): number {
  return promptText(subject).length + bodyOf(subject).replace(/\{\{.*?\}\}/g, "").length;
}

export async function measureBundle({ folder }: Bench): Promise<readonly Table[]> {
  const withValidation = await buildPackage(join(folder, "bundle"), true);
  const without = await buildPackage(join(folder, "bundle-without"), false);
  const row = async (label: string, dist: string, prompt: string, most?: number) => {
    const subject = SUBJECTS.find((candidate) => candidate.prompt === prompt) as Subject;
    const module = join(dist, "prompts", `${prompt}.js`);
    const code = await bundle(
      module,
      `import { v1 } from ${JSON.stringify(module)};\nconsole.log(v1.format(input));\n`,
    );
    const texts = ownTexts(subject);
    const beyond = code.length - texts;
    const target = most === undefined ? "" : formatTarget(`≤ ${formatBytes(most)}`, beyond <= most);
    return [label, formatBytes(code.length), formatBytes(texts), formatBytes(beyond), compressed(code), target];
  };
  const engine = join(CHECKOUT, "node_modules/handlebars/dist/cjs/handlebars.runtime.js");
  const handlebars = await bundle(engine, `import hbs from ${JSON.stringify(engine)};\nconsole.log(hbs);\n`);
  return [
    {
      title: "bundle: one prompt, imported by its entry point, minified",
      columns: ["", "bundle", "own texts", "beyond them", "gzip", "target"],
      rows: [
        await row("one variable, no validation", without, "one", 3200),
        await row("ten variables, no validation", without, "ten", 3200),
        await row("one variable", withValidation, "one", 6000),
        await row("ten variables", withValidation, "ten", 6000),
        await row("and a list of objects, no validation", without, "list"),
        await row("and a list of objects", withValidation, "list"),
        await row("chat, one variable, no validation", without, "chat"),
        await row("chat, one variable", withValidation, "chat"),
        ["Handlebars' runtime alone", formatBytes(handlebars.length), "", "", compressed(handlebars)],
      ],
      notes: ["Own texts: the prompt's file, and once more its text between the variables. gzip: of the whole bundle."],
    },
  ];
}

function compressed(code: string): string {
  return formatBytes(gzipSync(code).length);
}

/** Bundles a module beside another one, minified. */
async function bundle(neighbour: string, source: string): Promise<string> {
  const entry = join(dirname(neighbour), `entry-${Date.now()}.mjs`);
  const build = await rolldown({
    input: entry,
    platform: "browser",
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === entry ? entry : undefined),
        load: (id) => (id === entry ? source : undefined),
      },
    ],
  });
  const { output } = await build.generate({ format: "esm", minify: true });
  await build.close();
  return output[0].code;
}

/** A repository with a released version of each prompt, and the package that is built from it: its dist folder. */
async function buildPackage(dir: string, validation: boolean): Promise<string> {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  };
  for (const subject of SUBJECTS) write(`prompts/${subject.prompt}.md`, promptText(subject));
  write("cuecard.config.json", JSON.stringify({ validation }));
  write(
    "packages/prompts/package.json",
    JSON.stringify({ name: "@bench/prompts", type: "module", sideEffects: false }),
  );
  mkdirSync(join(dir, "node_modules/@cuecard"), { recursive: true });
  symlinkSync(join(CHECKOUT, "packages/runtime"), join(dir, "node_modules/@cuecard/runtime"), "junction");
  git(dir, "init", "--quiet", "--initial-branch=main");
  git(dir, "add", "--all", "prompts");
  git(dir, "commit", "--quiet", "--message=Prompts");
  for (const { prompt } of SUBJECTS) git(dir, "tag", `${prompt}@v1`);
  await runProcess([CUECARD, "build", "--cwd", dir]);
  return join(dir, "packages/prompts/dist");
}

function git(cwd: string, ...args: readonly string[]): void {
  const person = ["-c", "user.name=Bench", "-c", "user.email=bench@example.com"];
  execFileSync("git", [...person, ...args], { cwd });
}
