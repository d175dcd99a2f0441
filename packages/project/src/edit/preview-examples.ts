// The examples of an edited prompt, rendered.

import type { PreviewExample } from "@cuecard/catalog";
import type { Project } from "../read/project.js";
import { loadTokenCounter } from "../review/count-tokens.js";
import { createRenderer, type Rendering } from "../test/render-examples.js";

/** @param runsHelpers Whether the project's helpers may run. */
export async function previewExamples(
  project: Project,
  version: Rendering,
  runsHelpers: boolean,
): Promise<PreviewExample[]> {
  const { examples, render } = version.compiled.content;
  if (examples.length === 0) return [];
  if (!runsHelpers && render.helpers.length > 0) {
    const refused = `it calls ${render.helpers.join(", ")} of the project's helpers, which run only with --helpers`;
    return examples.map(({ name }) => ({ name, refused }));
  }
  const { messageText } = await project.compiler();
  const [renderInput, count] = [await createRenderer(project, version), await loadTokenCounter()];
  return examples.map(({ name, input }) => {
    const rendered = renderInput(input);
    if ("problem" in rendered) return { name, refused: rendered.problem };
    const messages = rendered.messages.map((message) => ({ role: message.role, text: messageText(message) }));
    return { name, messages, tokens: messages.reduce((sum, { text }) => sum + count(text), 0) };
  });
}
