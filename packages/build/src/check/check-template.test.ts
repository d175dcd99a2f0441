// What the compiler finds by checking templates against their schema: the code and the exact characters, and what is
// right.

import { describe, expect, it } from "vitest";
import { expectFindings, found, type Given } from "../../test/findings.js";
import { compileText } from "../../test/render.js";

describe("names", () => {
  it.each<[string, string[], Given?]>([
    [
      "{{n}}{{x}}{{ab}}",
      ['[n] "n" is not declared in input.schema — declare it', "— declare", "— declare"],
      { schema: " { a: string, b: string }" },
    ],
    ["{{nme}}", ['undeclared-variable 1:3-1:6 [nme] "nme" is not declared in input.schema — did you mean "name"?']],
    ["{{nme}} {{nme}}", ["undeclared-variable 1:3-1:6", "undeclared-variable 1:11-1:14"]],
    [
      "{{#each items}}{{@root.nme}}{{../cout}}{{/each}}",
      ["undeclared-variable 1:24-1:27", "undeclared-variable 1:34-1:38 [cout]"],
    ],
    ["a\n  {{user.nam}}", ['unknown-member 2:10-2:13 [nam] "user" has no member "nam" — did you mean "name"?']],
    ["{{user/nam}}", ["unknown-member 1:8-1:11 [nam]"]],
    ["{{user.[full name]}}", ['unknown-member 1:8-1:19 [[full name]] "user" has no member "full name" — declare it']],
    ['{{"first name"}}', ['undeclared-variable 1:3-1:15 ["first name"]']],
    [
      "{{#if user.address}}{{user.address.cty.x}}{{/if}}",
      ['unknown-member 1:36-1:39 [cty] "user.address" has no member "cty"'],
    ],
    ["{{#with user}}{{nam}}{{/with}}", ['unknown-member 1:17-1:20 [nam] "user" has no member "nam"']],
    [
      "{{#each items}}{{titel}}{{/each}}",
      ['unknown-member 1:18-1:23 [titel] an item of "items" has no member "titel" — did you mean "title"?'],
    ],
    [
      "{{#each items}}{{status}}{{/each}}",
      [
        'unknown-member 1:18-1:24 [status] an item of "items" has no member "status" — for the input variable, write {{@root.status}}',
      ],
    ],
    ["{{#each items as |i|}}{{i.titel}}{{/each}}", ['unknown-member 1:27-1:32 [titel] an item of "items"']],
    ["{{#items}}{{titel}}{{/items}}", ['unknown-member 1:13-1:18 [titel] an item of "items"']],
    ["{{#if hints}}{{#each hints}}{{x}}{{/each}}{{/if}}", ['no-members 1:31-1:32 [x] an item of "hints" is a string']],
    ["{{name.first}}", ['no-members 1:8-1:13 [first] "name" is a string and has no member "first"']],
    ["{{count.x.y}}", ['no-members 1:9-1:10 [x] "count" is a number']],
    [
      "{{items.title}}",
      [
        'no-members 1:9-1:14 [title] "items" is a list and has no member "title" — loop over it: {{#each items}}{{title}}{{/each}}',
      ],
    ],
    ["{{#with name}}{{first}}{{/with}}", ['no-members 1:17-1:22 [first] "name" is a string']],
    [
      "{{#name}}Hello {{name}}{{/name}}",
      [
        'no-members 1:18-1:22 [name] "name" is a string and has no member "name" — for the input variable, write {{@root.name}}',
      ],
    ],
    ["{{#each items}}{{@index.x}}{{/each}}", ["no-members 1:25-1:26 [x]"]],
    ['{{lookup user "nam"}}', ['unknown-member 1:3-1:9 [lookup] "user" has no member "nam"']],
    ["{{lookup count name}}", ['no-members 1:10-1:15 [count] "count" is a number and has no member "name"']],
    ["{{> p}}", ["undeclared-variable p 2:3-2:6 [nme]"], { partials: { p: "a\n{{nme}}" } }],
    ["{{> p}}{{> p}}", ["undeclared-variable p 1:3-1:6 [nme]"], { partials: { p: "{{nme}}" } }],
    ["{{> p user}}", ['unknown-member p 1:3-1:6 [nam] "user" has no member "nam"'], { partials: { p: "{{nam}}" } }],
    ["{{> p x=user.nam}}", ["unknown-member 1:14-1:17 [nam]"], { partials: { p: "{{x}}" } }],
    ["{{> p x=user}}", ["unknown-member p 1:5-1:8 [nam]"], { partials: { p: "{{x.nam}}" } }],
    [
      "{{> p x=usr}}",
      ['undeclared-variable 1:9-1:12 [usr] "usr" is not declared in input.schema — did you mean "user"?'],
      { partials: { p: "{{> q y=x}}", q: "{{y.name}}" } },
    ],
    [
      "{{#each items}}{{> p n=1}}{{/each}}",
      ['unknown-member p 1:8-1:13 [titel] an item of "items"'],
      { partials: { p: "{{n}}{{titel}}" } },
    ],
    ['{{#*inline "p"}}{{nme}}{{/inline}}{{> p}}', ["undeclared-variable 1:19-1:22"]],
    ["{{#> p}}{{nme}}{{/p}}", ["undeclared-variable 1:11-1:14"], { partials: { p: "{{> @partial-block}}" } }],
  ])("%s", (body, expected, given) => {
    expectFindings(found(body, given), expected);
  });
});

