import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { createFolder } from "../packages/testing/src/index.js";
import { addRepository } from "./add-repository.js";
import { root } from "./run-step.js";

/** A folder with the manifests of this repository's packages. */
function copyManifests(): string {
  const dir = createFolder();
  for (const name of readdirSync(path.join(root, "packages"))) {
    const manifest = path.join("packages", name, "package.json");
    if (!existsSync(path.join(root, manifest))) continue;
    mkdirSync(path.join(dir, "packages", name), { recursive: true });
    cpSync(path.join(root, manifest), path.join(dir, manifest));
  }
  return dir;
}

const read = (dir: string, name: string) =>
  JSON.parse(readFileSync(path.join(dir, "packages", name, "package.json"), "utf8")) as Record<string, unknown>;

it.each([
  ["git@github.com:acme/cuecard.git", "https://github.com/acme/cuecard", "tree/HEAD"],
  ["https://github.com/acme/cuecard", "https://github.com/acme/cuecard", "tree/HEAD"],
  ["https://ada:secret@github.com/acme/cuecard.git", "https://github.com/acme/cuecard", "tree/HEAD"],
  ["ssh://git@gitlab.com/acme/tools/cuecard.git", "https://gitlab.com/acme/tools/cuecard", "tree/HEAD"],
])("names the repository of %s in every published package", (remote, page, tree) => {
  const dir = copyManifests();
  const written = addRepository(dir, remote);
  expect(written).toContain("packages/runtime/package.json");
  expect(written).not.toContain("packages/prompts/package.json");
  for (const file of written) {
    const directory = path.posix.dirname(file);
    const { repository, homepage, bugs, ...others } = read(dir, path.basename(directory));
    expect({ repository, homepage, bugs }).toEqual({
      repository: { type: "git", url: `git+${page}.git`, directory },
      homepage: `${page}/${tree}/${directory}#readme`,
      bugs: `${page}/issues`,
    });
    expect(others).toEqual(read(root, path.basename(directory)));
  }
});

it.each(["/srv/git/cuecard.git", "../cuecard", "https://git.acme.test/cuecard.git"])(
  "refuses %s, which npm could not link to, and writes nothing",
  (remote) => {
    const dir = copyManifests();
    expect(() => addRepository(dir, remote)).toThrow('The host of the remote "origin" is unknown');
    expect(read(dir, "runtime")).toEqual(read(root, "runtime"));
  },
);
