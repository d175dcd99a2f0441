export { nearest } from "./nearest.js";
export { chooseArm } from "./split.js";
export { normalizeRef, parsePromptUri, promptUri } from "./uri.js";
