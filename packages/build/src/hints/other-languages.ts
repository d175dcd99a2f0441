// Words of other template languages (Jinja, Liquid, Go, Svelte, EJS), and their Handlebars equivalents.

const ENDS: ReadonlyMap<string, string> = new Map([
  ["endif", "if"],
  ["endunless", "unless"],
  ["endfor", "each"],
  ["endforeach", "each"],
  ["endeach", "each"],
  ["endwith", "with"],
]);

const ELSE_IF = ["elif", "elseif", "elsif", "else-if", ":else-if"];

/** The block that a word of another language ends; `undefined` for words that end none. */
export function endedBlock(word: string): string | undefined {
  return ENDS.get(word);
}

export function isElseIf(word: string): boolean {
  return ELSE_IF.includes(word);
}

/** The Handlebars tag for a keyword of another language; `undefined` if there is none, or if the word is not a keyword. */
export function suggestForKeyword(word: string): string | undefined {
  if (isElseIf(word)) return "{{else if …}}";
  const ended = endedBlock(word.replace(/^\//, "end"));
  if (ended !== undefined) return `{{/${ended}}}`;
  switch (word.replace(/^[#:]/, "")) {
    case "if":
      return "{{#if …}}";
    case "unless":
      return "{{#unless …}}";
    case "else":
      return "{{else}}";
    case "for":
    case "each":
      return "{{#each …}}";
    case "include":
      return "{{> partial}}";
    default:
      return undefined;
  }
}
