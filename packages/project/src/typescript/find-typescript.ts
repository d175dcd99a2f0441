// Finds TypeScript, which is not part of Cuecard: most projects have it, and it is larger than everything else together. It is
// looked up from where Cuecard is installed, as Node does it for a package's dependencies, and never from the folder that is
// read: the files of a repository are not run.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

export interface FoundTypeScript {
  /** What to `require`. */
  readonly specifier: string;
  readonly version: string;
}

/** Why there is none. */
export interface NoTypeScript {
  /** The version that is installed, and cannot be used. */
  readonly installed: string | undefined;
  readonly reason: "missing" | "old" | "new";
}

/** TypeScript, and the package that has the compiler API of TypeScript 6 for projects with TypeScript 7, which has none. */
const PACKAGES = ["typescript", "@typescript/typescript6"];

/** The first version that rewrites the extensions of imported `.ts` files. */
const OLDEST = [5, 7] as const;
const FIRST_WITHOUT_API = 7;

const require = createRequire(import.meta.url);

/** Reads versions only: no package is loaded. */
export function findTypeScript(): FoundTypeScript | NoTypeScript {
  const installed = PACKAGES.flatMap((specifier) => {
    const version = versionOf(specifier);
    return version === undefined ? [] : [{ specifier, version }];
  });
  const usable = installed.find(({ version }) => judge(version) === undefined);
  if (usable !== undefined) return usable;
  const version = installed[0]?.version;
  return { installed: version, reason: version === undefined ? "missing" : (judge(version) ?? "missing") };
}

function versionOf(specifier: string): string | undefined {
  try {
    const manifest = readFileSync(require.resolve(`${specifier}/package.json`), "utf8");
    const { version } = JSON.parse(manifest) as { readonly version?: unknown };
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}

/** Why a version cannot be used. */
function judge(version: string): "old" | "new" | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major >= FIRST_WITHOUT_API) return "new";
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]) ? "old" : undefined;
}
