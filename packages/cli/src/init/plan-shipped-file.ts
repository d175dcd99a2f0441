// A file that `init` adds as this version of Cuecard ships it.

import { packageVersion } from "../package.js";
import type { Facts } from "./facts.js";
import type { InitStep } from "./init-plan.js";

interface ShippedFile {
  /** Relative to the project's folder. */
  readonly file: string;
  readonly text: string;
  readonly about: string;
}

/** An existing file may be of another project of the repository, of an older version, or edited by hand. It is kept. */
export function planShippedFile(texts: Facts["texts"], { file, text, about }: ShippedFile): InitStep {
  const existing = texts.get(file);
  if (existing === undefined) return { kind: "create", file, text, about };
  if (existing.replaceAll("\r\n", "\n") === text) return { kind: "keep", file };
  const differs = `differs from the one in cuecard ${packageVersion()}; to get that one, delete it and run init again`;
  return { kind: "keep", file, about: differs };
}
