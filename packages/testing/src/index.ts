// Temporary folders and git repositories for the tests of all packages.

export { createFolder, createProjectFolder } from "./folders.js";
export { growth } from "./growth.js";
export { gitSettings } from "./hide-machine.js";
export { type ModelAnswer, type ModelServer, startModelServer } from "./model-server.js";
export { prepared } from "./prepared.js";
export { createProject, greetProject } from "./project.js";
export { readTags } from "./read-tags.js";
export { createRepository, openRepository, type TestRepository } from "./repository.js";
export { gitEnvironment, runGit } from "./run-git.js";
export { copyFolder, killAtStep, recordSteps, restoreFolder, spread } from "./steps.js";
export { untilQuiet } from "./until-quiet.js";
