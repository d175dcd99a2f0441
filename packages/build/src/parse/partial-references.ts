// Which partials a file uses: what the registry needs to know of templates to read a version whole.

import { parseTemplate } from "./parse-template.js";
import { splitFrontMatter } from "./split-front-matter.js";

/**
 * The names of the partials that a file's template includes by a written-out name, sorted, each once.
 * A template with errors has none: the compiler reports it.
 */
export function partialReferences(text: string): readonly string[] {
  if (!/\{\{~?#?>/.test(text)) return [];
  const { value } = splitFrontMatter({ path: "", text });
  const ast = value === undefined ? undefined : parseTemplate(value.template).value;
  const names = new Set<string>();
  if (ast !== undefined) collect(ast.body, names);
  return [...names].sort();
}

function collect(statements: readonly hbs.AST.Statement[], names: Set<string>): void {
  for (const statement of statements) {
    if (statement.type === "PartialStatement" || statement.type === "PartialBlockStatement") {
      const name = (statement as hbs.AST.PartialStatement).name;
      if (name.type !== "SubExpression" && "original" in name) names.add(String(name.original));
    }
    const block = statement as Partial<hbs.AST.BlockStatement>;
    if (block.program) collect(block.program.body, names);
    if (block.inverse) collect(block.inverse.body, names);
  }
}
