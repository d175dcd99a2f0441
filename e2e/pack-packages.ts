// Packs every package that is published, as a release does.

import { existsSync } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { runCommand } from "./run-command.js";

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly [field: string]: unknown;
}

export interface PackedPackage {
  readonly manifest: Manifest;
  /** The package's folder in this repository. */
  readonly dir: string;
  readonly tarball: string;
}

export const repository = path.resolve(import.meta.dirname, "..");

const pnpm = path.join(repository, "node_modules", ".bin", "pnpm");

/** @param destination A folder for the tarballs, made where needed. */
export async function packPackages(destination: string): Promise<PackedPackage[]> {
  await mkdir(destination, { recursive: true });
  const packed: PackedPackage[] = [];
  for (const dir of await publishedFolders()) {
    const manifest = await readManifest(dir);
    if (!existsSync(path.join(dir, "dist"))) throw new Error(`${manifest.name} is not built: \`npm run build\` first`);
    const file = `${manifest.name.replace("@", "").replace("/", "-")}-${manifest.version}.tgz`;
    await runCommand(pnpm, ["pack", "--pack-destination", destination], { cwd: dir });
    packed.push({ manifest, dir, tarball: path.join(destination, file) });
  }
  return packed;
}

async function publishedFolders(): Promise<string[]> {
  const parent = path.join(repository, "packages");
  const dirs = (await readdir(parent)).sort().map((name) => path.join(parent, name));
  const published: string[] = [];
  for (const dir of dirs)
    if (existsSync(path.join(dir, "package.json")) && (await readManifest(dir)).private !== true) published.push(dir);
  return published;
}

async function readManifest(dir: string): Promise<Manifest> {
  return JSON.parse(await readFile(path.join(dir, "package.json"), "utf8")) as Manifest;
}
