// Names for examples that have the same name: `a visit`, `a visit (2)`.

export function makeUnique(name: string, taken: ReadonlySet<string>): string {
  let unique = name;
  for (let number = 2; taken.has(unique); number++) unique = `${name} (${number})`;
  return unique;
}
