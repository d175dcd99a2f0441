// A package registry of its own for a test: Verdaccio on a free local port. What it does not hold it fetches from the
// registry that npm is configured for.

import { mkdir, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { runServer } from "verdaccio";
import type { PackedPackage } from "./pack-packages.js";
import { runCommand } from "./run-command.js";

export interface PackageRegistry {
  /** Variables that make npm use this registry, and a cache of its own. */
  readonly env: Readonly<Record<string, string>>;
  readonly url: string;
  publish(packed: PackedPackage): Promise<void>;
  close(): Promise<void>;
}

/** @param dir A folder for everything that the registry and its clients write. */
export async function startPackageRegistry(dir: string): Promise<PackageRegistry> {
  await mkdir(dir, { recursive: true });
  const configured = (await runCommand("npm", ["config", "get", "registry"], { cwd: dir })).trim();
  const ours = { access: "$all", publish: "$authenticated" };
  const settings = {
    storage: path.join(dir, "storage"),
    auth: { htpasswd: { file: path.join(dir, "htpasswd"), algorithm: "sha1" } },
    uplinks: { configured: { url: configured, maxage: "1h" } },
    packages: { cuecard: ours, "@cuecard/*": ours, "@acme/*": ours, "**": { access: "$all", proxy: "configured" } },
    web: { enable: false },
    log: { type: "stdout", format: "pretty", level: "fatal" },
  };
  const settingsFile = path.join(dir, "verdaccio.yaml");
  await writeFile(settingsFile, JSON.stringify(settings)); // JSON is YAML.
  const server: Server = await runServer(settingsFile);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const npmrc = path.join(dir, "npmrc");
  await writeFile(npmrc, `registry=http://${host}/\n//${host}/:_authToken=${await signUp(`http://${host}`)}\n`);
  const env = {
    npm_config_userconfig: npmrc,
    npm_config_cache: path.join(dir, "cache"),
    npm_config_update_notifier: "false",
    npm_config_fund: "false",
    npm_config_audit: "false",
  };
  return {
    env,
    url: `http://${host}/`,
    publish: async ({ tarball }) => {
      await runCommand("npm", ["publish", tarball], { cwd: dir, env });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Makes an account, since npm publishes nothing without one. */
async function signUp(url: string): Promise<string> {
  const response = await fetch(`${url}/-/user/org.couchdb.user:publisher`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "publisher", password: "a long enough password" }),
  });
  const { token } = (await response.json()) as { token?: string };
  if (token === undefined) throw new Error(`the registry gave no token (${response.status})`);
  return token;
}
