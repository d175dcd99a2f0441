// Findings about the project's own helpers.

import type { Finding } from "./finding.js";
import { installTypeScript, type MissingTypeScript, whyNoTypeScript } from "./typescript.js";
import { didYouMean, list } from "./words.js";

export const helpers = {
  "helpers/not-found": {
    severity: "error",
    stage: "compile",
    about: "The module that the setting `helpers` names does not exist or is not a file.",
    message: ({ module }) => `"helpers" names the module ${module}, which does not exist`,
    hint: ({ nearest }) => didYouMean(nearest, "create it, or fix the path, which is relative to the project's folder"),
  } as Finding<{ module: string; nearest: string | undefined }>,
  "helpers/no-typescript": {
    severity: "error",
    stage: "compile",
    about:
      "TypeScript reads the helpers module, and Cuecard does not contain TypeScript. It uses the project's own: 5.7 or newer, or 6. TypeScript 7 has no interface for programs; the package `@typescript/typescript6` adds that of TypeScript 6 to it.",
    message: (typescript) => `the helpers cannot be read: ${whyNoTypeScript(typescript)}`,
    hint: installTypeScript,
  } as Finding<MissingTypeScript>,
  "helpers/outside-project": {
    severity: "error",
    stage: "compile",
    about:
      "The helpers module, or a file that it imports by path, is outside the project's folder. (A symbolic link counts as its target.) The package may only contain code from the project.",
    message: ({ module }) => `${module} is outside the project's folder, so the package cannot contain it`,
    hint: "move the file into the project, or make it a package and import it by name",
  } as Finding<{ module: string }>,
  "helpers/type-error": {
    severity: "error",
    stage: "compile",
    about:
      "TypeScript reports an error in the helpers module or in a file that it imports by path. These files are checked strictly, whatever the project's tsconfig.json says.",
    message: ({ problem, typescript }) => `${problem} (${typescript})`,
  } as Finding<{ problem: string; typescript: string }>,
  "helpers/unusable-import": {
    severity: "error",
    stage: "compile",
    about:
      "The helpers import something that the package cannot contain. They may import TypeScript and JavaScript modules by path, and packages by name.",
    message: ({ specifier, problem }) => `"${specifier}" ${problem}`,
    hint: ({ instead }) => instead,
  } as Finding<{ specifier: string; problem: string; instead: string }>,
  "helpers/missing-dependency": {
    severity: "warning",
    stage: "compile",
    about:
      "The helpers import a package that the generated package does not depend on. It may be missing where services are installed.",
    message: ({ package: name, manifest }) =>
      `the helpers import ${name}, but ${manifest} does not list it as a dependency`,
    hint: ({ package: name, manifest }) => `add "${name}" to the dependencies in ${manifest}`,
  } as Finding<{ package: string; manifest: string }>,
  "helpers/no-exports": {
    severity: "warning",
    stage: "compile",
    about: "The helpers module exports no functions, so templates cannot call any.",
    message: ({ module }) => `${module} exports no functions, so templates have no helpers to call`,
    hint: "export a function: export function currency(amount: number): string { … }",
  } as Finding<{ module: string }>,
  "helpers/default-export": {
    severity: "error",
    stage: "compile",
    about: "The helpers module has a default export. Templates call helpers by name, and a default export has no name.",
    message: "a default export has no name, so templates cannot call it",
    hint: "export the function by name",
  } as Finding,
  "helpers/not-a-function": {
    severity: "error",
    stage: "compile",
    about: "The helpers module exports something other than functions and types.",
    message: ({ name }) => `the export "${name}" is not a function`,
    hint: "remove the export, or move it to a module that this one imports",
  } as Finding<{ name: string }>,
  "helpers/name-taken": {
    severity: "error",
    stage: "compile",
    about: "A helper has a name that is reserved in templates: `if`, `each`, `json`, `role` …",
    message: ({ name }) => `"${name}" is reserved in templates and cannot be the name of a helper`,
    hint: "choose another name",
  } as Finding<{ name: string }>,
  "helpers/malformed-name": {
    severity: "error",
    stage: "compile",
    about: "A helper's name contains characters other than the letters A to Z, digits, `_` and `$`.",
    message: ({ name }) => `"${name}" is not a valid name for a helper`,
    hint: "use only the letters A to Z, digits, _ and $, and do not start with a digit",
  } as Finding<{ name: string }>,
  "helpers/overloaded": {
    severity: "error",
    stage: "compile",
    about: "A helper has several signatures, so a template's call would be ambiguous.",
    message: ({ name, count }) => `"${name}" has ${count} signatures; a helper must have exactly one`,
    hint: "use one signature with unions or optional parameters, or export one function for each",
  } as Finding<{ name: string; count: number }>,
  "helpers/generic": {
    severity: "error",
    stage: "compile",
    about: "A helper has type parameters. Calls in templates are checked against concrete types.",
    message: ({ name, parameters }) =>
      `"${name}" has the type parameter${parameters.length === 1 ? "" : "s"} ${list(parameters)}, which helpers cannot have`,
    hint: "use concrete types; `unknown` accepts any value",
  } as Finding<{ name: string; parameters: readonly string[] }>,
  "helpers/asynchronous": {
    severity: "error",
    stage: "compile",
    about: "A helper returns a promise. Rendering is synchronous.",
    message: ({ name }) => `"${name}" returns a promise, but helpers must be synchronous`,
    hint: "get the value before rendering and pass it as a variable",
  } as Finding<{ name: string }>,
  "helpers/unusable-type": {
    severity: "error",
    stage: "compile",
    about: "A helper takes or returns a type that template values never have: a function, a bigint, a symbol.",
    message: ({ name, what, type }) => `${what} of "${name}" has type ${type}, which template values never have`,
    hint: "use strings, numbers, booleans, null, lists and objects",
  } as Finding<{ name: string; what: string; type: string }>,
};
