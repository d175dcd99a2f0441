// Where a mistake in a template is reported: what the stages hand to code that explains one.

import type { Arguments, Code } from "@cuecard/model";
import type { SourceText } from "../text/source-text.js";
import type { Suggestions } from "../text/suggestions.js";
import type { Span } from "./syntax.js";

export interface Reporter {
  /** The text that the nodes and spans are of. */
  readonly source: SourceText;
  readonly suggestions: Suggestions;
  report<C extends Code>(code: C, args: Arguments<C>, where: hbs.AST.Node | Span): void;
}
