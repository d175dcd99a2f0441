// Random templates and data, rendered by the compiled code and by Handlebars itself: the same text, or a diagnostic.

import fc from "fast-check";
import Handlebars from "handlebars";
import { describe, expect, it } from "vitest";
import { data, partials, template } from "../../test/arbitrary-template.js";
import { compileText, renderFunction } from "../../test/render.js";

const RUNS = Number(process.env["CUECARD_ORACLE_RUNS"] ?? 2000);

/**
 * Handlebars, but for two things that are deliberately otherwise here (docs/template-language.md):
 * - with `noEscape` it adds adjacent numbers ({{a}}{{b}} with 1 and 2 gives 3); so it escapes everything instead, by a
 *   function that escapes nothing;
 * - inside a block whose context is null, `this` is an empty object to it: true, and "[object Object]" as text.
 */
function renderByHandlebars(source: string, partialTexts: Readonly<Record<string, string>>, input: unknown): string {
  const handlebars = Handlebars.create();
  handlebars.log = () => {};
  const compile = (text: string) => {
    const ast = handlebars.parse(text);
    new EscapeEverything().accept(ast);
    return handlebars.compile(ast);
  };
  for (const [name, text] of Object.entries(partialTexts)) {
    // Handlebars parses a partial when it is used, and only then.
    let template: HandlebarsTemplateDelegate | undefined;
    handlebars.registerPartial(name, (context: unknown, options?: RuntimeOptions) => {
      template ??= compile(text);
      return template(context, options);
    });
  }
  for (const helper of ["if", "unless", "each", "with"]) {
    const original = handlebars.helpers[helper];
    handlebars.registerHelper(helper, function (this: unknown, value: unknown, options: unknown) {
      return original?.call(this, isNullContext(value) ? undefined : value, options as Handlebars.HelperOptions);
    });
  }
  const utils = Handlebars.Utils as { escapeExpression: (value: unknown) => string };
  const escapeHtml = utils.escapeExpression;
  utils.escapeExpression = (value) =>
    value === null || value === undefined || isNullContext(value) ? "" : String(value);
  try {
    return compile(source)(input);
  } finally {
    utils.escapeExpression = escapeHtml;
  }
}

/** Handlebars' stand-in for a null context is the only sealed object there is. */
function isNullContext(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.isSealed(value) && Object.keys(value).length === 0;
}

class EscapeEverything extends Handlebars.Visitor {
  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    mustache.escaped = true;
  }
}

describe("rendering", () => {
  it(
    "says what Handlebars says, or nothing at all",
    () => {
      let compared = 0;
      fc.assert(
        fc.property(template, partials, data, (source, partialTexts, input) => {
          const { content } = compileText(source, partialTexts);
          if (content === undefined) return;
          compared++;
          expect(renderFunction(content)(input, {})).toBe(renderByHandlebars(source, partialTexts, input));
        }),
        {
          numRuns: RUNS,
          ...(process.env["CUECARD_ORACLE_SEED"] === undefined
            ? {}
            : { seed: Number(process.env["CUECARD_ORACLE_SEED"]) }),
        },
      );
      // A compiler that refuses everything would pass: many random templates must compile.
      expect(compared).toBeGreaterThan(RUNS * 0.4);
    },
    30_000 + RUNS * 10,
  );
});
