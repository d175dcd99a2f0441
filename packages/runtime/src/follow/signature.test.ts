// Documents with signatures.

import { generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, it } from "vitest";
import { after, follow, pointers } from "../../test/live-prompts.js";
import type { FollowOptions } from "./index.js";

describe("a signature", () => {
  const [own, other] = [generateKeyPairSync("ed25519"), generateKeyPairSync("ed25519")];
  const publicKey = own.publicKey.export({ type: "spki", format: "pem" }).toString();
  const otherKey = other.publicKey.export({ type: "spki", format: "pem" }).toString();
  const signed = (value: unknown, key = own.privateKey) => {
    const payload = JSON.stringify(value);
    return { payload, signature: sign(null, Buffer.from(payload), key).toString("base64") };
  };

  it.each<[what: string, document: unknown, options: Partial<FollowOptions>, version: number, code?: string]>([
    ["by the key is accepted", signed(pointers("v3")), { publicKey }, 3],
    ["by one of several keys is accepted", signed(pointers("v3")), { publicKey: [otherKey, publicKey] }, 3],
    ["by one of several keys in one text is accepted", signed(pointers("v3")), { publicKey: otherKey + publicKey }, 3],
    ["is not looked at without a key", signed(pointers("v3"), other.privateKey), {}, 3],
    ["by another key is not valid", signed(pointers("v3"), other.privateKey), { publicKey }, 2, "signature"],
    [
      "of another text is not valid",
      { ...signed(pointers("v1")), payload: JSON.stringify(pointers("v3")) },
      { publicKey },
      2,
      "signature",
    ],
    ["that is not base64 is not valid", { ...signed(pointers("v3")), signature: "?" }, { publicKey }, 2, "signature"],
    ["that is empty is not valid", { ...signed(pointers("v3")), signature: "" }, { publicKey }, 2, "signature"],
    ["that is missing is not valid", pointers("v3"), { publicKey }, 2, "unsigned"],
    [
      "beside other pointers covers the payload only",
      { ...signed(pointers("v3")), greet: { staging: "v1" } },
      { publicKey },
      3,
    ],
    ["does not make a wrong document right", signed({ greet: 3 }), { publicKey }, 2, "malformed"],
  ])("%s", async (_, document, options, version, code) => {
    const live = await after([document], options);
    expect([live.load("greet", "production").version, live.state.lastError?.code]).toEqual([version, code]);
    expect(live.load("greet", "staging").version).toBe(2);
  });

  it("protects the sequence", async () => {
    const live = await after([signed(pointers("v3", 7)), signed(pointers("v1", 6))], { publicKey });
    expect([live.load("greet", "production").version, live.state.lastError?.code]).toEqual([3, "older"]);
  });

  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
  it.each<[unknown, string]>([
    [undefined, "publicKey is undefined: pass the output of"],
    [[], "publicKey is an empty list, which no document could satisfy"],
    ["", "publicKey is not PEM"],
    [
      own.privateKey.export({ type: "pkcs8", format: "pem" }),
      "publicKey is a private key, which services must not have",
    ],
    [
      ec.publicKey.export({ type: "spki", format: "pem" }),
      "publicKey is a public key of another algorithm, and not Ed25519",
    ],
    [publicKey.replaceAll("PUBLIC KEY", "CERTIFICATE"), "publicKey is PEM of the kind CERTIFICATE"],
    [[publicKey, 3], "publicKey is a number"],
  ])("needs Ed25519 keys: %#", (key, message) => {
    const options = { source: () => "{}", publicKey: key } as FollowOptions;
    expect(() => follow(options)).toThrow(message);
  });
});
