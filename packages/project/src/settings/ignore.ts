// Which files of the prompts folder are not prompts, by the setting `ignore`.

import picomatch from "picomatch";

/**
 * Files that teams and tools keep next to prompts.
 *
 * - README, CHANGELOG, CONTRIBUTING and LICENSE are for people.
 * - AGENTS, CLAUDE and SKILL are for coding agents.
 */
export const IGNORED: readonly string[] = [
  "README",
  "CHANGELOG",
  "CONTRIBUTING",
  "LICENSE",
  "AGENTS",
  "CLAUDE",
  "SKILL",
];

/** Whether a path within the prompts folder, with its file's extension, is ignored. */
export type IsIgnored = (path: string) => boolean;

/**
 * Reads the setting. A pattern without a slash is a file's name in any folder, with or without its extension. A pattern with a
 * slash is a path within the prompts folder; one that ends in a slash is everything in that folder. Case does not matter.
 */
export function createIgnore(patterns: readonly string[]): IsIgnored {
  const isNamed = createMatcher(patterns.filter((pattern) => !pattern.includes("/")));
  const isWithin = createMatcher(
    patterns.filter((pattern) => pattern.includes("/")).map((glob) => (glob.endsWith("/") ? `${glob}**` : glob)),
  );
  return (path) => {
    const base = path.slice(path.lastIndexOf("/") + 1);
    return [base, withoutExtension(base)].some(isNamed) || [path, withoutExtension(path)].some(isWithin);
  };
}

/** One regular expression for all patterns, because every file is matched. A text that is a pattern's own text matches as well. */
function createMatcher(globs: readonly string[]): (text: string) => boolean {
  const literal = new Set(globs);
  const sources = globs.map((glob) => picomatch.makeRe(glob, { nocase: true, dot: true, nonegate: true }).source);
  const pattern = sources.length === 0 ? undefined : new RegExp(sources.join("|"), "i");
  return (text) => literal.has(text) || pattern?.test(text) === true;
}

/** Why a text is not a pattern; `undefined` if it is one. */
export function patternProblem(pattern: string): string | undefined {
  if (pattern.trim() === "") return "it is empty";
  if (pattern.startsWith("!")) return 'it begins with "!"; list only what is ignored';
  if (pattern.startsWith("/") || pattern.startsWith("./"))
    return 'a path is relative to the prompts folder; write "drafts/" or "drafts/*.md"';
  if (pattern.includes("\\")) return 'folders are separated by "/"';
  return undefined;
}

function withoutExtension(path: string): string {
  return path.replace(/\.[^./]+$/, "");
}
