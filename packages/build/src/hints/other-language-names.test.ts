// Names and paths as other tools write them, and what the hint suggests instead.

import { describe, it } from "vitest";
import { expectRow, type Row } from "../../test/hint-row.js";

describe("names and paths of other tools", () => {
  it.each<Row>([
    ["{{tags.0}}", ["syntax 1:8-1:9 [0] `0` is not allowed here — write tags.[0]"]],
    [
      "{{#each items}}{{#each parts}}{{../@index}}{{/each}}{{/each}}",
      ["syntax 1:36-1:42 [@index] `@index` is not allowed here — write @../index"],
      { schema: "" },
    ],
    [
      '{{ _.role("user") }}{{name}}',
      ['syntax 1:10-1:11 [(] a tag cannot call functions: `(` is not allowed here — write {{role "user"}}'],
    ],
    [
      "{{note?}}",
      ['foreign-name 1:3-1:8 [note?] "note?" is treated as a variable here — write {{#if note}}{{note}}{{/if}}'],
      { schema: "" },
    ],
    ["{{name:string}}", ["foreign-name 1:3-1:14"], { schema: "" }],
    [
      "{{$name}}",
      ['foreign-name 1:3-1:8 [$name] "$name" is treated as a variable here — write {{name}}'],
      { schema: "" },
    ],
    ["{{$name}}", ["undeclared-variable 1:3-1:8 [$name]"]],
    ["{{$user.name}} {{#if $x}}a{{/if}}", ["— write {{user.name}}", "— write x"], { schema: "" }],
    [
      "{{recall $topic}}",
      [
        'unknown-helper 1:3-1:9 [recall] the helper "recall" does not exist — call a helper of your own: {{recall topic}}',
      ],
      { schema: "" },
    ],
    ["{{Clock.Now $zone}}", ["— call a helper of your own: {{Now zone}}"], { schema: "" }],
    ["{{Mail.Send to=$user text='Hi'}}", ["— call a helper of your own: {{Send to=user text='Hi'}}"], { schema: "" }],
    ["{{#each rows}}{{../names.[@index]}}{{/each}}", ["— write lookup ../names @index"], { schema: "" }],
    ["{{Clock.Now}}", [], { schema: "" }],
    ["{{#firm}}Firm: {{firm}}.{{/firm}}", ["section-name 1:16-1:24 [{{firm}}] {{firm}} is looked up"], { schema: "" }],
    ["{{#user}}{{#if x}}{{user.name}} {{user.name}}{{/if}}{{/user}}", ["— to test the value"], { schema: "" }],
    ["{{#user.name}}{{user.name}}{{/user.name}}", ["section-name 1:15-1:28"], { schema: "" }],
    [
      "{{#system}}Be brief.{{/system}}{{#user}}{{q}}{{/user}}",
      [
        'foreign-name 1:4-1:10 [system] "system" is treated as a variable here — write {{role "system"}} before the message',
      ],
      { schema: "" },
    ],
    ["{{#user}}{{#name}}{{name}}{{/name}}{{/user}}", ["section-name 1:19-1:27"], { schema: "" }],
    ["{{#items}}{{title}} {{items.length}}{{/items}}{{^items}}{{items}}{{/items}}{{title}}", [], { schema: "" }],
    ["{{#name}}{{name}}{{/name}}", ["no-members 1:12-1:16 [name]"]],
    ['{{#role "system"}}x{{/role}}', ['— it is not a block: write {{role "system"}}'], { schema: "" }],
    [
      "{{#each t}}{{#message role=role}}x{{/message}}{{/each}}",
      ["— roles are fixed: for messages that callers pass"],
      { schema: "" },
    ],
    [
      '{{#message role="system"}}x{{/message}}',
      [
        'unknown-helper 1:4-1:11 [message] the helper "message" does not exist — write {{role "system"}} before the message',
      ],
      { schema: "" },
    ],
  ])("%s", (template, expected, given) => {
    expectRow(template, expected, given);
  });
});
