// Findings about the project's own helpers.

import type { Finding } from "../finding.js";
import { didYouMean, list } from "../words.js";

export const helpers = {
  "helpers/not-found": {
    severity: "error",
    stage: "compile",
    about: "The module that `helpers` names in the settings does not exist, or is not a file.",
    message: ({ module }) => `"helpers" names the module ${module}, which does not exist`,
    hint: ({ nearest }) =>
      didYouMean(nearest, "create it, or correct the path; it is relative to the project's folder"),
  } as Finding<{ module: string; nearest: string | undefined }>,
  "helpers/outside-project": {
    severity: "error",
    stage: "compile",
    about:
      "The helpers' module, or a file that it imports by a path, lies outside of the project's folder (a symbolic link counts as what it leads to). What goes into the package comes from the project.",
    message: ({ module }) => `${module} is outside of the project's folder`,
    hint: "move the file into the project, or make it a package and import it by its name",
  } as Finding<{ module: string }>,
  "helpers/type-error": {
    severity: "error",
    stage: "compile",
    about:
      "TypeScript finds a mistake in the helpers' module or in a file that it imports by a path. They are checked strictly, whatever the project's tsconfig.json says.",
    message: ({ problem, typescript }) => `${problem} (${typescript})`,
  } as Finding<{ problem: string; typescript: string }>,
  "helpers/unusable-import": {
    severity: "error",
    stage: "compile",
    about:
      "The helpers import something that cannot go into the package: only TypeScript and JavaScript modules that are named by a path can, and packages by their names.",
    message: ({ specifier, problem }) => `"${specifier}" ${problem}`,
    hint: ({ instead }) => instead,
  } as Finding<{ specifier: string; problem: string; instead: string }>,
  "helpers/missing-dependency": {
    severity: "warning",
    stage: "compile",
    about:
      "The helpers import a package that the generated package does not depend on. Where services are installed, it may be missing.",
    message: ({ package: name, manifest }) => `the helpers import ${name}, which ${manifest} does not list`,
    hint: ({ package: name, manifest }) => `add "${name}" to the dependencies in ${manifest}`,
  } as Finding<{ package: string; manifest: string }>,
  "helpers/no-exports": {
    severity: "warning",
    stage: "compile",
    about: "The helpers' module exports nothing that a template could call.",
    message: ({ module }) => `${module} exports no function`,
    hint: "a helper is an exported function: export function currency(amount: number): string { … }",
  } as Finding<{ module: string }>,
  "helpers/default-export": {
    severity: "error",
    stage: "compile",
    about:
      "The helpers' module has a default export. A template calls a helper by its name, and a default export has none.",
    message: "a default export has no name that a template could call",
    hint: "export it by name",
  } as Finding,
  "helpers/not-a-function": {
    severity: "error",
    stage: "compile",
    about: "The helpers' module exports something other than functions and types.",
    message: ({ name }) => `"${name}" is exported, and is no function`,
    hint: "do not export it, or keep it in a module that this one imports",
  } as Finding<{ name: string }>,
  "helpers/name-taken": {
    severity: "error",
    stage: "compile",
    about: "A helper has a name that templates know as something else: `if`, `each`, `json`, `role` …",
    message: ({ name }) => `a helper cannot be called "${name}": the name means something else in templates`,
    hint: "choose another name; docs/template-language.md lists those that are taken",
  } as Finding<{ name: string }>,
  "helpers/malformed-name": {
    severity: "error",
    stage: "compile",
    about: "A helper is exported under a name that is not made of the letters A to Z, digits, `_` and `$`.",
    message: ({ name }) => `"${name}" cannot be a helper's name`,
    hint: "use the letters A to Z, digits, _ and $, and no digit at the start",
  } as Finding<{ name: string }>,
  "helpers/overloaded": {
    severity: "error",
    stage: "compile",
    about: "A helper has several signatures. Which one a template's call means could not be told.",
    message: ({ name, count }) => `"${name}" has ${count} signatures`,
    hint: "give it one, with unions or optional parameters; or export a function for each",
  } as Finding<{ name: string; count: number }>,
  "helpers/generic": {
    severity: "error",
    stage: "compile",
    about:
      "A helper has type parameters. Calls in templates are checked by kinds of values, which type parameters have none of.",
    message: ({ name, parameters }) =>
      `"${name}" has the type parameter${parameters.length === 1 ? "" : "s"} ${list(parameters)}`,
    hint: "write the types out; `unknown` takes any value",
  } as Finding<{ name: string; parameters: readonly string[] }>,
  "helpers/asynchronous": {
    severity: "error",
    stage: "compile",
    about: "A helper returns a promise. Rendering is synchronous.",
    message: ({ name }) => `"${name}" returns a promise, and helpers are synchronous`,
    hint: "get the value before rendering, and pass it as a variable",
  } as Finding<{ name: string }>,
  "helpers/unusable-type": {
    severity: "error",
    stage: "compile",
    about: "A helper wants, or returns, a value that templates do not have: a function, a bigint, a symbol.",
    message: ({ name, what, type }) => `${what} of "${name}" is of the type ${type}, which no value of a template has`,
    hint: "use strings, numbers, booleans, null, lists and objects",
  } as Finding<{ name: string; what: string; type: string }>,
};
