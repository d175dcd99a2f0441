// Words with a dollar sign or in braces that are not variables of a prompt, because programs, editors or documentation of code
// use them.

/** Svelte, Vue, Angular, PHP, JSON Schema, MongoDB: `$state`, `$ref`, `$match`. */
const OF_PROGRAMS = (
  "this state derived effect props bindable inspect host ref refs schema defs id anchor comment vocabulary event emit route " +
  "router store slots attrs el set watch nextTick scope http jq env self match where lookup group project push pull unset inc " +
  "and or not in nin eq ne gt gte lt lte exists regex expr sum avg type"
).split(" ");

/** What Visual Studio Code fills in itself: `${file}`. */
const OF_EDITORS = (
  "workspaceFolder workspaceFolderBasename file fileBasename fileBasenameNoExtension fileDirname selection selectedText " +
  "input env config cwd"
).split(" ");

const TYPES = (
  "string boolean any void null undefined object String Number Boolean Object Function Array RegExp Promise Buffer Date " +
  "Error Symbol Map Set Any Mixed Stream"
).split(" ");

export function isOfProgram(word: string): boolean {
  return OF_PROGRAMS.includes(word);
}

export function isOfEditor(word: string): boolean {
  return OF_EDITORS.includes(word);
}

/** Whether braces contain a type or a role of markup, as documentation has them: `size` {number}, Returns: {Socket}, {ref}`x`. */
export function isType(name: string, before: string, after: string | undefined): boolean {
  return TYPES.includes(name) || after === "`" || /(?:`|\bReturns?:)\s$/.test(before.slice(-10));
}
