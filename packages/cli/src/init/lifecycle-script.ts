// The script in the generated package that package managers run, and the package.json scripts that start it.

export const LIFECYCLE_FILE = "lifecycle.mjs";

/**
 * An image that copies only the package.json files before it installs does not have the script yet: that is not an error.
 *
 * @param installScript The script that the package manager runs in every package of a workspace after an install.
 */
export function generatedScripts(installScript: "prepare" | "postinstall"): Readonly<Record<string, string>> {
  return {
    build: "cuecard build",
    [installScript]: `node -e "import('./${LIFECYCLE_FILE}').catch(() => {})"`,
    prepack: `node ${LIFECYCLE_FILE} pack`,
  };
}

export function lifecycleScript(): string {
  return `// Written by \`cuecard init\`. Package managers run this script:
// - after an install, to build the prompts. An install never fails because of prompts. If cuecard is not installed (as with
//   --omit=dev) or the prompts cannot be built, an import of this package fails and says what to do. CUECARD_SKIP_BUILD=1
//   leaves the build to a task runner, which may take it from a cache.
// - before this package is packed ("pack"), to refuse one that is not built.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(folder, "dist");
const isBuilt = () => existsSync(path.join(dist, "manifest.json"));
const NOT_BUILT = "The prompts are not built. Run \`cuecard build\`";

if (process.argv[2] === "pack") checkBuilt();
else if (process.env.CUECARD_SKIP_BUILD !== "1") {
  const cuecard = findCuecard();
  if (cuecard !== undefined) build(cuecard);
  if (!isBuilt()) explainImports();
}

function checkBuilt() {
  const reason = isBuilt() ? replacedReason() : NOT_BUILT;
  if (reason === undefined) return;
  console.error(\`\${reason}, then pack this package again.\`);
  process.exitCode = 1;
}

/** A package that was built with --as is for one machine. */
function replacedReason() {
  const { replaced } = JSON.parse(readFileSync(path.join(dist, "manifest.json"), "utf8"));
  if (replaced === undefined) return undefined;
  return \`The prompts were built with --as (\${replaced.join(", ")}). Run \\\`cuecard build\\\`\`;
}

function findCuecard() {
  try {
    return path.join(createRequire(import.meta.url).resolve("cuecard"), "../../bin/cuecard.js");
  } catch {
    return undefined;
  }
}

/** Frozen: an install changes no committed file. Versions that a shallow clone lacks are fetched. */
function build(cuecard) {
  const args = [cuecard, "build", "--frozen", "--fetch"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  if (status === 0) process.stdout.write(stdout);
  else process.stderr.write(\`\${stderr ?? ""}The prompts could not be built. See above, then run \\\`cuecard build\\\`.\\n\`);
}

/**
 * Without a build, every import would fail with a missing file. These files fail with a sentence instead, in Node as in
 * bundlers and compilers; the next build replaces them.
 */
function explainImports() {
  const { exports: entries } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const perPrompt = stringsIn(entries?.["./*"]);
  const files = new Set(["./dist/index.js", "./dist/index.d.ts", ...stringsIn(entries?.["."]), ...stringsIn(entries?.["./follow"])]);
  for (const name of promptNames()) for (const pattern of perPrompt) files.add(pattern.replaceAll("*", name));
  for (const file of files) {
    if (!/^\\.\\/dist\\/[^*]+\\.[cm]?[jt]s$/.test(file)) continue;
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), explain(file));
  }
}

/** The names of the prompts in the project that this package belongs to. */
function promptNames() {
  let project = folder;
  while (!existsSync(path.join(project, "cuecard.config.json"))) {
    if (path.dirname(project) === project) return [];
    project = path.dirname(project);
  }
  try {
    const { prompts = "prompts" } = JSON.parse(readFileSync(path.join(project, "cuecard.config.json"), "utf8"));
    const files = readdirSync(path.join(project, prompts), { recursive: true, encoding: "utf8" });
    return files
      .filter((file) => file.endsWith(".md") && !path.basename(file).startsWith("_"))
      .map((file) => file.slice(0, -".md".length).split(path.sep).join("/"));
  } catch {
    return [];
  }
}

function stringsIn(value) {
  return typeof value === "string" ? [value] : Object.values(value ?? {}).flatMap(stringsIn);
}

function explain(file) {
  const text = JSON.stringify(NOT_BUILT);
  if (/\\.d\\.[cm]?ts$/.test(file))
    return \`// cuecard: not built\\nexport declare function load(name: \${text}, ...rest: \${text}[]): never;\\n\`;
  return \`// cuecard: not built\\n\${file.endsWith(".cjs") ? \`require(\${text})\` : \`import \${text}\`};\\n\`;
}
`;
}
