// A package registry of its own for a test: Verdaccio on a free local port. What it does not hold it fetches from the
// registry that npm is configured for.

import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { runServer } from "verdaccio";
import type { PackedPackage } from "./pack-packages.js";
import { runCommand } from "./run-command.js";
import { unpackTar } from "./unpack-tar.js";

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
  const token = await signUp(`http://${host}`);
  await writeFile(npmrc, `registry=http://${host}/\n//${host}/:_authToken=${token}\n`);
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
    publish: ({ tarball }) => publish(`http://${host}`, token, tarball),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** As npm does, without starting it for each package. */
async function publish(url: string, token: string, tarball: string): Promise<void> {
  const data = await readFile(tarball);
  const manifest = JSON.parse(unpackTar(gunzipSync(data)).get("package.json") ?? "") as {
    readonly name: string;
    readonly version: string;
  };
  const { name, version } = manifest;
  const file = `${name}-${version}.tgz`;
  const dist = {
    integrity: `sha512-${createHash("sha512").update(data).digest("base64")}`,
    shasum: createHash("sha1").update(data).digest("hex"),
    tarball: `${url}/${name}/-/${file}`,
  };
  const body = {
    ...{ _id: name, name, "dist-tags": { latest: version } },
    versions: { [version]: { ...manifest, _id: `${name}@${version}`, dist } },
    _attachments: {
      [file]: { content_type: "application/octet-stream", data: data.toString("base64"), length: data.length },
    },
  };
  const response = await fetch(`${url}/${encodeURIComponent(name)}`, {
    method: "PUT",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${file} was not published: ${response.status} ${await response.text()}`);
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
