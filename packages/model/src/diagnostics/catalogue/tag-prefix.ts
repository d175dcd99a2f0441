// How hints say that a project needs a tag prefix.

/** @param suggested A prefix that the project's folder suggests. */
export function setTagPrefix(suggested: string | undefined): string {
  return suggested === undefined
    ? 'set a "tagPrefix" that no other project has in cuecard.config.json'
    : `set \`"tagPrefix": "${suggested}"\` in cuecard.config.json`;
}

export interface PrefixChoice {
  readonly suggested: string | undefined;
  /** The folder of the other project; empty at the top. */
  readonly other: string;
  readonly otherSuggested: string | undefined;
}

/** The project at the top of a repository keeps its tags; the one in a folder gets the prefix. */
export function setOnePrefix({ suggested, other, otherSuggested }: PrefixChoice): string {
  if (suggested !== undefined || otherSuggested === undefined) return setTagPrefix(suggested);
  return `set \`"tagPrefix": "${otherSuggested}"\` in ${other}/cuecard.config.json`;
}
