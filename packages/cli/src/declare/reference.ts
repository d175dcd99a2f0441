// How help names a version of a prompt.

export const REFERENCE = "name, name@alias, name@v3 or prompts:/name@alias";
