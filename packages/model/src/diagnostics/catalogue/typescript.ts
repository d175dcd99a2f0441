// What messages say if there is no TypeScript that Cuecard can use.

export interface MissingTypeScript {
  /** The version that is installed. */
  readonly installed: string | undefined;
  readonly reason: "missing" | "old" | "new";
}

export function whyNoTypeScript({ installed, reason }: MissingTypeScript): string {
  if (reason === "missing") return "TypeScript is not installed";
  return reason === "new"
    ? `TypeScript ${installed} has no interface for programs`
    : `TypeScript ${installed} is older than 5.7`;
}

export function installTypeScript({ reason }: MissingTypeScript): string {
  if (reason === "missing") return "install it where Cuecard is installed: `npm install --save-dev typescript@6`";
  return "run `npm install --save-dev @typescript/typescript6`, which does not replace your TypeScript";
}
