import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import { Keepalive, type Pinged } from "../../middleware/keepalive.ts";
import { frame, PING, PONG, readFrame, readText } from "../support/raw-frames.ts";
import { LONG, SHORT } from "../support/timeouts.ts";
import { TimerWatch } from "../support/timer-watch.ts";
import { untilTrue } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

describe("keepalive", () => {
  const network = useNetwork();

  it("pings at the interval, again and again, a peer that answers", async () => {
    const { peer, ws } = await network.rawPair({ pingInterval: SHORT, pingTimeout: LONG });
    for (let n = 0; n < 3; n++) {
      expect(await readFrame(peer)).to.deep.equal({ fin: true, opcode: PING, payload: Buffer.alloc(0) });
      peer.write(frame(PONG));
    }
    expect(ws.signal.aborted).to.equal(false);
  });

  it("is answered by a client of ws by itself", async () => {
    const { ws, peer } = await network.pair({ pingInterval: SHORT, pingTimeout: SHORT });
    let pings = 0;
    peer.ws.on("ping", () => {
      pings += 1;
    });
    await untilTrue(() => pings === 5);
    expect(ws.signal.aborted).to.equal(false);
  });

  it("ends a connection whose peer stays silent: closed is 1006", async () => {
    const { ws, peer } = await network.rawPair({ pingInterval: SHORT, pingTimeout: SHORT });
    expect(await ws.closed).to.deep.equal({ code: 1006, reason: "" });
    expect((await readFrame(peer)).opcode).to.equal(PING);
    expect(await peer.readToEnd()).to.have.length(0);
  });

  it("does not ping with an interval of 0, and keeps a silent peer", async () => {
    const [never, often] = [
      await network.rawPair({ pingInterval: 0, pingTimeout: 1 }),
      await network.rawPair({ pingInterval: SHORT, pingTimeout: SHORT }),
    ];
    await often.ws.closed;
    expect(never.peer.received).to.have.length(0);
    never.ws.send("still here");
    expect(await readText(never.peer)).to.equal("still here");
  });

  it("keeps the pace of each view apart", async () => {
    const [patient, strict] = [
      await network.rawPair({ pingInterval: SHORT, pingTimeout: LONG }),
      await network.rawPair({ pingInterval: SHORT, pingTimeout: SHORT }),
    ];
    await strict.ws.closed;
    expect(patient.ws.signal.aborted).to.equal(false);
  });
});

/** A connection that notes what its keepalive does; time is the real one. */
class Patient implements Pinged {
  socket = { bytesRead: 0 };
  inbox = { paused: false };
  pings = 0;
  isTerminated = false;

  sendPing(): void {
    this.pings += 1;
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

describe("Keepalive", () => {
  const network = useNetwork();

  /** Runs until a control that never answers has been ended: by then any other has been judged too. */
  async function outlive(patients: Patient[], whenPinged: (patient: Patient) => void): Promise<void> {
    const keepalive = new Keepalive(SHORT, SHORT);
    const control = new Patient();
    for (const patient of [...patients, control]) {
      const { sendPing } = patient;
      patient.sendPing = () => {
        sendPing.call(patient);
        if (patient !== control) whenPinged(patient);
      };
      keepalive.add(patient);
    }
    await untilTrue(() => control.isTerminated);
    for (const patient of [...patients, control]) keepalive.delete(patient);
  }

  it("takes anything that arrives for a sign of life, not only a pong", async () => {
    const patient = new Patient();
    await outlive([patient], ({ socket }) => {
      socket.bytesRead += 1;
    });
    expect(patient.isTerminated).to.equal(false);
  });

  it("ends those that stay silent, each of many", async () => {
    const patients = Array.from({ length: 100 }, () => new Patient());
    await outlive(patients, () => {});
    expect(patients.filter(({ isTerminated }) => isTerminated)).to.have.length(100);
  });

  it("does not judge a connection that is paused", async () => {
    const patient = new Patient();
    await outlive([patient], ({ inbox }) => {
      inbox.paused = true;
    });
    expect(patient.isTerminated).to.equal(false);
  });

  it("pings one again that was paused, and ends it if it then stays silent", async () => {
    const patient = new Patient();
    const keepalive = new Keepalive(SHORT, SHORT);
    patient.inbox.paused = true;
    keepalive.add(patient);
    await untilTrue(() => patient.pings === 2);
    patient.inbox.paused = false;
    await untilTrue(() => patient.isTerminated);
    keepalive.delete(patient);
  });

  it("takes what arrived while the process stood still for a sign of life", async () => {
    const { peer, ws } = await network.rawPair({ pingInterval: 0 });
    // Long enough for the peer to answer within it on a machine that is busy.
    const timeout = 8 * SHORT;
    const keepalive = new Keepalive(timeout, timeout);
    const patient = new Patient();
    Object.assign(patient, { socket: Reflect.get(ws.raw, "socket") });
    const { sendPing } = patient;
    patient.sendPing = () => {
      sendPing.call(patient);
      setImmediate(() => {
        peer.write(frame(PONG));
        standStill(2 * timeout);
      });
    };
    keepalive.add(patient);
    await untilTrue(() => patient.isTerminated || patient.pings === 3);
    keepalive.delete(patient);
    expect(patient.isTerminated).to.equal(false);
  });

  it("neither pings nor ends one that was deleted", async () => {
    const [early, late] = [new Patient(), new Patient()];
    const keepalive = new Keepalive(SHORT, SHORT);
    keepalive.add(early);
    keepalive.add(late);
    keepalive.delete(early);
    await untilTrue(() => late.isTerminated);
    keepalive.delete(late);
    expect([early.pings, early.isTerminated]).to.deep.equal([0, false]);
  });

  it("runs one timer while there are any, none after, and another for the next", async () => {
    // Mocha sets its own timer once a test has begun to wait.
    await nextTurn();
    const watch = new TimerWatch();
    const keepalive = new Keepalive(LONG, LONG);
    const patients = Array.from({ length: 10 }, () => new Patient());
    for (let round = 0; round < 2; round++) {
      for (const patient of patients) keepalive.add(patient);
      expect(watch.count).to.equal(1);
      for (const patient of patients) keepalive.delete(patient);
      await untilTrue(() => watch.count === 0);
    }
    watch.stop();
  });
});

function standStill(milliseconds = 2 * SHORT): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
