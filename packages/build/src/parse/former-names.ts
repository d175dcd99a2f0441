// The names that a prompt had before, read off its file: a release goes on from their versions.

import type { FrontMatter } from "./front-matter-schema.js";
import { FrontMatterReader } from "./parse-front-matter.js";
import { splitFrontMatter } from "./split-front-matter.js";

/** What `renamed_from` of a file's front matter names; nothing where it has errors, which the compiler reports. */
export function formerNames(text: string): readonly string[] {
  if (!text.includes("renamed_from")) return [];
  const frontMatter = splitFrontMatter({ path: "", text }).value?.frontMatter;
  const parsed = frontMatter === undefined ? undefined : new FrontMatterReader().read(frontMatter).value;
  return parsed === undefined ? [] : renamedFrom(parsed.data);
}

/** The names that a prompt's front matter says it had, as written. */
export function renamedFrom({ renamed_from: written }: FrontMatter): readonly string[] {
  if (written === undefined) return [];
  return typeof written === "string" ? [written] : written;
}
