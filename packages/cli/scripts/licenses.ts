// The licenses of the libraries that the bundle contains: most require that their text goes with the code.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { OutputChunk } from "rolldown";

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
}

/** The licenses under which other people's code can be part of this package. */
const ACCEPTED = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "Zlib"];

const FILE = /^(?:licen[cs]e|copying|notice)/i;

/**
 * A page with the license of each library that has code in the chunks, or among the other modules.
 *
 * @param others Paths of modules that the chunks contain as text: the scripts of the catalog.
 *
 * @throws Error for a library whose license is not accepted.
 */
export function describeLicenses(chunks: readonly OutputChunk[], others: readonly string[]): string {
  const own = chunks.flatMap(({ modules }) =>
    Object.entries(modules).flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? [id.replace("\0", "")] : [])),
  );
  const folders = new Set<string>();
  for (const id of [...own, ...others]) {
    const [, library] = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(id) ?? [];
    if (library !== undefined) folders.add(library);
  }
  const sections = new Set([...folders].map(describeLibrary));
  const intro = "cuecard contains code of the libraries below. Each has its own license.";
  return `# Licenses of third parties\n\n${intro}\n\n${[...sections].sort().join("\n")}`;
}

function describeLibrary(folder: string): string {
  const { name, version, license, author } = JSON.parse(
    readFileSync(path.join(folder, "package.json"), "utf8"),
  ) as Manifest; // npm publishes no package without them
  // SPDX: `MIT`, `(MIT AND Zlib)`.
  const terms = license?.match(/[\w.-]+/g)?.filter((term) => term !== "AND") ?? [];
  if (terms.length === 0 || !terms.every((term) => ACCEPTED.includes(term)))
    throw new Error(`${name} has the license ${license}: check whether its code can be part of this package`);
  const files = readdirSync(folder).filter((file) => FILE.test(file));
  const texts = files.sort().map((file) => readFileSync(path.join(folder, file), "utf8").trim());
  const holder = typeof author === "string" ? author : author?.name;
  const text = texts.length > 0 ? texts.join("\n\n") : `Copyright: ${holder ?? `the authors of ${name}`}`;
  return `## ${name} ${version}\n\n${license}\n\n\`\`\`text\n${text.replaceAll("\r\n", "\n")}\n\`\`\`\n`;
}
