// What completion offers in an edited text.

import type { CompiledContent } from "@cuecard/build";
import type { EditableFile, KnownNames } from "@cuecard/catalog";
import { classifyPath, LineIndex, offsetsOf, plainText } from "@cuecard/model";
import type { CompiledProject } from "../compile/compiled-project.js";
import type { Project } from "../read/project.js";

interface NamesRequest {
  readonly project: Project;
  /** The project that was compiled, with the text in place of the file. */
  readonly part: Project;
  readonly editable: EditableFile;
  /** As it was sent. */
  readonly text: string;
  /** The input of a prompt that compiles. */
  readonly input: CompiledContent["inputSchema"] | undefined;
  readonly compilation: CompiledProject;
}

export async function namesOf(request: NamesRequest): Promise<KnownNames> {
  const { project, part, editable, text, input, compilation } = request;
  const { knownNames, declaredInput } = await project.compiler();
  const { prompts, metadataKeys } = project.config;
  const { paths } = (await part.view()).files.working;
  const content = compilation.snapshot?.working.find(({ name }) => name === editable.name)?.content;
  const isPrompt = editable.kind === "prompt" && content !== undefined;
  const plain = plainText(text);
  const names = knownNames({
    text: plain,
    name: editable.name,
    input: input ?? (isPrompt ? declaredInput(content, prompts, metadataKeys) : undefined),
    partials: paths.filter((path) => classifyPath(path).kind === "partial"),
    schemas: compilation.snapshot?.schemaNames ?? [],
    helpers: compilation.helpers.helpers?.signatures ?? [],
  });
  if (plain === text) return names;
  const [lines, offset] = [new LineIndex(plain), offsetsOf(text)];
  const place = <R extends { readonly from: number; readonly to: number }>(range: R): R => ({
    ...range,
    from: offset(lines.position(range.from)),
    to: offset(lines.position(range.to)),
  });
  return { ...names, template: place(names.template), scopes: names.scopes.map(place) };
}
