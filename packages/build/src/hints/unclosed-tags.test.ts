// Tags, comments, strings and blocks that are never closed: where they are found, and how to close them.

import { describe, it } from "vitest";
import { expectRow, type Row } from "../../test/hint-row.js";

describe("what is never closed", () => {
  it.each<Row>([
    ["{{name", ["syntax 1:1-1:3 [{{] this tag is never closed — close it with }}"]],
    ["{{{name", ["syntax 1:1-1:4 [{{{] this tag is never closed — close it with }}}"]],
    ["Hello {{name and more\nthan {{flag}}", ["syntax 1:7-1:9 [{{] this tag is never closed"]],
    ["{{flag}}\n{{name\nIt's {{flag}} and don't", ["syntax 2:1-2:3 [{{] this tag is never closed"]],
    ["{{#if flag}}{{name", ["syntax 1:13-1:15 [{{] this tag is never closed"]],
    ["{{#if flag}}x{{/if", ["syntax 1:14-1:16 [{{] this tag is never closed"]],
    ["{{name} and {{flag}}", ["syntax 1:7-1:8 [}] a tag ends with two braces — write }}"]],
    ["{{count} items}}", ["syntax 1:8-1:9 [}] a tag ends with two braces — write }}; or \\{{ if the braces are text"]],
    ["{{#if flag}x{{/if}}", ["syntax 1:11-1:12 [}] a tag ends with two braces"]],
    [
      "{{{name}} and",
      [
        "syntax 1:8-1:10 [}}] a tag that opens with {{{ ends with }}} — write }}}; or put a space after a brace that is text: { {{",
      ],
    ],
    [
      '{"a": {{name}}}',
      ["syntax 1:13-1:16 [}}}] a tag that opens with {{ ends with }} — put a space before a brace that is text: }} }"],
    ],
    ["{{#if {{flag}}}}x{{/if}}", ["syntax 1:7-1:15 [{{flag}}] a tag cannot be inside another tag — write flag"]],
    ["{{upper {{name}} }}", ["syntax 1:9-1:17 [{{name}}] a tag cannot be inside another tag — write name"]],
    ["{{{{name}} x", ["syntax 1:9-1:11 [}}] a tag that opens with {{{{ ends with }}}}"]],
    ["a {{!-- b {{name}}", ["syntax 1:3-1:8 [{{!--] this comment is never closed — close it with --}}"]],
    ["{{!-- b", ["syntax 1:1-1:6 [{{!--] this comment is never closed"]],
    ["{{~!-- b }}", ["syntax 1:1-1:7 [{{~!--] this comment is never closed"]],
    ["{{{{name}}}}", ["— close it with {{{{/name}}}}; to insert a variable, write {{name}}"]],
    ["a {{! b", ["syntax 1:3-1:6 [{{!] this comment is never closed — close it with }}"]],
    ["{{{{raw}}}}x", ["syntax 1:1-1:12 [{{{{raw}}}}] this raw block is never closed — close it with {{{{/raw}}}}"]],
    ["a\n{{{{raw}}}}{{name}}", ["syntax 2:1-2:12 [{{{{raw}}}}] this raw block is never closed"]],
    ['{{upper "a}}', ['syntax 1:9-1:10 ["] this string is never closed — close it with "']],
    ["{{upper 'a}} b", ["syntax 1:9-1:10 ['] this string is never closed — close it with '"]],
    ['{{upper "a}} b "c"', ['syntax 1:9-1:10 ["] this string is never closed']],
    ["\\{{name {{flag", ["syntax 1:9-1:11 [{{] this tag is never closed"]],
    ["{{#if flag}}x", ["syntax 1:1-1:13 [{{#if flag}}] {{#if}} is never closed — add {{/if}} where the block ends"]],
    [
      "{{#each tags}}x",
      ["syntax 1:1-1:15 [{{#each tags}}] {{#each}} is never closed — add {{/each}} where the block ends"],
    ],
    ["{{#user}}{{#if flag}}x{{/if}}", ["syntax 1:1-1:10 [{{#user}}] {{#user}} is never closed — add {{/user}}"]],
    ['{{\n "b": {{ "c": 1 }}\n}}', ["syntax 1:1-1:3 [{{] this tag is never closed — if the braces are text"]],
    ["{{ {{ }} }}", ["syntax 1:4-1:9 [{{ }}] a tag cannot be inside another tag — if the braces are text"]],
  ])("%s", (template, expected, given) => {
    expectRow(template, expected, given);
  });
});
