// Findings about partials in templates.

import type { Finding } from "../finding.js";
import { didYouMean, listNames } from "../words.js";

export const templatePartials = {
  "template/unknown-partial": {
    severity: "error",
    stage: "compile",
    about: "The template uses a partial whose file does not exist in the prompt's folder or above it.",
    message: ({ partial }) => `there is no partial "${partial}"`,
    hint: ({ nearest, looked }) =>
      didYouMean(
        nearest,
        looked.length === 0
          ? "a partial is named without its underscore, and without `..`: {{> guidelines}}"
          : `looked for ${listNames(looked)}: the name of a partial's file begins with _`,
      ),
  } as Finding<{ partial: string; looked: readonly string[]; nearest: string | undefined }>,
  "template/unknown-partial-block": {
    severity: "warning",
    stage: "compile",
    about: "A partial block names a partial that does not exist; its own text stands in for it, as in Handlebars.",
    message: ({ partial }) => `there is no partial "${partial}": the block's own text takes its place`,
    hint: ({ nearest, looked }) =>
      didYouMean(nearest, looked.length === 0 ? undefined : `looked for ${listNames(looked)}`),
  } as Finding<{ partial: string; looked: readonly string[]; nearest: string | undefined }>,
  "template/no-partial-block": {
    severity: "error",
    stage: "compile",
    about: "A partial includes `@partial-block` where it is used without a block.",
    message: "there is no @partial-block here: the partial is used without a block",
    hint: "use it as {{#> partial}}…{{/partial}}, or ask first: {{#if @partial-block}}",
  } as Finding,
  "template/partial-cycle": {
    severity: "error",
    stage: "compile",
    about:
      "Partials include each other without end. A partial may include itself, where the data comes to an end: for each child, say.",
    message: ({ chain }) => `these partials include each other without end: ${chain.join(" → ")}`,
  } as Finding<{ chain: readonly string[] }>,
  "template/dynamic-partial": {
    severity: "error",
    stage: "compile",
    about: "A partial's name is computed from the input. Which text a version holds must be known when it is tagged.",
    message: "a partial's name must be written out",
    hint: ({ choices }) =>
      choices.length === 0
        ? "use {{#if}} to choose between partials"
        : `choose with {{#if}} between ${listNames(choices)}`,
  } as Finding<{ choices: readonly string[] }>,
};
