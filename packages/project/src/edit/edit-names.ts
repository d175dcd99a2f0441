// What completion offers in an edited text.

import type { CompiledContent } from "@cuecard/build";
import type { KnownNames } from "@cuecard/catalog";
import { classifyPath, LineIndex, offsetsOf, type PromptContent, plainText } from "@cuecard/model";
import type { EditView } from "./edit-view.js";

/**
 * @param input The input of a prompt that compiles.
 * @param content A prompt that does not.
 */
export function namesOf(
  { project, compiler, helpers, editable, text, tree, paths }: EditView,
  input: CompiledContent["inputSchema"] | undefined,
  content: PromptContent | undefined,
): KnownNames {
  const { prompts, metadataKeys } = project.config;
  const plain = plainText(text);
  const names = compiler.knownNames({
    text: plain,
    name: editable.name,
    input: input ?? (content && compiler.declaredInput(content, prompts, metadataKeys)),
    partials: paths.filter((path) => classifyPath(path).kind === "partial"),
    schemas: tree.schemaNames,
    helpers: helpers.helpers?.signatures ?? [],
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
