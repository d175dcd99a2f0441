// Repositories as users of the command line have them: with a folder for caches, and build output ignored.

import { createProjectFolder } from "./folders.js";
import { prepared } from "./prepared.js";
import { initialize, openRepository, type TestRepository } from "./repository.js";

/** A repository with these files, none of them committed. */
export function createProject(files: Readonly<Record<string, string>> = {}): TestRepository {
  const dir = createProjectFolder();
  initialize(dir);
  return openRepository(dir).write({ ".gitignore": "node_modules/\ndist*/\n", ...files });
}

/** Two versions of one prompt; production points at the first. */
export const greetProject: () => TestRepository = prepared(() => {
  const project = createProject({
    "prompts/greet.md": "Hello {{name}}!",
    "packages/prompts/package.json": '{ "type": "module" }',
  });
  project.commit();
  project.tag("greet@v1", "First version");
  project.write({ "prompts/greet.md": "---\ndescription: Greets\n---\nHi {{name}}, welcome to {{place}}!" });
  project.commit();
  project.tag("greet@v2");
  project.write({
    "aliases.json": '{\n  "greet": { "production": "v1", "staging": { "v1": 1, "v2": 1 }, "dev": "working" }\n}\n',
  });
  project.commit();
  return project;
});