describe("values", () => {
  it.each<[string, string[], Given?]>([
    [
      "{{tags}}",
      [
        'list-as-text 1:3-1:7 [tags] "tags" is a list, but is inserted as text — write {{#each tags}}…{{/each}}, or {{json tags}}',
      ],
    ],
    [
      "{{user}}",
      [
        'object-as-text 1:3-1:7 [user] "user" is an object, but is inserted as text — write {{json user}}, or a member: {{user.name}}',
      ],
    ],
    [
      "{{#each items}}{{this}}{{/each}}",
      [
        'object-as-text 1:18-1:22 [this] "this" is an object, but is inserted as text — write {{json this}}, or a member: {{title}}',
      ],
    ],
    ["{{#each items as |i|}}{{i}}{{/each}}", ["object-as-text 1:25-1:26 [i]"]],
    ["{{prices}}", ["object-as-text"]],
    [
      "{{#each user}}{{@key}}: {{this}}{{/each}}",
      [
        'object-as-text 1:27-1:31 [this] "address" of "user" is an object, but is inserted as text — write {{json this}}',
      ],
    ],
    ["{{#each this as |v k|}}{{k}}: {{v}}{{/each}}", ['list-as-text 1:33-1:34 [v] "tags" of "this" is a list']],
    ['{{#each user}}{{#ifEquals @key "name"}}{{this}}{{/ifEquals}}{{/each}}', []],
    ["{{#each user}}{{#if city}}{{city}}{{else}}{{this}}{{/if}}{{json this}}{{/each}}", []],
    ["{{#each data}}{{this}}{{/each}}{{#each prices}}{{this}}{{/each}}", []],
    ["{{split name}}", ['list-as-text 1:3-1:8 [split] the result of "split" is a list']],
    ["{{#each name}}{{this}}{{/each}}", ['not-a-list 1:9-1:13 [name] "name" is a string, so {{#each}} prints nothing']],
    [
      "{{#each count}}x{{/each}}{{#each flag}}x{{/each}}",
      ["not-a-list 1:9-1:14 [count]", "not-a-list 1:34-1:38 [flag]"],
    ],
    ["{{media url=user}}", ['media-not-text 1:13-1:17 [user] "user" is an object']],
    ["{{media url=count}}", ["media-not-text 1:13-1:18 [count]"]],
    ["{{media url=name contentType=tags}}", ["list-as-text 1:30-1:34 [tags]"]],
    ["{{#if name}}{{tags}}{{else}}{{user}}{{/if}}", ["list-as-text", "object-as-text"]],
    ["{{#each prices}}{{@key}}: {{this.x}}{{/each}}", ['no-members 1:34-1:35 [x] an item of "prices" is a number']],
    ["{{lookup prices tags}}", ["list-as-text 1:17-1:21 [tags]"]],
  ])("%s", (body, expected, given) => {
    expectFindings(found(body, given), expected);
  });
});

describe("variables of loops", () => {
  it.each<[string, string[], Given?]>([
    [
      "{{@index}}{{#if @first}}x{{/if}}",
      [
        "outside-loop 1:3-1:9 [@index] @index is used outside a loop — move it into {{#each}}; if you mean a `context` value, choose another name for it",
        "outside-loop 1:17-1:23 [@first]",
      ],
    ],
    ["{{#each tags}}{{@index}}{{@key}}{{#if @last}}x{{/if}}{{else}}{{@first}}{{/each}}", ["outside-loop 1:64-1:70"]],
    ["{{#each tags}}{{@../index}}{{/each}}", ["outside-loop 1:17-1:26 [@../index] @../index is used outside a loop"]],
    ["{{#each items}}{{#each ../tags}}{{@../index}}{{/each}}{{/each}}", []],
    ["{{#with user}}{{@key}}{{/with}}", ["outside-loop"]],
    ["{{#each tags}}{{> p}}{{/each}}", [], { partials: { p: "{{@index}}" } }],
    [
      "{{#each tags}}{{> p}}{{/each}}{{> p}}",
      [
        "outside-loop p 1:3-1:9 [@index] @index is used outside a loop (this partial is included outside {{#each}}) — include the partial in {{#each}}, or pass",
      ],
      { partials: { p: "{{@index}}" } },
    ],
    ["{{#each tags}}{{> p}}{{/each}}{{> p}}", [], { partials: { p: "{{#if @first}}x{{/if}}" } }],
    ["{{#> p}}{{@index}}{{/p}}", [], { partials: { p: "{{#each tags}}{{> @partial-block}}{{/each}}" } }],
    [
      "{{#each tags}}{{@idx}}{{@i}}{{@indx}}{{@idnex}}{{@keys}}{{@lst}}{{@frist}}{{/each}}",
      [
        "misspelt-loop-variable 1:17-1:21 [@idx] @idx is not a loop variable: did you mean @index?",
        "did you mean @index?",
        "did you mean @index?",
        "did you mean @index?",
        "did you mean @key?",
        "did you mean @last?",
        "did you mean @first?",
      ],
    ],
    ["{{@idx}}{{#each tags}}{{@idx}}{{@user.key}}{{@name}}{{@root.name}}{{@lang}}{{/each}}{{@lst}}", []],
    ["{{#each tags}}{{@list}}{{@past}}{{@hey}}{{@lat}}{{@k}}{{@ind}}{{@fi}}{{@inbox}}{{/each}}", []],
  ])("%s", (body, expected, given) => {
    const actual = found(body, given);
    expect(actual).toEqual(expected.map((part) => expect.stringContaining(part)));
  });
});

