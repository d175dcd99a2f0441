// Findings about templates that compile, but probably do not do what their author wants.

import type { Finding } from "./finding.js";

export const templateWarnings = {
  "template/outside-loop": {
    severity: "warning",
    stage: "compile",
    about:
      "The template uses `@index`, `@key`, `@first` or `@last` outside a loop, where these names are read from `context` like any other `@name`.",
    message: ({ variable, partial }) =>
      `${variable} is used outside a loop${partial ? " (this partial is included outside {{#each}})" : ""}`,
    hint: ({ partial }) =>
      partial
        ? "include the partial in {{#each}}, or pass the value to it"
        : "move it into {{#each}}; if you mean a `context` value, choose another name for it",
  } as Finding<{ variable: string; partial: boolean }>,
  "template/misspelt-loop-variable": {
    severity: "warning",
    stage: "compile",
    about:
      "A loop uses an `@` variable whose name is very similar to a loop variable and occurs nowhere else. It is read from `context`.",
    message: ({ variable, nearest }) => `${variable} is not a loop variable: did you mean ${nearest}?`,
    hint: ({ nearest }) => `if you mean a \`context\` value, give it a name that does not look like ${nearest}`,
  } as Finding<{ variable: string; nearest: string }>,
  "template/untrusted-undelimited": {
    severity: "warning",
    stage: "compile",
    about:
      "The template inserts a value that the schema marks as `untrusted` without delimiters, or text that a helper made of it. The value can contain text that reads like the prompt's own. A value is also delimited if it is the only content of a user's or a tool's message.",
    message: ({ written, variable }) => `${written} inserts the untrusted value "${variable}" without delimiters`,
    hint: ({ instead }) => instead,
  } as Finding<{ written: string; variable: string; instead: string }>,
  "template/untrusted-in-system": {
    severity: "warning",
    stage: "compile",
    about:
      "The template inserts a value that the schema marks as `untrusted` where it may be in a system message. Models follow instructions there more than elsewhere. Delimiters do not change that.",
    message: ({ written, variable }) => `${written} inserts the untrusted value "${variable}" into a system message`,
    hint: 'move it after {{role "user"}}',
  } as Finding<{ written: string; variable: string }>,
  "template/repeated-history": {
    severity: "warning",
    stage: "compile",
    about:
      "The template inserts the history more than once, with a second `{{history}}` or with one inside `{{#each}}`. The model would read the same messages again.",
    message: ({ inLoop }) =>
      inLoop
        ? "{{history}} is in a loop, so the same messages are inserted for each item"
        : "this is the second {{history}}, so the same messages are inserted again",
    hint: ({ inLoop }) =>
      inLoop
        ? "move it out of the loop; to insert the item's own member, write {{this.history}}"
        : "remove one of them; to insert a variable of that name, write {{this.history}}",
  } as Finding<{ inLoop: boolean }>,
  "template/misread-history": {
    severity: "warning",
    stage: "compile",
    about:
      "`{{history}}` is the conversation so far, even if the prompt has a variable called `history`. Here it seems to mean that variable: the prompt declares or uses such a variable, text follows without a `{{role}}`, or the template has no `{{role}}` at all.",
    message: ({ sign }) =>
      ({
        variable: '{{history}} inserts the conversation, not the variable "history"',
        "text-after": "{{history}} inserts the conversation, and the text after it becomes an assistant message",
        "no-role": "{{history}} inserts the conversation as messages of its own, not as a part of this text",
      })[sign],
    hint: ({ sign }) =>
      ({
        variable: "to insert the variable, write {{this.history}}",
        "text-after":
          'to insert a variable of that name, write {{this.history}}; if you mean the conversation, write {{role "user"}} or {{role "assistant"}} after it',
        "no-role":
          'to insert a variable of that name, write {{this.history}}; if you mean the conversation, begin the text before it with {{role "system"}} or {{role "user"}}',
      })[sign],
  } as Finding<{ sign: "variable" | "text-after" | "no-role" }>,
  "template/single-braces": {
    severity: "warning",
    stage: "compile",
    about:
      "The text has a variable's name in single braces, as in Python's format strings. It is plain text in Handlebars. In a prompt without any variable, every name in single braces is reported, because the prompt may come from a tool that writes variables this way.",
    message: ({ variable }) => `{${variable}} is plain text: variables need double braces`,
    hint: ({ variable }) => `write {{${variable}}}`,
  } as Finding<{ variable: string }>,
  "template/escaped-tag": {
    severity: "warning",
    stage: "compile",
    about:
      "A path ends with a backslash, and a tag follows: `C:\\{{path}}`. The backslash escapes the tag, so the tag is text, and the backslash is not.",
    message: ({ tag, name }) => `${tag} is plain text without its backslash: it does not insert "${name}"`,
    hint: ({ tag }) => `to insert the value behind a backslash, write \\${tag}`,
  } as Finding<{ tag: string; name: string }>,
  "template/triple-braces": {
    severity: "info",
    stage: "compile",
    about:
      "The template has a tag with three braces. In Handlebars, it inserts a value without escaping it for HTML. Prompts are not escaped, so it is the same as two braces, and none of the braces is text. Reported once a file.",
    message: ({ name }) => `{{{${name}}}} is the same as {{${name}}}: all of its braces belong to the tag`,
    hint: ({ name }) => `write {{${name}}}; or, to put the value in braces, { {{~${name}~}} }`,
  } as Finding<{ name: string }>,
  "template/section-name": {
    severity: "warning",
    stage: "compile",
    about:
      "A tag in a section has the section's own name, as in Mustache: `{{#firm}}Firm: {{firm}}{{/firm}}`. Mustache finds the outer `firm`. In Handlebars, a section of a text or an object makes this value the context, so `{{firm}}` is a member of it and prints nothing.",
    message: ({ written, section }) => `{{${written}}} is looked up in the value of "${section}" here`,
    hint: ({ section }) => `to test the value and keep the names outside of it, write {{#if ${section}}}…{{/if}}`,
  } as Finding<{ written: string; section: string }>,
  "template/conflict-markers": {
    severity: "warning",
    stage: "compile",
    about: "The text contains both sides of a merge conflict, with git's markers. The model would get all of it.",
    message: "the text contains both sides of a merge conflict",
    hint: "choose one side, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
  } as Finding,
  "template/role-line": {
    severity: "warning",
    stage: "compile",
    about:
      "The text begins with a line such as `system:`, as other tools mark the messages of a chat. In Cuecard it is plain text, and the prompt is one message.",
    message: ({ written }) => `"${written}" is plain text and begins no message`,
    hint: ({ role }) => `write {{role "${role}"}}`,
  } as Finding<{ written: string; role: string }>,
  "template/other-language": {
    severity: "warning",
    stage: "compile",
    about:
      "The text contains a tag of another template language (Jinja, Svelte, EJS, JavaScript). It is plain text in Handlebars.",
    message: ({ written }) => `${written} is plain text: it is not a Handlebars tag`,
    hint: ({ instead }) => instead,
  } as Finding<{ written: string; instead: string | undefined }>,
  "template/stray-character": {
    severity: "warning",
    stage: "compile",
    about:
      "A tag contains a typographic quote or a space that is not a plain one, such as a no-break space. Typographic quotes become part of a name, so the tag inserts a different variable than it appears to. These characters are allowed in text outside tags, in strings and in comments.",
    message: ({ character, name }) => `this tag contains the character ${character} (${name})`,
    hint: ({ instead }) => instead,
  } as Finding<{ character: string; name: string; instead: string }>,
  "template/foreign-name": {
    severity: "warning",
    stage: "compile",
    about:
      "The template uses a variable whose name has a meaning in another template language: `endif`, `loop.index`, `user?.name`. The prompt has no schema, so the name is treated as a variable.",
    message: ({ name }) => `"${name}" is treated as a variable here`,
    hint: ({ instead }) => instead,
  } as Finding<{ name: string; instead: string }>,
};
