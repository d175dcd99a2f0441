// The former names of a prompt, read from its file: its releases continue their version numbers.

import { EVERY_KEY } from "./accepted-forms.js";
import type { FrontMatter } from "./front-matter-schema.js";
import { FrontMatterReader } from "./parse-front-matter.js";
import { splitFrontMatter } from "./split-front-matter.js";

/** The names in a file's `renamed_from`; none if the front matter has errors, which the compiler reports. */
export function readFormerNames(text: string): readonly string[] {
  if (!text.includes("renamed_from")) return [];
  const frontMatter = splitFrontMatter({ path: "", text }).value?.frontMatter;
  const parsed = frontMatter === undefined ? undefined : new FrontMatterReader(EVERY_KEY).read(frontMatter).value;
  return parsed === undefined ? [] : renamedFrom(parsed.data);
}

/** The former names in a prompt's front matter, as written. */
export function renamedFrom({ renamed_from: written }: FrontMatter): readonly string[] {
  if (written === undefined) return [];
  return typeof written === "string" ? [written] : written;
}