describe("the history", () => {
  const SECOND =
    "[{{history}}] this is the second {{history}}, so the same messages are inserted again — remove one of them; to insert a variable of that name, write {{this.history}}";
  const LOOP =
    "[{{history}}] {{history}} is in a loop, so the same messages are inserted for each item — move it out of the loop; to insert the item's own member, write {{this.history}}";
  it.each<[string, string[], Given?]>([
    ["{{history}}{{#each tags}}{{this}}{{/each}}", []],
    ["{{history}}x{{history}}", [`repeated-history 1:13-1:24 ${SECOND}`]],
    ["{{#if flag}}{{history}}{{else}}{{#with user}}{{history}}{{/with}}{{/if}}", []],
    ["{{#if note}}{{history}}{{/if}}{{#unless note}}{{history}}{{/unless}}", []],
    ["{{#if note}}{{history}}{{/if}}x{{#if note}}y{{else}}{{history}}{{/if}}", []],
    ["{{#if note}}{{history}}{{/if}}{{#with user}}{{#unless @root.note}}{{history}}{{/unless}}{{/with}}", []],
    ['{{#ifEquals tone "formal"}}{{history}}{{/ifEquals}}{{#ifEquals tone "friendly"}}{{history}}{{/ifEquals}}', []],
    [
      '{{#ifEquals tone "formal"}}{{history}}{{/ifEquals}}{{#unlessEquals "formal" tone}}{{history}}{{/unlessEquals}}',
      [],
    ],
    ["{{#each tags}}x{{else}}{{history}}{{/each}}{{#if tags}}{{history}}{{/if}}", []],
    ["{{#if note}}{{> p x=note}}{{/if}}{{> p x=note}}", [SECOND], { partials: { p: "{{#if x}}{{history}}{{/if}}" } }],
    ["{{> p x=note}}{{#unless note}}{{history}}{{/unless}}", [], { partials: { p: "{{#if x}}{{history}}{{/if}}" } }],
    ["{{#if note}}{{history}}{{/if}}{{#unless flag}}{{history}}{{/unless}}", [SECOND]],
    ["{{#if note}}{{history}}{{/if}}{{#if note}}{{history}}{{/if}}", [SECOND]],
    ["{{#if (upper name)}}{{history}}{{else}}{{history}}{{/if}}", []],
    ["{{#each tags}}{{#if this}}{{history}}{{/if}}{{#unless this}}{{history}}{{/unless}}{{/each}}", [LOOP, LOOP]],
    ["{{#if flag}}{{history}}{{/if}}{{history}}", [`repeated-history 1:31-1:42 ${SECOND}`]],
    ["{{#each tags}}{{history}}{{/each}}", [`repeated-history 1:15-1:26 ${LOOP}`]],
    ["{{#each tags}}{{#if flag}}{{history}}{{/if}}{{else}}{{history}}{{/each}}", [LOOP]],
    ["{{#each tags}}{{history}}{{/each}}{{history}}", [LOOP, SECOND]],
    ["{{> p}}{{> p}}", [`repeated-history p 1:1-1:12 ${SECOND}`], { partials: { p: "{{history}}" } }],
    ["{{> p data}}", [LOOP], { partials: { p: "{{history}}{{#each kids}}{{> p}}{{/each}}" } }],
  ])("%s", (body, expected, given) => {
    const actual = found(body, given).filter((line) => line.startsWith("repeated-history"));
    expect(actual).toEqual(expected.map((part) => expect.stringContaining(part)));
  });
});

