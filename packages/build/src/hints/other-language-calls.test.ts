// Paths and calls as other languages write them, and what the hint suggests instead.

import { describe, it } from "vitest";
import { expectRow, type Row } from "../../test/hint-row.js";

describe("paths and calls", () => {
  const index = (place: string, instead: string): string[] => [
    `syntax ${place} a path can contain brackets only after a dot — ${instead}`,
  ];
  const call = (place: string, instead: string): string[] => [
    `syntax ${place} [(] a tag cannot call functions: \`(\` is not allowed here — call a helper of your own: ${instead}`,
  ];
  const known = (place: string, instead: string): string[] => [
    `syntax ${place} [(] a tag cannot call functions: \`(\` is not allowed here — ${instead}`,
  ];
  it.each<Row>([
    ["{{name.}}", ["syntax 1:7-1:8 [.] a path does not end with a dot — write name"]],
    ["{{#if user.name.}}x{{/if}}", ["syntax 1:16-1:17 [.] a path does not end with a dot — write user.name"]],
    ["{{tags[0]}}", index("1:7-1:10 [[0]]", "write tags.[0]")],
    ["{{items[0].title}}", index("1:8-1:11 [[0]]", "write items.[0].title")],
    ["{{#each user.tags[0]}}x{{/each}}", index("1:18-1:21 [[0]]", "write user.tags.[0]")],
    ['{{ user["name"] }}', index('1:8-1:16 [["name"]]', "write user.name")],
    ["{{ prices['full price'] }}", index("1:10-1:24 [['full price']]", "write prices.[full price]")],
    ["{{ tags[count] }}", index("1:8-1:15 [[count]]", "write {{lookup tags count}}")],
    ["{{#if tags[count]}}x{{/if}}", index("1:11-1:18 [[count]]", "write (lookup tags count)")],
    ["{{ name.upper() }}", call("1:14-1:15", "{{upper name}}")],
    ['{{ upper("a, b", name) }}', call("1:9-1:10", '{{upper "a, b" name}}')],
    ["{{ upper(name) }}", call("1:9-1:10", "{{upper name}}")],
    ['{{#if user.name.startsWith("a", 1)}}x{{/if}}', call("1:27-1:28", '(startsWith user.name "a" 1)')],
    [
      '{{ name.replace("a", "b").upper() }}',
      ["syntax 1:16-1:17 [(] a tag cannot call functions: `(` is not allowed here"],
    ],
    ["{{#if(name)}}x{{/if}}", known("1:6-1:7", "write {{#if name}}…{{/if}}")],
    ['{{#if(name == "a")}}x{{/if}}', known("1:6-1:7", 'write {{#ifEquals name "a"}}…{{/ifEquals}}')],
    ["{{#each(tags)}}x{{/each}}", known("1:8-1:9", "write {{#each tags}}…{{/each}}")],
    ["{{#unless(flag)}}x{{/unless}}", known("1:10-1:11", "write {{#unless flag}}…{{/unless}}")],
    ["{{#if flag}}x{{else if(note)}}y{{/if}}", known("1:23-1:24", "write {{else if note}}")],
    [
      "{{#if (name)}}x{{/if}}",
      [
        'unknown-helper 1:8-1:12 [name] the helper "name" does not exist — variables are written without parentheses: write {{#if name}}',
      ],
    ],
    [
      "{{#each (user.tags)}}x{{/each}}",
      [
        'unknown-helper 1:10-1:19 [user.tags] the helper "user.tags" does not exist — variables are written without parentheses: write {{#each user.tags}}',
      ],
    ],
    [
      "{{upper (name)}}",
      [
        'unknown-helper 1:10-1:14 [name] the helper "name" does not exist — variables are written without parentheses: write name',
      ],
    ],
    ["{{(name)}}", ["syntax 1:3-1:4 [(] a tag needs no parentheses — write {{name}}"]],
    ["{{ caller() }}", known("1:10-1:11", "write {{> @partial-block}}")],
    ["{{ tags[-1] }}", index("1:8-1:12 [[-1]]", "loop over it: {{#each tags}}{{#if @last}}…{{/if}}{{/each}}")],
    ["{{ tags[:3] }}", index("1:8-1:12 [[:3]]", "compute it before rendering")],
    ['{{ ["a", "b"] }}', ["— write \\{{ if the braces are text"], { schema: "" }],
    ["{{JSON.stringify(data)}}", known("1:17-1:18", "write {{json data}}")],
    ["{{json(data)}}", known("1:7-1:8", "write {{json data}}")],
    ["{{upper json(data)}}", known("1:13-1:14", "write (json data)")],
    ["{{Math.max(count, 3)}}", known("1:11-1:12", "compute it before rendering, or call a helper of your own")],
    ["{{Object.keys(data)}}", known("1:14-1:15", "loop over it: {{#each data}}{{@key}}{{/each}}")],
    ['{{> partial("x")}}', known("1:12-1:13", "write {{> x}}")],
    ['{{> t0("x")}}', known("1:7-1:8", "a partial gets values by their names: {{> t0 name=…}}")],
    [
      "{{user?.name}}",
      ['undeclared-variable 1:3-1:8 [user?] "user?" is not declared in input.schema — write user.name'],
    ],
    ["{{data.x?.y}}", ['foreign-name 1:8-1:10 [x?] "x?" is treated as a variable here — write data.x.y']],
    [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a prompt's text, as it is
      "${{ secrets.X }}",
      ['undeclared-variable 1:5-1:12 [secrets] "secrets" is not declared in input.schema — write $\\{{ if'],
    ],
    [
      'style={{color: "red"}}',
      ['unknown-helper 1:9-1:15 [color:] the helper "color:" does not exist — write \\{{ if the braces are text'],
    ],
    [
      "{{#with user as u}}x{{/with}}",
      ['wrong-arguments 1:14-1:16 [as] "#with" takes one value, and no `as` — write {{#with user as |u|}}'],
    ],
    ["{{name;}}", ["syntax 1:7-1:8 [;] `;` is not allowed in a tag"]],
    ["{{name, note}}", ["syntax 1:7-1:8 [,] `,` is not allowed in a tag"]],
    ["{{tags.first}}", ['no-members 1:8-1:13 [first] "tags" is a list and has no member "first" — write tags.[0]']],
    ["{{items.first.title}}", ["no-members 1:9-1:14 [first]"]],
    [
      "{{tags.last}}",
      [
        'no-members 1:8-1:12 [last] "tags" is a list and has no member "last" — loop over it: {{#each tags}}{{#if @last}}…{{/if}}{{/each}}',
      ],
    ],
    ["{{tags.size}}", ['no-members 1:8-1:12 [size] "tags" is a list and has no member "size" — write tags.length']],
    ["{{tags.foo}}", ["no-members 1:8-1:11 [foo]"]],
    ["{{tags.length}}", []],
    [
      "{{sum count}}",
      [
        'wrong-arguments 1:7-1:12 [count] "sum" takes an object, and templates give its members by name — write {{sum net=…}}',
      ],
    ],
    [
      "{{truncate name 3 flag}}",
      [
        'wrong-arguments 1:19-1:23 [flag] "truncate" takes an object after its other values, and templates give its members by name — write {{truncate name 3 mark=…}}',
      ],
    ],
    [
      "{{> t0}}",
      [`unknown-partial 1:5-1:7 [t0] the partial "t0" does not exist — create one of these files: "prompts/_t0.md"`],
    ],
    ["{{include t0}}", ['unknown-helper 1:3-1:10 [include] the helper "include" does not exist — write {{> t0}}']],
  ])("%s", (template, expected, given) => {
    expectRow(template, expected, given);
  });
});
