// Turns of phrase that messages share.

/** "did you mean" with its fallback, for hints. */
export function didYouMean(nearest: string | undefined, otherwise?: string): string | undefined {
  return nearest === undefined ? otherwise : `did you mean "${nearest}"?`;
}

export function list(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}

/** Lists names for a message, shortened after ten. */
export function listNames(names: readonly string[]): string {
  return names.length <= 10 ? list(names) : `${list(names.slice(0, 10))} and ${names.length - 10} more`;
}

/** An argument of a command to copy. */
export function quoteForShell(argument: string): string {
  return /^[\w./:@+-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

/** The argument of `git fetch` for a branch, or the branches of a pattern, as `git clone` would fetch them. */
export function refspecOf(branch: string): string {
  return quoteForShell(`+refs/heads/${branch}:refs/remotes/origin/${branch}`);
}

/** Names a few of many: `a@v1, a@v2, a@v3 and 58 more`. */
export function nameSome(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

/** Two different commit ids, shortened to the digits that distinguish them, but to no fewer than twelve. */
export function shortIds(a: string, b: string): readonly [string, string] {
  let length = 12;
  while (length < a.length && a.slice(0, length) === b.slice(0, length)) length++;
  return [a.slice(0, length), b.slice(0, length)];
}

/** What git or a hook printed, for the end of a sentence. Several lines begin on a line of their own. */
export function asPrinted(problem: string): string {
  return problem.includes("\n") ? `\n${problem}` : ` ${problem}`;
}

/** `a`, `a or b`, `a, b or c`. */
export function either(names: readonly string[]): string {
  return joinLast(names, " or ");
}

/** `a`, `a and b`, `a, b and c`. */
export function both(names: readonly string[]): string {
  return joinLast(names, " and ");
}

function joinLast(names: readonly string[], conjunction: string): string {
  return [names.slice(0, -1).join(", "), ...names.slice(-1)].filter((part) => part !== "").join(conjunction);
}

/** `renders 1,312 tokens, 112 more than the budget of 1,200` */
export function describeExcess({ tokens, budget, estimated }: TokensOverBudget): string {
  const [has, more, limit] = [tokens, tokens - budget, budget].map((count) => count.toLocaleString("en-US"));
  return `renders ${has} tokens${estimated ? " (an estimate)" : ""}, ${more} more than the budget of ${limit}`;
}

interface TokensOverBudget {
  readonly tokens: number;
  readonly budget: number;
  /** Whether the model's own tokenizer is another one. */
  readonly estimated: boolean;
}