describe("values that may be missing", () => {
  it.each<[string, string[], Given?]>([
    [
      "{{note}}",
      [
        'optional-value 1:3-1:7 [note] "note" may be missing here — test it: {{#if note}}…{{/if}}; or make it required, or give it a default',
      ],
    ],
    ["{{#if note}}{{note}}{{/if}} {{note}}", ["optional-value 1:31-1:35 [note]"]],
    ["{{#if note}}x{{else}}{{note}}{{/if}}", ["optional-value 1:24-1:28"]],
    ["{{#unless note}}{{note}}{{/unless}}", ["optional-value 1:19-1:23"]],
    ["{{#if flag}}{{note}}{{/if}}", ["optional-value 1:15-1:19"]],
    ["{{user.email}}", ['optional-value 1:3-1:13 [user.email] "user.email" may be missing here']],
    ["{{user.address.city}}", ['optional-value 1:8-1:15 [address] "user.address" may be missing here']],
    [
      "{{#if user.address}}{{user.address.zip}}{{/if}}",
      ['optional-value 1:23-1:39 [user.address.zip] "user.address.zip"'],
    ],
    ["{{#each items}}{{price}}{{/each}}", ['optional-value 1:18-1:23 [price] "price" may be missing here']],
    [
      "{{#each items}}{{#if price}}{{../items.[0].price}}{{/if}}{{/each}}",
      ["optional-value 1:31-1:49 [../items.[0].price]"],
    ],
    ["{{media url=note}}", ["optional-value 1:13-1:17"]],
    ["{{upper note}}", ["optional-value 1:9-1:13 [note]"]],
    ["{{json extra}}", ["optional-value 1:8-1:13 [extra]"]],
    ["{{extra}}", ["optional-value 1:3-1:8 [extra]"]],
    [
      "{{> p user.address}}",
      ['optional-value 1:7-1:19 [user.address] "user.address" may be missing here'],
      { partials: { p: "{{city}}" } },
    ],
    ["{{#ifEquals note tone}}{{note}}{{/ifEquals}}", ["optional-value 1:26-1:30"]],
    ["{{#unlessEquals note null}}Mind: {{note}}{{/unlessEquals}}", ["optional-value 1:36-1:40 [note]"]],
    ["{{#unlessEquals note undefined}}{{note}}{{/unlessEquals}}", ["optional-value 1:35-1:39 [note]"]],
    ["{{#ifEquals note null}}none{{else}}{{note}}{{/ifEquals}}", ["optional-value 1:38-1:42 [note]"]],
    ["{{#ifEquals null note}}none{{else}}{{note}}{{/ifEquals}}", ["optional-value 1:38-1:42 [note]"]],
    ["{{#unlessEquals user.address null}}{{user.address.city}}{{/unlessEquals}}", ["optional-value 1:43-1:50"]],
    [
      "{{#unlessEquals note null}}x{{/unlessEquals}}{{#unlessEquals note undefined}}{{note}}{{/unlessEquals}}",
      ["optional-value"],
    ],
  ])("%s", (body, expected, given) => {
    expectFindings(found(body, given), expected);
  });

  it.each<[string, Given?]>([
    ["{{#if note}}{{note}}{{/if}}"],
    ["{{#unless note}}none{{else}}{{note}}{{/unless}}"],
    ["{{#if note}}{{#if flag}}{{#each items}}{{../note}}{{@root.note}}{{/each}}{{/if}}{{/if}}"],
    ["{{#with note}}{{this}}{{/with}}"],
    ["{{#with note as |n|}}{{n}}{{@root.note}}{{/with}}"],
    ["{{#note}}{{this}}{{/note}}"],
    ["{{#if user.address.zip}}{{user.address.city}} {{user.address.zip}}{{/if}}"],
    ["{{#with user}}{{#if email}}{{email}} {{@root.user.email}}{{/if}}{{/with}}"],
    ["{{#with user.address}}{{city}} {{#if zip}}{{zip}}{{/if}}{{/with}}"],
    ["{{#user}}{{#if address}}{{address.city}}{{/if}}{{/user}}"],
    ["{{#each items}}{{#if price}}{{price}}{{/if}}{{/each}}"],
    ["{{#each items as |item|}}{{#if item.price}}{{item.price}}{{this.price}}{{/if}}{{/each}}"],
    ["{{#each hints}}{{this}}{{#if @first}} of {{../hints.length}}{{/if}}{{else}}none{{/each}}"],
    ["{{#hints}}{{this}}{{/hints}}{{^hints}}none{{/hints}}"],
    ['{{#ifEquals tone "formal"}}{{tone}}{{/ifEquals}}'],
    ['{{#unlessEquals tone "formal"}}x{{else}}{{tone}}{{/unlessEquals}}'],
    ["{{#unlessEquals note null}}{{#unlessEquals note undefined}}{{note}}{{/unlessEquals}}{{/unlessEquals}}"],
    ["{{#ifEquals user.address null}}{{else}}{{#if user.address}}{{user.address.city}}{{/if}}{{/ifEquals}}"],
    ["{{#ifEquals note name}}{{note}}{{/ifEquals}}"],
    ["{{#if (and note tone)}}{{note}} {{tone}}{{/if}}"],
    ["{{#if (lookup user.address name)}}{{user.address.city}}{{/if}}"],
    ["{{#if note}}{{> p}}{{/if}}", { partials: { p: "{{note}}" } }],
    ["{{#if note}}{{> p x=note}}{{/if}}", { partials: { p: "{{x}}" } }],
    ["{{> p x=note}}", { partials: { p: "{{#if x}}{{x}}{{/if}}" } }],
    ["{{#if user.address}}{{> p user.address}}{{/if}}", { partials: { p: "{{city}}" } }],
    ["{{> p user.address}}", { partials: { p: "{{#if city}}{{city}}{{/if}}" } }],
    ["{{#each items}}{{#if price}}{{> p n=1}}{{/if}}{{/each}}", { partials: { p: "{{price}}" } }],
    ["{{note}} {{tone}}", { rest: "  default: { note: none, tone: formal }\n" }],
    ["{{truncate note mark=true}}"],
    ["{{#if extra}}{{json extra}}{{extra.whatever}}{{/if}}"],
  ])("are none in %s", (body, given) => {
    expectFindings(found(body, given), []);
  });
});

