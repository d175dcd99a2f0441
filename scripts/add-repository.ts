// Adds the addresses of this repository to the manifests of all published packages: `repository`, `homepage` and `bugs`, which npm
// shows and checks. They come from the remote `origin`, so that a fork publishes its own. Run it before you publish.

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import hostedGitInfo from "hosted-git-info";
import { root } from "./run-step.js";

/** The fields of a package.json that name a repository. */
interface RepositoryFields {
  readonly repository: { readonly type: "git"; readonly url: string; readonly directory: string };
  readonly homepage: string;
  readonly bugs: string;
}

/**
 * @param remote The URL of a remote, in any form that git accepts.
 * @param directory The package's folder in the repository, with `/`.
 * @returns `undefined` for a host that is unknown: npm could not link to it.
 */
function repositoryFields(remote: string, directory: string): RepositoryFields | undefined {
  const host = hostedGitInfo.fromUrl(remote);
  if (host === undefined) return undefined;
  return {
    // `host.https()` would keep the password that a remote's URL can hold.
    repository: { type: "git", url: `git+${host.browse()}.git`, directory },
    homepage: `${host.browse(directory)}#readme`,
    bugs: host.bugs(),
  };
}

/**
 * Writes the fields into the package.json of every package in `packages/` that is not private.
 *
 * @returns What was written, as a path in the repository each.
 * @throws Error if the remote's host is unknown; nothing was written.
 */
export function addRepository(repository: string, remote: string): string[] {
  const manifests = readdirSync(path.join(repository, "packages"))
    .map((name) => path.posix.join("packages", name))
    .filter((dir) => existsSync(path.join(repository, dir, "package.json")))
    .map((dir) => ({ dir, manifest: readManifest(path.join(repository, dir)) }))
    .filter(({ manifest }) => manifest["private"] !== true)
    .map(({ dir, manifest }) => ({ dir, manifest, fields: repositoryFields(remote, dir) }));
  if (manifests.some(({ fields }) => fields === undefined))
    throw new Error(`The host of the remote "origin" is unknown, so that npm cannot link to it.`);
  for (const { dir, manifest, fields } of manifests)
    writeFileSync(
      path.join(repository, dir, "package.json"),
      `${JSON.stringify({ ...manifest, ...fields }, null, 2)}\n`,
    );
  return manifests.map(({ dir }) => `${dir}/package.json`);
}

function readManifest(dir: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path.join(dir, "package.json"), "utf8")) as Record<string, unknown>;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const remote = execFileSync("git", ["remote", "get-url", "origin"], { cwd: root, encoding: "utf8" }).trim();
  for (const file of addRepository(root, remote)) console.log(file);
}
