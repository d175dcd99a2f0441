// Findings about partials in templates.

import type { Finding } from "./finding.js";
import { didYouMean, listNames } from "./words.js";

/** File extensions that other tools include in the names of partials. */
const EXTENSION = /\.(?:hbs|handlebars|mustache|md|prompt|txt|html)$/;

/** `../shared/_header.hbs` is the partial `shared/header`. */
function plainName(partial: string): string {
  const name = partial
    .replace(EXTENSION, "")
    .split("/")
    .filter((segment) => segment !== ".." && segment !== ".")
    .map((segment) => segment.replace(/^_+/, ""))
    .join("/");
  return name === "" ? "guidelines" : name;
}

export const templatePartials = {
  "template/unknown-partial": {
    severity: "error",
    stage: "compile",
    about: "The template uses a partial that has no file in the prompt's folder or above it.",
    message: ({ partial }) => `the partial "${partial}" does not exist`,
    hint: ({ partial, nearest, looked }) =>
      didYouMean(
        nearest,
        looked.length === 0
          ? `write the partial's name without its underscore and without \`..\`: {{> ${plainName(partial)}}}`
          : EXTENSION.test(partial)
            ? `write the partial's name without the extension: {{> ${plainName(partial)}}}`
            : `create one of these files: ${listNames(looked)}`,
      ),
  } as Finding<{ partial: string; looked: readonly string[]; nearest: string | undefined }>,
  "template/unknown-partial-block": {
    severity: "warning",
    stage: "compile",
    about:
      "A partial block names a partial that does not exist. The block's own text is used instead, as in Handlebars.",
    message: ({ partial }) => `the partial "${partial}" does not exist, so the block's own text is used`,
    hint: ({ nearest, looked }) =>
      didYouMean(nearest, looked.length === 0 ? undefined : `create one of these files: ${listNames(looked)}`),
  } as Finding<{ partial: string; looked: readonly string[]; nearest: string | undefined }>,
  "template/no-partial-block": {
    severity: "error",
    stage: "compile",
    about: "A partial includes `@partial-block`, but is used without a block.",
    message: "@partial-block does not exist here, because the partial is used without a block",
    hint: "use the partial as {{#> partial}}…{{/partial}}, or test for the block: {{#if @partial-block}}",
  } as Finding,
  "template/partial-cycle": {
    severity: "error",
    stage: "compile",
    about:
      "Partials include each other endlessly. A partial may include itself if the recursion ends with the data, for example at an item without children.",
    message: ({ chain }) => `these partials include each other endlessly: ${chain.join(" → ")}`,
    hint: "remove one of these partials, or put it in an {{#if}} or {{#each}} so that the recursion ends with the data",
  } as Finding<{ chain: readonly string[] }>,
  "template/dynamic-partial": {
    severity: "error",
    stage: "compile",
    about: "A partial's name is computed from the input. The text of a version must be known when it is tagged.",
    message: "a partial's name must be a literal",
    hint: ({ choices }) =>
      choices.length === 0
        ? "use {{#if}} to choose between partials"
        : `use {{#if}} to choose between ${listNames(choices)}`,
  } as Finding<{ choices: readonly string[] }>,
};