describe("comparisons", () => {
  it.each<[string, string[], Given?]>([
    [
      '{{#ifEquals status "opne"}}x{{/ifEquals}}',
      [
        'never-equal 1:20-1:26 ["opne"] "status" is never equal to "opne": "status" is one of "open", "closed" — did you mean "open"?',
      ],
    ],
    [
      '{{#unlessEquals "opne" status}}x{{/unlessEquals}}',
      ['never-equal 1:17-1:23 ["opne"] "opne" is never equal to "status": "status" is one of'],
    ],
    [
      '{{#ifEquals tone "formal"}}x{{else}}{{#ifEquals tone "frendly"}}y{{/ifEquals}}{{/ifEquals}}',
      ['never-equal 1:54-1:63 ["frendly"]'],
    ],
    [
      '{{#ifEquals count "3"}}x{{/ifEquals}}',
      [
        'never-equal 1:19-1:22 ["3"] "count" is never equal to "3": one is a number, the other a string — write 3 without quotes',
      ],
    ],
    ['{{#ifEquals flag "true"}}x{{/ifEquals}}', ["write true without quotes"]],
    ["{{#ifEquals name null}}x{{/ifEquals}}", ["never-equal 1:13-1:17 [name]"]],
    ['{{#ifEquals "3" count}}x{{/ifEquals}}', ['never-equal 1:13-1:16 ["3"] "3" is never equal to "count"']],
    ['{{#ifEquals status "done"}}x{{/ifEquals}}', ['never-equal 1:20-1:26 ["done"]']],
    ["{{#ifEquals status tone}}x{{/ifEquals}}", ["never-equal 1:13-1:19 [status]"]],
    ["{{#ifEquals tags name}}x{{/ifEquals}}", ["never-equal 1:13-1:17 [tags]"]],
    ["{{#ifEquals stats 1}}x{{/ifEquals}}", ["undeclared-variable 1:13-1:18 [stats]"]],
    [
      '{{#ifEquals status "open"}}x{{/ifEquals}}{{#ifEquals name "x"}}x{{/ifEquals}}{{#ifEquals count 3}}x{{/ifEquals}}',
      [],
    ],
    [
      "{{#ifEquals name note}}x{{/ifEquals}}{{#ifEquals data 1}}x{{/ifEquals}}{{#ifEquals extra undefined}}x{{/ifEquals}}",
      [],
    ],
    ["{{#each tags}}{{#ifEquals @index 0}}{{this}}{{/ifEquals}}{{#ifEquals this ../name}}x{{/ifEquals}}{{/each}}", []],
  ])("%s", (body, expected, given) => {
    expectFindings(found(body, given), expected);
  });
});

