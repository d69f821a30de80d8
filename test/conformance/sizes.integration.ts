import { randomBytes } from "node:crypto";
import { describeEcho } from "../support/describe-echo.ts";
import { binary, type EchoPeer, type Reply, text } from "../support/echo-peer.ts";
import { BINARY, fragments, frame, TEXT } from "../support/raw-frames.ts";

const KIB = 1024;
const MIB = 1024 * KIB;

const SIZES = [64 * KIB, 256 * KIB, MIB, 4 * MIB, 8 * MIB, 16 * MIB];
const FRAGMENTS = [64, 256, KIB, 4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, MIB, 4 * MIB];
const CHOPS = [64, 128, 256, 512, KIB, 2 * KIB];
const ROUND_TRIPS = 1000;

const KINDS = [
  { kind: "text", opcode: TEXT, bytes: Buffer.from("0123456789abcdef".repeat(MIB)), reply: text },
  { kind: "binary", opcode: BINARY, bytes: randomBytes(16 * MIB), reply: binary },
];

describeEcho("sizes (RFC 6455 §5.2 and §5.4)", (open) => {
  const large = (): Promise<EchoPeer> => open({ maxPayload: 16 * MIB });

  for (const { kind, opcode, bytes, reply } of KINDS) {
    for (const size of SIZES) {
      it(`sends back a ${kind} message of ${named(size)} in one frame`, async () => {
        const peer = await large();
        const payload = bytes.subarray(0, size);
        peer.send(frame(opcode, payload));
        await peer.expect(reply(payload));
      });
    }

    for (const size of FRAGMENTS) {
      it(`sends back a ${kind} message of 4 MiB in fragments of ${named(size)}`, async () => {
        const peer = await large();
        const payload = bytes.subarray(0, 4 * MIB);
        peer.send(Buffer.concat(fragments(opcode, payload, size)));
        await peer.expect(reply(payload));
      });
    }

    for (const size of CHOPS) {
      it(`sends back a ${kind} message of 1 MiB that comes in chops of ${named(size)}`, async () => {
        const peer = await open();
        const payload = bytes.subarray(0, MIB);
        await Promise.all([peer.sendChopped(size, frame(opcode, payload)), peer.expect(reply(payload))]);
      });
    }

    for (const size of [0, 16, 64, 256, KIB, 4 * KIB, 16 * KIB]) {
      it(`sends back each of 1,000 ${kind} messages of ${named(size)}`, async () => {
        const peer = await open();
        const payload = bytes.subarray(0, size);
        await roundTrips(peer, frame(opcode, payload), reply(payload));
      });
    }
  }

  it("sends back a message of 16 MiB in fragments of 64 bytes", async () => {
    const peer = await large();
    const payload = Buffer.alloc(16 * MIB, "x");
    peer.send(Buffer.concat(fragments(BINARY, payload, 64)));
    await peer.expect(binary(payload));
  });
});

async function roundTrips(peer: EchoPeer, bytes: Buffer, reply: Reply): Promise<void> {
  for (let n = 0; n < ROUND_TRIPS; n++) {
    peer.send(bytes);
    await peer.expect(reply);
  }
}

function named(size: number): string {
  if (size >= MIB) return `${size / MIB} MiB`;
  return size >= KIB ? `${size / KIB} KiB` : `${size} bytes`;
}
