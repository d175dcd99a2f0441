// The names that a prompt had before, read off its file: a release goes on from their versions.

import { renamedFrom } from "../check/check-renames.js";
import { FrontMatterReader } from "./parse-front-matter.js";
import { splitFrontMatter } from "./split-front-matter.js";

/** What `renamed_from` of a file's front matter names; nothing where it has errors, which the compiler reports. */
export function formerNames(text: string): readonly string[] {
  if (!text.includes("renamed_from")) return [];
  const frontMatter = splitFrontMatter({ path: "", text }).value?.frontMatter;
  const parsed = frontMatter === undefined ? undefined : new FrontMatterReader().read(frontMatter).value;
  return parsed === undefined ? [] : renamedFrom(parsed.data);
}
