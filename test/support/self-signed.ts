import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** A certificate for `localhost` that is its own issuer (RFC 5280 §4.1), made on the spot: no file that runs out. */
export function selfSigned(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const body = toBeSigned(publicKey);
  const signature = sign("sha256", body, privateKey);
  const certificate = sequence(body, ALGORITHM, tagged(0x03, Buffer.from([0]), signature));
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n"),
  };
}

/** One value in DER: tag, length, content. */
function tagged(tag: number, ...content: Buffer[]): Buffer {
  const bytes = Buffer.concat(content);
  if (bytes.length < 128) return Buffer.concat([Buffer.from([tag, bytes.length]), bytes]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([Buffer.from([tag, 0x82]), length, bytes]);
}

function sequence(...content: Buffer[]): Buffer {
  return tagged(0x30, ...content);
}

/** ecdsa-with-SHA256: 1.2.840.10045.4.3.2 */
const ALGORITHM = sequence(tagged(0x06, Buffer.from("2a8648ce3d040302", "hex")));

/** commonName: 2.5.4.3 */
const NAME = sequence(
  tagged(0x31, sequence(tagged(0x06, Buffer.from("550403", "hex")), tagged(0x0c, Buffer.from("localhost")))),
);

function toBeSigned(publicKey: KeyObject): Buffer {
  const serial = tagged(0x02, Buffer.from([1]));
  const validity = sequence(utcTime(-1), utcTime(1));
  const key = publicKey.export({ type: "spki", format: "der" });
  return sequence(serial, ALGORITHM, NAME, validity, NAME, key);
}

/** So many days from now, as `YYMMDDHHMMSSZ`. */
function utcTime(days: number): Buffer {
  const time = new Date(Date.now() + days * 24 * 60 * 60 * 1000);
  const digits = time.toISOString().replaceAll(/\D/g, "").slice(2, 14);
  return tagged(0x17, Buffer.from(`${digits}Z`));
}
