// Findings in a template. A partial is checked for each of its uses; the same finding at the same place is reported once.

import { type Arguments, type Code, type Diagnostic, diagnose } from "@cuecard/model";
import type { Origin } from "../template/ir.js";
import { Suggestions } from "../text/suggestions.js";

export class TemplateFindings {
  readonly diagnostics: Diagnostic[] = [];
  readonly suggestions: Suggestions = new Suggestions();
  readonly #reported = new Set<string>();

  report<C extends Code>(code: C, args: Arguments<C>, { source, start, end }: Origin): void {
    const key = `${code} ${source.file} ${start} ${end}`;
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    this.diagnostics.push(diagnose(code, args, source.place(start, end)));
  }
}
