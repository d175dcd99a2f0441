// Where values of the front matter are in a prompt's file.

import type { Place, SourceFile } from "@cuecard/model";
import { locateValue, parseYaml } from "../parse/parse-yaml.js";
import { splitFrontMatter } from "../parse/split-front-matter.js";

/** @returns The place of the value at a path of keys, or of the nearest value above it. */
export function locateFrontMatter(file: SourceFile): (path: readonly string[]) => Place {
  const source = splitFrontMatter(file).value?.frontMatter;
  const parsed = source && parseYaml(source.text);
  if (source === undefined || parsed?.kind !== "parsed") return () => ({ file: file.path });
  return (path) => source.place(...locateValue(parsed.document, path));
}
