// Blocks and loops as other languages write them, and what the hint suggests instead.

import { describe, it } from "vitest";
import { expectRow, type Row } from "../../test/hint-row.js";

describe("blocks and loops", () => {
  it.each<Row>([
    [
      "{{#if flag}}x{{elif note}}y{{/if}}",
      ['unknown-helper 1:16-1:20 [elif] the helper "elif" does not exist — write {{else if note}}'],
    ],
    ["{{#if flag}}x{{elseif note}}y{{/if}}", ["unknown-helper 1:16-1:22 [elseif]"]],
    [
      "{{#if flag}}x{{else-if note}}y{{/if}}",
      ['unknown-helper 1:16-1:23 [else-if] the helper "else-if" does not exist — write {{else if note}}'],
    ],
    [
      "{{#if flag}}x{{elif}}y{{/if}}",
      ['undeclared-variable 1:16-1:20 [elif] "elif" is not declared in input.schema — write {{else if …}}'],
    ],
    ["{{#if flag}}x{{#else}}y{{/if}}", ["syntax 1:14-1:23 [{{#else}}] {{#else}} is not a block — write {{else}}"]],
    [
      "{{#if flag}}x{{#else if note}}y{{/if}}",
      ["syntax 1:14-1:31 [{{#else if note}}] {{#else}} is not a block — write {{else if note}}"],
    ],
    ["{{#if flag}}x{{/else}}y{{/if}}", ["syntax 1:14-1:23 [{{/else}}] {{/else}} closes nothing — write {{else}}"]],
    ["{{#if flag}}x{{endif}}", ["syntax 1:14-1:23 [{{endif}}] {{endif}} does not close {{#if}} — write {{/if}}"]],
    [
      "{{#if flag}}{{#each tags}}x{{endfor}}{{/if}}",
      ["syntax 1:28-1:38 [{{endfor}}] {{endfor}} does not close {{#each}} — write {{/each}}"],
    ],
    [
      "{{#if flag}}x{{end}}",
      ["syntax 1:1-1:13 [{{#if flag}}] {{#if}} is never closed — if {{end}} should close it, write {{/if}}"],
    ],
    ["{{#if flag}}x{{#endif}}", ["syntax 1:14-1:24 [{{#endif}}] {{#endif}} is not a block — write {{/if}}"]],
    ["{{#if flag}}x{{/endif}}", ["syntax 1:14-1:24 [{{/endif}}] {{#if}} is closed by {{/endif}} — write {{/if}}"]],
    ["{{#each tags}}x{{/for}}", ["syntax 1:16-1:24 [{{/for}}] {{#each}} is closed by {{/for}} — write {{/each}}"]],
    ["{{#if flag}}x{{/}}", ["syntax 1:14-1:19 [{{/}}] a closing tag names its block — write {{/if}}"]],
    ["{{if flag}}x{{/if}}", ["syntax 1:1-1:12 [{{if flag}}] a block begins with `#` — write {{#if flag}}"]],
    [
      "{{#each tags}}{{if @first}}x{{/if}}{{/each}}",
      ["syntax 1:15-1:28 [{{if @first}}] a block begins with `#` — write {{#if @first}}"],
    ],
    [
      "{{flag}}{{endif}}",
      ['undeclared-variable 1:11-1:16 [endif] "endif" is not declared in input.schema — write {{/if}}'],
    ],
    [
      "{{#for x in tags}}{{x}}{{/for}}",
      ['unknown-helper 1:4-1:7 [for] the helper "for" does not exist — write {{#each tags as |x|}}…{{/each}}'],
    ],
    [
      "{{#each tag in tags}}x{{/each}}",
      ['wrong-arguments 1:13-1:15 [in] "#each" takes one value, and no `in` — write {{#each tags as |tag|}}'],
    ],
    [
      "{{#each tags as t}}x{{/each}}",
      ['wrong-arguments 1:14-1:16 [as] "#each" takes one value, and no `as` — write {{#each tags as |t|}}'],
    ],
    [
      "{{#each tags as |t}}x{{/each}}",
      ["syntax 1:17-1:19 [|t] block parameters are written between two bars — write as |t|"],
    ],
    [
      "{{#each items}}{{loop.index}}{{/each}}",
      ['unknown-member 1:18-1:22 [loop] an item of "items" has no member "loop" — write @index, which counts from 0'],
    ],
    ["{{#each tags}}{{loop.index0}}{{/each}}", ["no-members 1:17-1:21 [loop]"]],
    [
      "{{#each items as |i|}}{{#if loop.last}}x{{/if}}{{/each}}",
      ['unknown-member 1:29-1:33 [loop] an item of "items" has no member "loop" — write @last'],
    ],
    ["{{#each items}}{{index}}{{/each}}", ["unknown-member 1:18-1:23 [index]"]],
    ["{{- name -}}", ["unsupported 1:3-1:4 [-] `-` at a tag's braces is not supported — write {{~name~}}"]],
    ["{{name -}}", ["unsupported 1:8-1:9 [-] `-` at a tag's braces is not supported — write {{name~}}"]],
    [
      "{{-name-}}",
      ['undeclared-variable 1:3-1:9 [-name-] "-name-" is not declared in input.schema — write {{~name~}}'],
    ],
    [
      "{{- if flag -}}x{{- end -}}",
      [
        "unsupported 1:3-1:4 [-] `-` at a tag's braces is not supported — write {{~#if flag~}}",
        "unsupported 1:19-1:20 [-] `-` at a tag's braces is not supported — write {{/…}} with the block's name",
      ],
    ],
    [
      "{{#if name}}a{{/if name}}",
      ["syntax 1:14-1:26 [{{/if name}}] a closing tag contains only the block's name — write {{/if}}"],
    ],
    [
      "{{#each tags}}a{{/each tags}}",
      ["syntax 1:16-1:30 [{{/each tags}}] a closing tag contains only the block's name — write {{/each}}"],
    ],
    [
      "{{#each tags as |t| limit=2}}a{{/each}}",
      ["syntax 1:21-1:28 [limit=2] `limit=2` is not allowed after block parameters"],
    ],
    [
      "{{#each tags as |t| reversed}}a{{/each}}",
      ["syntax 1:21-1:29 [reversed] `reversed` is not allowed after block parameters"],
    ],
    [
      "{{#each tags reversed}}a{{/each}}",
      ['wrong-arguments 1:14-1:22 [reversed] "#each" takes one value, and no `reversed`'],
    ],
    ["{{#each tags as |a, b|}}x{{/each}}", ["syntax 1:19-1:20 [,] `,` is not allowed in a tag — write as |a b|"]],
    [
      "{{#each k, v in data}}x{{/each}}",
      ["syntax 1:10-1:11 [,] `,` is not allowed in a tag — write {{#each data as |v k|}}…{{/each}}"],
    ],
    [
      "{{/if}}",
      ["syntax 1:1-1:8 [{{/if}}] this closes a block that is not open — remove it, or open the block before it"],
    ],
    ["x {{else}} y", ["syntax 1:3-1:11 [{{else}}] {{else}} is outside a block"]],
    ["{{#if name}}x{{/unless}}", ["syntax 1:14-1:25 [{{/unless}}] {{#if}} is closed by {{/unless}} — write {{/if}}"]],
    [
      "{{#if flag}}{{#each tags}}x{{/if}}",
      ["syntax 1:28-1:35 [{{/if}}] {{#each}} is closed by {{/if}} — write {{/each}} before {{/if}}"],
    ],
    [
      "{{if name}}x{{endif}}",
      [
        'wrong-arguments 1:3-1:5 [if] "if" is a block — write {{#if name}}…{{/if}}',
        "undeclared-variable 1:15-1:20 [endif]",
      ],
    ],
    ["{{if name}}x{{else}}y{{end}}", ["syntax 1:1-1:12 [{{if name}}] a block begins with `#` — write {{#if name}}"]],
    [
      '{{#if note}}x{{elif name == "b"}}y{{/if}}',
      ['syntax 1:26-1:28 [==] a tag has no operators: `==` is not allowed here — write {{else ifEquals name "b"}}'],
    ],
    [
      "{{#if note}}x{{elif flag and name}}y{{/if}}",
      [
        'unknown-helper 1:16-1:20 [elif] the helper "elif" does not exist — write {{else}}{{#if flag}}{{#if name}}…{{/if}}{{/if}}',
      ],
    ],
    [
      "{{#if note}}x{{elif not flag}}y{{/if}}",
      ['unknown-helper 1:16-1:20 [elif] the helper "elif" does not exist — write {{else unless flag}}'],
    ],
    [
      "{{#for t in tags}}x{{endfor}}",
      ["syntax 1:1-1:19 [{{#for t in tags}}] {{#for}} is not a block — write {{#each tags as |t|}}…{{/each}}"],
    ],
    [
      "{{#if name}}x{{else -}}y{{/if}}",
      ["unsupported 1:21-1:22 [-] `-` at a tag's braces is not supported — write {{else~}}"],
    ],
    [
      "{{#each items}}{{forloop.index0}}{{/each}}",
      ['unknown-member 1:18-1:25 [forloop] an item of "items" has no member "forloop" — write @index'],
    ],
    [
      "{{#each items}}{{loop.length}}{{/each}}",
      ['unknown-member 1:18-1:22 [loop] an item of "items" has no member "loop" — write ../items.length'],
    ],
    [
      "{{endif}}",
      ['foreign-name 1:3-1:8 [endif] "endif" is treated as a variable here — write {{/if}}'],
      { schema: "" },
    ],
    [
      "{{name}}{{elif}}",
      ['foreign-name 1:11-1:15 [elif] "elif" is treated as a variable here — write {{else if …}}'],
      { schema: "" },
    ],
    [
      "{{-name-}}",
      ['foreign-name 1:3-1:9 [-name-] "-name-" is treated as a variable here — write {{~name~}}'],
      { schema: "" },
    ],
    ["{{#if x}}{{else -}}y{{/if}}", ["unsupported 1:17-1:18 [-]"], { schema: "" }],
    [
      "{{#each rows}}{{loop.index}}{{/each}}",
      ['foreign-name 1:17-1:21 [loop] "loop" is treated as a variable here — write @index, which'],
      { schema: "" },
    ],
    [
      "{{user?.name}}",
      ['foreign-name 1:3-1:8 [user?] "user?" is treated as a variable here — write user.name'],
      { schema: "" },
    ],
  ])("%s", (template, expected, given) => {
    expectRow(template, expected, given);
  });

  it.each<Row>([
    ["{{#each end}}{{index}}{{/each}}", [], { schema: "\n  end(array): { index: number }" }],
    ["{{end}}{{for}}{{include}}", [], { schema: "\n  end: string\n  for: string\n  include: string" }],
    ['{{upper "}}"}}{{upper "{{"}}', []],
    ["{{end}}{{for}}{{index}}{{loop.index}}{{#each rows}}{{loop.name}}{{index}}{{/each}}{{a-b}}", [], { schema: "" }],
  ])("are none in %s", (template, expected, given) => {
    expectRow(template, expected, given);
  });
});
