import { describe, expect, it } from "vitest";
import { findPullRequestLink } from "./pull-request-link.js";

const pull = { branch: "cuecard/greet", message: "Be kind & formal\n\nBecause." };

function link(url: string, { base = "main", upstream = "", said = "" } = {}): string | undefined {
  const target = { remote: "origin", url, upstream: upstream || undefined, base: base || undefined, unpushed: 0 };
  return findPullRequestLink(target, pull, said);
}

describe("findPullRequestLink", () => {
  it.each([
    [
      "https://github.com/acme/bot.git",
      "https://github.com/acme/bot/compare/main...cuecard/greet?quick_pull=1&title=Be%20kind%20%26%20formal",
    ],
    [
      "https://github.com/acme/bot",
      "https://github.com/acme/bot/compare/main...cuecard/greet?quick_pull=1&title=Be%20kind%20%26%20formal",
    ],
    [
      "git@github.com:acme/bot.git",
      "https://github.com/acme/bot/compare/main...cuecard/greet?quick_pull=1&title=Be%20kind%20%26%20formal",
    ],
    [
      "github.com:acme/bot.git",
      "https://github.com/acme/bot/compare/main...cuecard/greet?quick_pull=1&title=Be%20kind%20%26%20formal",
    ],
    [
      "ssh://git@github.com/acme/bot.git",
      "https://github.com/acme/bot/compare/main...cuecard/greet?quick_pull=1&title=Be%20kind%20%26%20formal",
    ],
    [
      "ssh://git@ssh.github.com:443/acme/bot.git",
      "https://github.com/acme/bot/compare/main...cuecard/greet?quick_pull=1&title=Be%20kind%20%26%20formal",
    ],
    [
      "https://acme.ghe.com/team/bot.git",
      "https://acme.ghe.com/team/bot/compare/main...cuecard/greet?quick_pull=1&title=Be%20kind%20%26%20formal",
    ],
    [
      "git@github.acme.com:team/bot.git",
      "https://github.acme.com/team/bot/compare/main...cuecard/greet?quick_pull=1&title=Be%20kind%20%26%20formal",
    ],
    [
      "https://gitlab.com/acme/sub/bot.git",
      "https://gitlab.com/acme/sub/bot/-/merge_requests/new?merge_request%5Bsource_branch%5D=cuecard%2Fgreet&merge_request%5Btarget_branch%5D=main&merge_request%5Btitle%5D=Be%20kind%20%26%20formal",
    ],
    [
      "http://gitlab.acme.io:8080/acme/bot.git",
      "http://gitlab.acme.io:8080/acme/bot/-/merge_requests/new?merge_request%5Bsource_branch%5D=cuecard%2Fgreet&merge_request%5Btarget_branch%5D=main&merge_request%5Btitle%5D=Be%20kind%20%26%20formal",
    ],
    [
      "git@bitbucket.org:acme/bot.git",
      "https://bitbucket.org/acme/bot/pull-requests/new?source=cuecard%2Fgreet&dest=main",
    ],
    [
      "https://git.acme.com/scm/bot/prompts.git",
      "https://git.acme.com/projects/bot/repos/prompts/pull-requests?create&sourceBranch=refs%2Fheads%2Fcuecard%2Fgreet&targetBranch=refs%2Fheads%2Fmain",
    ],
    [
      "https://acme.com/bitbucket/scm/~ada/prompts.git",
      "https://acme.com/bitbucket/users/ada/repos/prompts/pull-requests?create&sourceBranch=refs%2Fheads%2Fcuecard%2Fgreet&targetBranch=refs%2Fheads%2Fmain",
    ],
    [
      "ssh://git@bitbucket.acme.com:7999/bot/prompts.git",
      "https://bitbucket.acme.com/projects/bot/repos/prompts/pull-requests?create&sourceBranch=refs%2Fheads%2Fcuecard%2Fgreet&targetBranch=refs%2Fheads%2Fmain",
    ],
    [
      "https://dev.azure.com/acme/My%20Project/_git/bot",
      "https://dev.azure.com/acme/My%20Project/_git/bot/pullrequestcreate?sourceRef=cuecard%2Fgreet&targetRef=main",
    ],
    [
      "git@ssh.dev.azure.com:v3/acme/My%20Project/bot",
      "https://dev.azure.com/acme/My%20Project/_git/bot/pullrequestcreate?sourceRef=cuecard%2Fgreet&targetRef=main",
    ],
    [
      "https://acme.visualstudio.com/DefaultCollection/project/_git/bot",
      "https://acme.visualstudio.com/DefaultCollection/project/_git/bot/pullrequestcreate?sourceRef=cuecard%2Fgreet&targetRef=main",
    ],
    [
      "acme@vs-ssh.visualstudio.com:v3/acme/project/bot",
      "https://acme.visualstudio.com/project/_git/bot/pullrequestcreate?sourceRef=cuecard%2Fgreet&targetRef=main",
    ],
    [
      "https://tfs.acme.com/tfs/Default/project/_git/bot",
      "https://tfs.acme.com/tfs/Default/project/_git/bot/pullrequestcreate?sourceRef=cuecard%2Fgreet&targetRef=main",
    ],
    ["https://codeberg.org/acme/bot.git", "https://codeberg.org/acme/bot/compare/main...cuecard/greet"],
    ["git@gitea.acme.com:acme/bot.git", "https://gitea.acme.com/acme/bot/compare/main...cuecard/greet"],
    ["ssh://git@forgejo.acme.com:2222/acme/bot.git", "https://forgejo.acme.com/acme/bot/compare/main...cuecard/greet"],
  ])("knows the page for %s", (url, expected) => {
    expect(link(url)).toBe(expected);
  });

  it.each([
    "https://git.example.com/acme/bot.git",
    "git@example.com:bot.git",
    "/srv/git/bot.git",
    "../bot.git",
    "file:///srv/git/github.com/bot.git",
    "C:/git/github.com/bot.git",
    "https://notgithub.com/acme/bot.git",
    "https://github.com/",
    "https://github.com/%ff/bot.git",
    "ext::sh -c evil",
    "",
  ])("knows none for %s", (url) => {
    expect(link(url)).toBeUndefined();
  });

  it("leads to the repository that a fork came from", () => {
    expect(link("git@github.com:ada/bot.git", { upstream: "https://github.com/acme/bot.git" })).toMatch(
      /^https:\/\/github\.com\/acme\/bot\/compare\/main\.\.\.ada:cuecard\/greet\?/,
    );
  });

  it("does without the branch that the change goes into", () => {
    expect(link("git@github.com:acme/bot.git", { base: "" })).toContain("/compare/cuecard/greet?");
    expect(link("https://codeberg.org/acme/bot.git", { base: "" })).toBeUndefined();
  });

  const SAID = [
    "remote: ",
    "remote: To create a merge request for cuecard/greet, visit:        ",
    "remote:   https://git.example.com/acme/bot/-/merge_requests/new?merge_request%5Bsource_branch%5D=cuecard%2Fgreet        ",
    "remote: ",
  ].join("\n");

  it.each<[url: string, said: string, expected: string | undefined]>([
    [
      "https://git.example.com/acme/bot.git",
      SAID,
      "https://git.example.com/acme/bot/-/merge_requests/new?merge_request%5Bsource_branch%5D=cuecard%2Fgreet",
    ],
    [
      "https://gitlab.example.com/acme/bot.git",
      SAID,
      "https://git.example.com/acme/bot/-/merge_requests/new?merge_request%5Bsource_branch%5D=cuecard%2Fgreet",
    ],
    [
      "https://git.example.com/a/b.git",
      "remote: Create a new pull request for 'x':\nremote:   https://git.example.com/a/b/compare/main...x",
      "https://git.example.com/a/b/compare/main...x",
    ],
    ["https://git.example.com/a/b.git", "remote: Our rules: https://git.example.com/rules", undefined],
    ["https://git.example.com/a/b.git", "remote: Create a pull request:\nremote: javascript:alert(1)", undefined],
    [
      "https://git.example.com/a/b.git",
      "Create a pull request: https://git.example.com/not-from-the-remote",
      undefined,
    ],
  ])("takes what %s printed", (url, said, expected) => {
    expect(link(url, { said })).toBe(expected);
  });
});
