// `uniqueItems` in linear time. Ajv compares every item with every other, unless a schema says that they are all numbers or all texts.
// That takes seconds for a few thousand objects, and anyone who calls a service may send such a list.

import { findDuplicate } from "@cuecard/runtime";
import { _, type Ajv2020, type KeywordCxt } from "ajv/dist/2020.js";

/** The path that emitted code passes to `require`. */
export const FIND_DUPLICATE = "@cuecard/runtime/findDuplicate";

export function withUniqueItems(ajv: Ajv2020): Ajv2020 {
  return ajv.removeKeyword("uniqueItems").addKeyword({
    keyword: "uniqueItems",
    type: "array",
    schemaType: "boolean",
    error: { message: "", params: ({ params }) => _`{i: ${params["later"]}, j: ${params["earlier"]}}` },
    code: (context: KeywordCxt) => {
      const { gen, data, schema } = context;
      if (schema !== true) return;
      const code = _`require(${FIND_DUPLICATE}).default`;
      const find = gen.scopeValue("func", { ref: findDuplicate, code });
      const pair = gen.const("pair", _`${find}(${data})`);
      context.setParams({ later: _`${pair}[0]`, earlier: _`${pair}[1]` });
      context.fail(_`${pair} !== undefined`);
    },
  });
}