describe("calls of a project's helpers", () => {
  it.each<[string, string[], Given?]>([
    ["{{upper count}}", ['wrong-argument-type 1:9-1:14 [count] "upper" takes a string for "text", not a number']],
    ["{{upper tags}}", ["wrong-argument-type"]],
    ["{{upper 3}}", ["wrong-argument-type 1:9-1:10 [3]"]],
    ["{{upper}}", ['wrong-arguments 1:3-1:8 [upper] "upper" lacks text']],
    ["{{upper name status}}", ['wrong-arguments 1:14-1:20 [status] "upper" takes 1 value']],
    ["{{truncate name}}", ['wrong-arguments 1:3-1:11 [truncate] "truncate" lacks mark=…']],
    [
      "{{truncate name mark=1}}",
      ['wrong-argument-type 1:22-1:23 [1] "truncate" takes a boolean for "mark", not a number'],
    ],
    [
      "{{truncate name mark=true sufix=name}}",
      ['unknown-argument 1:33-1:37 [name] "truncate" has no argument "sufix" — did you mean "suffix"?'],
    ],
    ["{{#if (upper note)}}x{{/if}}{{#if (and note tone)}}x{{/if}}", ["optional-value 1:14-1:18 [note]"]],
    ["{{#if (upper count)}}x{{/if}}", ["wrong-argument-type 1:14-1:19"]],
    ["{{upper (upper nme)}}", ["undeclared-variable 1:16-1:19"]],
    [
      "{{split name count}}",
      ['wrong-argument-type 1:14-1:19 [count] "split" takes a string for "texts"', "list-as-text"],
    ],
    ["{{upper x}}{{upper 3}}", ["wrong-argument-type 1:20-1:21"], { schema: "" }],
    ["{{upper name}}{{upper data}}{{upper (lookup tags 0)}}{{upper (upper name)}}", []],
    [
      "{{truncate name null mark=true}}",
      ['wrong-argument-type 1:17-1:21 [null] "truncate" takes a number for "length", not null'],
    ],
    ["{{truncate name undefined mark=true}}", []],
    [
      "{{split undefined}}",
      ['wrong-argument-type 1:9-1:18 [undefined] "split" takes a string for "texts", not nothing', "list-as-text"],
    ],
    ["{{split name note}}", ["optional-value 1:14-1:18 [note]", "list-as-text"]],
    ["{{upper null}}", ['wrong-argument-type 1:9-1:13 [null] "upper" takes a string for "text", not null']],
    [
      "{{truncate name any mark=true}}",
      [],
      {
        schema:
          " { type: object, properties: { name: { type: string }, any: { type: [number, 'null'] } }, required: [name, any] }",
      },
    ],
    ['{{truncate name 3 suffix="…" mark=flag}}{{#each (split name status)}}{{this.x}}{{/each}}{{and user tags}}', []],
  ])("%s", (body, expected, given) => {
    expectFindings(found(body, given), expected);
  });
});

describe("types of a project's helpers", () => {
  const schema = `
    order: { title: string, price?: number, maker: { tags(array): string }, more: any }
    loose: { title: string, maker: { name: string, tags(array): number }, more: any }
    short: { title?: string, maker: { tags(array): string }, more: any }
    orders(array): { title: string, price: number }
    untitled(array): { price: number }
    prices: { (*): number }
    style(enum): [short, long, wide]
    word: string
    data: any
    words(array): string
    numbers(array): number
  `;
  it.each<[string, string[]]>([
    ["{{#with (total order)}}{{title}}{{more.x}}{{#each maker.tags}}{{this}}{{/each}}{{/with}}", []],
    [
      "{{#with (total order)}}{{titel}}{{price}}{{maker.nam}}{{maker.tags}}{{/with}}",
      [
        'unknown-member 1:26-1:31 [titel] the result of "total" has no member "titel" — did you mean "title"?',
        'optional-value 1:35-1:40 [price] "price" may be missing here — test it: {{#if price}}…{{/if}}; or return a value from "total" in every case',
        "unknown-member 1:50-1:53 [nam]",
        "list-as-text 1:57-1:67 [maker.tags]",
      ],
    ],
    [
      "{{#with (total order)}}{{xyz}}{{title.x}}{{/with}}",
      [
        'unknown-member 1:26-1:29 [xyz] the result of "total" has no member "xyz" — add it to the return type of "total"',
        'no-members 1:39-1:40 [x] "title" is a string and has no member "x" — use the value itself, or return an object from "total"',
      ],
    ],
    [
      "{{#each (rows words)}}{{titel}}{{#if price}}{{price}}{{/if}}{{this}}{{/each}}",
      ['unknown-member 1:25-1:30 [titel] an item of the result of "rows" has no member', "object-as-text 1:63-1:67"],
    ],
    ["{{#each (rows words) as |row|}}{{row.titel}}{{row.title}}{{/each}}", ["unknown-member 1:38-1:43 [titel]"]],
    [
      "{{> p x=(total order)}}",
      ["optional-value 1:10-1:15 [total]", 'unknown-member p 1:3-1:10 [x.titel] the result of "total" has no member'],
    ],
    [
      "{{json (total order)}}",
      [
        'optional-value 1:9-1:14 [total] the result of "total" may be missing here — use it in {{#with (total …)}}; or return a value from "total" in every case',
      ],
    ],
    ["{{#if (total order)}}{{json (total order)}}{{json (total data)}}{{/if}}", ["optional-value 1:52-1:57 [total]"]],
    ["{{total order}}", ["object-as-text"]],
    ['{{#ifEquals (add orders) "hgh"}}x{{/ifEquals}}', ["never-equal"]],
    [
      "{{#each (rows word)}}x{{/each}}",
      ['wrong-argument-type 1:15-1:19 [word] "rows" takes a list for "lists", not a string'],
    ],
    ["{{#each (rows words)}}x{{/each}}{{#each (rows data)}}x{{/each}}", []],
    [
      "{{#each (rows words prices)}}x{{/each}}",
      ['wrong-argument-type 1:21-1:27 [prices] "rows" takes a string for "prices.*", not a number'],
    ],
    [
      "{{#with (total loose)}}{{title}}{{/with}}",
      ['wrong-argument-type 1:16-1:21 [loose] "total" takes a string for "order.maker.tags[]", not a number'],
    ],
    [
      "{{#with (total short)}}{{title}}{{/with}}",
      ['optional-value 1:16-1:21 [short] "short.title" may be missing here — test it: {{#if short.title}}'],
    ],
    ["{{#if short.title}}{{#with (total short)}}{{title}}{{/with}}{{/if}}", []],
    [
      "{{add orders}}{{add data}}{{add (rows words)}}{{#with (total data)}}{{#with (total this)}}x{{/with}}{{/with}}",
      [],
    ],
    [
      "{{add untitled}}",
      ['wrong-argument-type 1:7-1:15 [untitled] "add" takes a string for "items[].title", not nothing'],
    ],
    [
      '{{#with (total order style="shrt")}}x{{/with}}',
      [
        'wrong-argument-type 1:28-1:34 ["shrt"] "total" takes "short" or "long" for "style", not "shrt" — did you mean "short"?',
      ],
    ],
    ["{{#with (total order style=style)}}x{{/with}}", ['takes "short" or "long" for "style", not "wide"']],
    ['{{#with (total order style="long")}}x{{/with}}{{#with (total order style=word)}}x{{/with}}', []],
    ["{{#with (total order style=(add orders))}}x{{/with}}", ['takes "short" or "long" for "style", not "low"']],
    ["{{#each (rows words level=3)}}x{{/each}}", ['"rows" takes 1 or 2 for "level", not 3']],
    ['{{#each (rows words level=1)}}x{{/each}}{{#each (rows words level="high")}}x{{/each}}', []],
  ])("%s", (body, expected) => {
    const actual = found(body, { schema, partials: { p: "{{x.titel}}" } });
    expect(actual).toEqual(expected.map((part) => expect.stringContaining(part)));
  });
});

