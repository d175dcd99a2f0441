// Ed25519 signatures of documents, by WebCrypto, which Node, Deno, Bun, edge run times and browsers have.

import { FollowError } from "./follow-error.js";
import { type CryptoKeyLike, host } from "./host.js";

/** A public key: 32 bytes. */
type PublicKey = Uint8Array;

const PEM = /-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END [A-Z0-9 ]+-----/g;

/** What precedes the key in its DER form (RFC 8410). */
const HEAD = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
const KEY_LENGTH = 32;
const SIGNATURE_LENGTH = 64;

const HOW = "pass the output of `openssl pkey -in private.pem -pubout`";

/**
 * Reads the option `publicKey`.
 *
 * @param value PEM with one key or several, or a list of these.
 * @throws FollowError if it is anything but Ed25519 public keys.
 */
export function readPublicKeys(value: unknown): readonly PublicKey[] {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (texts.length === 0) throw wrongKey("is an empty list, which no document could satisfy");
  return texts.flatMap((text) => {
    if (typeof text !== "string") throw wrongKey(`is ${text === undefined ? "undefined" : `a ${typeof text}`}`);
    const blocks = [...text.matchAll(PEM)];
    if (blocks.length === 0) throw wrongKey("is not PEM");
    return blocks.map(([, label = "", body = ""]) => readKey(label, body));
  });
}

function readKey(label: string, body: string): PublicKey {
  if (label.includes("PRIVATE")) throw wrongKey("is a private key, which services must not have");
  if (label !== "PUBLIC KEY") throw wrongKey(`is PEM of the kind ${label}`);
  const bytes = fromBase64(body);
  if (bytes?.length !== HEAD.length + KEY_LENGTH || !HEAD.every((byte, at) => bytes[at] === byte))
    throw wrongKey("is a public key of another algorithm, and not Ed25519");
  return bytes.slice(HEAD.length);
}

function wrongKey(problem: string): FollowError {
  return new FollowError("option", `publicKey ${problem}: ${HOW}`);
}

/** Checks signatures by one of several keys. */
export class Verifier {
  readonly #keys: readonly PublicKey[];
  #imported: Promise<readonly CryptoKeyLike[]> | undefined;

  constructor(keys: readonly PublicKey[]) {
    this.#keys = keys;
  }

  /**
   * @param signature Base64.
   * @throws FollowError if the text was not signed with one of the keys.
   */
  async verify(text: string, signature: string): Promise<void> {
    const bytes = fromBase64(signature);
    if (bytes?.length !== SIGNATURE_LENGTH)
      throw new FollowError("signature", "the signature of the document is not 64 bytes of base64");
    const data = new host.TextEncoder().encode(text);
    for (const key of await this.#import())
      if (await host.crypto?.subtle?.verify({ name: "Ed25519" }, key, bytes, data)) return;
    throw new FollowError(
      "signature",
      "the document was not signed with a key of publicKey, or was changed afterwards",
    );
  }

  #import(): Promise<readonly CryptoKeyLike[]> {
    this.#imported ??= this.#importAll();
    return this.#imported;
  }

  async #importAll(): Promise<readonly CryptoKeyLike[]> {
    const subtle = host.crypto?.subtle;
    if (subtle === undefined) throw unable(undefined);
    try {
      return await Promise.all(
        this.#keys.map((key) => subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"])),
      );
    } catch (error) {
      throw unable(error);
    }
  }
}

function unable(cause: unknown): FollowError {
  return new FollowError("signature", "this run time has no Ed25519 in crypto.subtle, so no signature can be checked", {
    cause,
  });
}

function fromBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(host.atob(text.replace(/\s/g, "")), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
