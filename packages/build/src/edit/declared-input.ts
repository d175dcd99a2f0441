// The input that a prompt's front matter declares, whatever its template says.

import { expandMetadataKeys, type PromptContent } from "@cuecard/model";
import { ContentSchemas } from "../content-schemas.js";
import type { JsonSchema } from "../model.js";
import { FrontMatterReader } from "../parse/parse-front-matter.js";
import { SchemaFileReader } from "../parse/read-schema-file.js";
import { splitFrontMatter } from "../parse/split-front-matter.js";
import { ValidatorCompiler } from "../schema/compile-validator.js";

/**
 * @param metadataKeys The setting of this name.
 * @returns `undefined` if there is no schema, or if it has errors.
 */
export function declaredInput(
  content: PromptContent,
  promptsDir: string,
  metadataKeys: readonly string[],
): JsonSchema | undefined {
  const source = splitFrontMatter(content.prompt).value?.frontMatter;
  const parsed = source && new FrontMatterReader(expandMetadataKeys(metadataKeys)).read(source).value;
  const context = { schemaFiles: new SchemaFileReader(), validators: new ValidatorCompiler() };
  const schemas = new ContentSchemas(context, {
    ...{ files: content.schemas ?? [], promptsDir },
    locate: () => ({ file: content.prompt.path }),
    report: () => {},
  });
  return schemas.declared("input", parsed?.data.input?.schema);
}
