// Prints the version of cuecard that the project's lockfile pins, as text: nothing of the project is run. Prints nothing if there is none.
// Looks in the project's folder and those above, up to the top of the repository, like a package manager.
import { readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

const [, , project, top] = process.argv;

/** How each lockfile is read. */
const LOCKFILES = {
  "package-lock.json": readNpm,
  "npm-shrinkwrap.json": readNpm,
  "pnpm-lock.yaml": readPnpm,
  "yarn.lock": (text) => /^"?cuecard@[^\n]*:\n +version:? "?([^"\s]+)/m.exec(text)?.[1],
  "bun.lock": (text) => /^ *"cuecard": *\["cuecard@([^"]+)"/m.exec(text)?.[1],
};

function readNpm(text, folder) {
  const { packages = {}, dependencies = {} } = JSON.parse(text);
  const own = packages[`${folder}/node_modules/cuecard`] ?? packages["node_modules/cuecard"] ?? dependencies.cuecard;
  return own?.version;
}

/** The project's own entry, or else that of the workspace's top. */
function readPnpm(text, folder) {
  const entries = new Map(text.split(/^ {2}(?=\S)/m).map((entry) => [/^'?(.*?)'?:/.exec(entry)?.[1], entry]));
  for (const name of [folder === "" ? "." : folder, "."]) {
    const version = /^ {6}cuecard:\n {8}specifier: .*\n {8}version: '?([^\s('"]+)/m.exec(entries.get(name) ?? "")?.[1];
    if (version !== undefined) return version;
  }
  return undefined;
}

function find() {
  for (let above = project; ; above = dirname(above)) {
    const folder = relative(above, project).split(sep).join("/");
    for (const [name, read] of Object.entries(LOCKFILES)) {
      try {
        const version = read(readFileSync(join(above, name), "utf8").replaceAll("\r\n", "\n"), folder);
        if (/^\d[\w.+-]*$/.test(version ?? "")) return version;
      } catch {
        // There is none, or its package manager will complain.
      }
    }
    if (above === top || above === dirname(above)) return "";
  }
}

process.stdout.write(find());
