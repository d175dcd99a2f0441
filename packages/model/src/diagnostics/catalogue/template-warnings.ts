// Findings about templates that compile, but probably do not do what their author wants.

import type { Finding } from "../finding.js";

export const templateWarnings = {
  "template/outside-loop": {
    severity: "warning",
    stage: "compile",
    about:
      "The template names `@index`, `@key`, `@first` or `@last` where no loop stands around it. There, the name is read from `context`, as any other `@name`.",
    message: ({ variable, partial }) =>
      `${variable} is of no loop here${partial ? ", where the partial is used outside of one" : ""}`,
    hint: ({ partial }) =>
      partial
        ? "use the partial in {{#each}}, or pass the value to it"
        : "put it into {{#each}}; a value of `context` has another name better",
  } as Finding<{ variable: string; partial: boolean }>,
  "template/misspelt-loop-variable": {
    severity: "warning",
    stage: "compile",
    about:
      "Within a loop, the template names an `@` variable that is nearly one of the loop's, and that it names nowhere else. It is read from `context`.",
    message: ({ variable, nearest }) => `${variable} is no variable of the loop: did you mean ${nearest}?`,
    hint: ({ variable }) => `a value of \`context\` is not mistaken for one if it is named unlike ${variable}`,
  } as Finding<{ variable: string; nearest: string }>,
  "template/repeated-history": {
    severity: "warning",
    stage: "compile",
    about:
      "The template inserts the history more than once: it has a second `{{history}}`, or one that stands in `{{#each}}`. The model would read the same messages again.",
    message: ({ inLoop }) =>
      inLoop
        ? "{{history}} stands in a loop, which inserts it again for each item"
        : "{{history}} stands here a second time: the same messages are inserted again",
    hint: ({ inLoop }) => (inLoop ? "move it out of the loop" : "keep one of them"),
  } as Finding<{ inLoop: boolean }>,
  "template/single-braces": {
    severity: "warning",
    stage: "compile",
    about: "The text names a variable in single braces, as Python's format strings do. It stays as it is written.",
    message: ({ variable }) => `{${variable}} is plain text: a variable stands in double braces`,
    hint: ({ variable }) => `write {{${variable}}}`,
  } as Finding<{ variable: string }>,
  "template/other-language": {
    severity: "warning",
    stage: "compile",
    about:
      "The text holds a tag of another template language (Jinja, Svelte, EJS, JavaScript), which is plain text here.",
    message: ({ written }) => `${written} is plain text: it is no tag of Handlebars`,
    hint: ({ instead }) => instead,
  } as Finding<{ written: string; instead: string | undefined }>,
  "template/foreign-name": {
    severity: "warning",
    stage: "compile",
    about:
      "The template names a variable as other template languages name something else: `endif`, `loop.index`, `user?.name`. Nothing declares what variables there are, and it is read as one.",
    message: ({ name }) => `"${name}" is the name of a variable here`,
    hint: ({ instead }) => instead,
  } as Finding<{ name: string; instead: string }>,
};
