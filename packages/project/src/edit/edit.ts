// Editing prompts, partials and named schemas in the browser.

export { checkEdit } from "./check-edit.js";
export { readFields, setFields } from "./edit-fields.js";
export { listEditable, readSource } from "./read-source.js";
export { saveEdit } from "./save-edit.js";