describe("schemas", () => {
  const TREE =
    '{ type: object, properties: { root: { $ref: "#/$defs/node" } }, required: [root], $defs: { node: { type: object, properties: { name: { type: string }, children: { type: array, items: { $ref: "#/$defs/node" } }, next: { $ref: "#/$defs/node" } }, required: [name, children] } } }';
  const json = (properties: string, rest = "") =>
    ` { type: object, properties: { ${properties} }, required: [a]${rest} }`;
  it.each<[string, string, string[], Given?]>([
    [` ${TREE}`, "{{root.name}}{{root.nam}}", ["unknown-member 1:21-1:24"]],
    [
      ` ${TREE}`,
      "{{#each root.children}}{{#each children}}{{nam}}{{/each}}{{/each}}",
      ['unknown-member 1:44-1:47 [nam] an item of "children"'],
    ],
    [
      ` ${TREE}`,
      "{{> tree root}}",
      ["unknown-member tree 1:11-1:15 [nmae]"],
      { partials: { tree: "{{name}}{{nmae}}{{#each children}}{{> tree}}{{/each}}" } },
    ],
    [
      ` ${TREE}`,
      "{{> tree root}}",
      [],
      { partials: { tree: "{{name}}{{#each children}}{{> tree}}{{/each}}{{#if next}}{{> tree next}}{{/if}}" } },
    ],
    [
      ` ${TREE}`,
      "{{> tree root}}",
      ["optional-value tree 1:3-1:7 [next]"],
      { partials: { tree: "{{next.name}}{{#each children}}{{> tree}}{{/each}}" } },
    ],
    [
      json("a: { anyOf: [{ type: string }, { type: array, items: { type: string } }] }"),
      "{{a}}{{#each a}}{{this}}{{/each}}{{a.length}}",
      [],
    ],
    [
      json("a: { anyOf: [{ type: string }, { type: number }] }"),
      "{{#each a}}x{{/each}}{{a.x}}",
      ['not-a-list 1:9-1:10 [a] "a" is a string or a number', "no-members 1:26-1:27 [x]"],
    ],
    [json("a: { type: [string, 'null'] }"), "{{a}}", ["optional-value"]],
    [json("a: { type: [string, 'null'] }"), "{{#unlessEquals a null}}{{a}}{{/unlessEquals}}", []],
    [
      json("a: { type: [string, 'null'] }"),
      "{{#unlessEquals a undefined}}{{a}}{{/unlessEquals}}",
      ["never-equal", "optional-value"],
    ],
    [json("a: {}, b: { type: string }"), "{{#unlessEquals b undefined}}{{b}}{{/unlessEquals}}", []],
    [
      json("a: {}, b: { type: [object, 'null'], properties: { c: { type: string } } }"),
      "{{#unlessEquals b.c undefined}}{{b.c}}{{/unlessEquals}}",
      ["optional-value 1:34-1:35 [b]"],
    ],
    [
      json(
        "a: { oneOf: [{ type: object, properties: { x: { type: string } }, required: [x] }, { type: object, properties: { y: { type: string } }, required: [y] }] }",
      ),
      "{{a.x}}{{a.y}}{{a.z}}",
      ["unknown-member 1:19-1:20 [z]"],
    ],
    [
      json(
        "a: { allOf: [{ type: object, properties: { x: { type: string } } }, { properties: { y: { type: number } } }, { required: [x] }] }",
      ),
      "{{a.x}}{{#if a.y}}{{a.y}}{{/if}}{{a.z}}",
      ["unknown-member 1:37-1:38 [z]"],
    ],
    [
      json(
        "a: { allOf: [{ properties: { x: { type: string } }, required: [x] }, { type: object, additionalProperties: true }] }",
      ),
      "{{a.x}}{{a.z}}",
      [],
    ],
    [json("a: { type: object }"), "{{a.x}}{{#each a}}{{this}}{{y}}{{/each}}", []],
    [
      json("a: { type: object, additionalProperties: { type: object, properties: { x: {} } } }"),
      "{{#each a}}{{@key}}{{#if x}}{{json x}}{{/if}}{{y}}{{/each}}{{a.whatever.z}}",
      ["unknown-member 1:48-1:49 [y]", "unknown-member 1:73-1:74 [z]"],
    ],
    [json("a: { type: object, properties: { x: { type: string } }, patternProperties: { '^y': {} } }"), "{{a.y1}}", []],
    [
      json(
        "a: { type: array, prefixItems: [{ type: string }, { type: object, properties: { x: { type: number } }, required: [x] }], items: false }",
      ),
      "{{a.[0]}}{{a.[1].x}}{{a.[1]}}",
      ["object-as-text 1:23-1:28 [a.[1]]"],
    ],
    [json("a: { type: array }"), "{{#each a}}{{this}}{{x.y}}{{/each}}", []],
    [
      json("a: { const: 3 }, b: { enum: [1, 2] }"),
      "{{a}}{{#ifEquals b 3}}x{{/ifEquals}}",
      ["never-equal 1:20-1:21 [3]"],
    ],
    [json("a: true, b: {}"), "{{a}}{{a.x}}{{#each a}}{{x}}{{/each}}{{#if b}}{{b.c}}{{/if}}", []],
    [json("a: { type: string }", ", additionalProperties: true"), "{{a}}{{anything.at.all}}", []],
    [
      ' { allOf: [{ $ref: "#/$defs/base" }], type: object, $defs: { base: { type: object, properties: { a: { type: string } }, required: [a] } } }',
      "{{a}}{{b}}",
      ["undeclared-variable 1:8-1:9 [b]"],
    ],
    [
      json(
        'a: { $ref: "#/$defs/n", required: [x] }',
        ", $defs: { n: { type: object, properties: { x: { type: string }, y: { type: string } } } }",
      ),
      "{{a.x}}{{a.y}}{{a.z}}",
      ["optional-value 1:10-1:13 [a.y]", "unknown-member 1:19-1:20 [z]"],
    ],
    [
      json(
        'a: { $ref: "#/$defs/n", prefixItems: [{ type: string }] }',
        ', $defs: { n: { type: array, items: { type: [string, "null"] } } }',
      ),
      "{{a.[0]}}{{a.[1]}}",
      ["optional-value 1:12-1:17 [a.[1]]"],
    ],
    [" { a: string, b: string }", "{{#each (lookup this a)}}{{x}}{{/each}}", ["not-a-list 1:10-1:16 [lookup]"]],
  ])("%s: %s", (schema, body, expected, given) => {
    expectFindings(found(body, { schema, ...given }), expected);
  });
});

describe("unused variables", () => {
  const unused = (body: string, partials = {}) =>
    compileText(`---\ninput: { schema: { a: string, b?: string } }\n---\n${body}`, partials)
      .diagnostics.filter(({ code }) => code === "template/unused-variable")
      .map(({ message }) => /"(\w)"/.exec(message)?.[1]);

  it.each<[string, string[]]>([
    ["x", ["a", "b"]],
    ["{{a}}", ["b"]],
    ["{{a}}{{#if b}}x{{/if}}", []],
    ["{{json this}}", []],
    ["{{json @root}}", []],
    ["{{#each this}}{{this}}{{/each}}", []],
    ["{{lookup this a}}", []],
    ['{{lookup this "a"}}', ["b"]],
    ["{{> p}}", ["b"]],
    ["{{> p x=b}}", []],
    ["{{#with this}}{{a}}{{/with}}", ["b"]],
    ["{{#@flag}}{{a}}{{/@flag}}", ["b"]],
    ["{{a}}{{log b}}", ["b"]],
  ])("of %s", (body, names) => {
    expect(unused(body, { p: "{{a}}{{x}}" })).toEqual(names);
  });
});
