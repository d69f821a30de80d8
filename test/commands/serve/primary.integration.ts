import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { createApp } from "../../../app.ts";
import { randomStates } from "../../../commands/gameoflife/random.ts";
import { beginRequest } from "../../support/begin-request.ts";
import { runCli } from "../../support/cli.ts";
import { GameRecorder } from "../../support/game-recorder.ts";
import { readResponse } from "../../support/raw-http.ts";
import { openAsSoonAsPossible } from "../../support/recording-client.ts";
import { generations, toGrid } from "../../support/reference-life.ts";
import { rowsOf } from "../../support/table-rows.ts";
import { underTestecho } from "../../support/under-testecho.ts";
import { useNetwork } from "../../support/use-network.ts";
import { BROKEN, type Guest, useWorkers, type WorkersServer } from "../../support/use-workers.ts";

describe("node dist/app.js --workers", () => {
  const network = useNetwork();
  const workers = useWorkers();

  before(function () {
    if (process.platform === "win32") this.skip();
  });

  describe("starting", () => {
    it("says where it listens, once, when all workers accept", async () => {
      const { server, url } = await workers.serve(3);
      server.process.kill("SIGTERM");
      const { code, stdout, stderr } = await server.outcome;
      expect({ code, stdout, stderr }).to.deep.equal({
        code: 0,
        stdout: `Listening on ${url} with 3 workers\n`,
        stderr: "",
      });
    });

    it("is one process where one worker is asked for, and one a core where it is left to the machine", async () => {
      const one = workers.launch(["--port", "0", "--workers", "1"]);
      await one.said(/^Listening on \S+\n$/);
      const cores = availableParallelism();
      const auto = workers.launch(["--port", "0", "--workers", "auto"]);
      await auto.said(cores > 1 ? new RegExp(`^Listening on \\S+ with ${cores} workers\n$`) : /^Listening/);
    });

    it("deals the connections out evenly", async () => {
      const { open } = await workers.serve(3);
      const counts = new Map<number, number>();
      for (let guest = 0; guest < 60; guest++) {
        const { pid } = await open();
        counts.set(pid, (counts.get(pid) ?? 0) + 1);
      }
      expect(counts.size).to.equal(3);
      for (const count of counts.values()) expect(count).to.be.within(18, 22);
    });

    it("refuses a number that is none, in one line", async () => {
      for (const count of ["0", "-1", "1.5", "many", "1025"]) {
        const { code, stderr } = await workers.launch([`--workers=${count}`]).outcome;
        expect(code).to.equal(1);
        expect(stderr).to.match(/^[^\n]*--workers.* integer from 1 to 1024, or auto\.\n$/);
      }
    });

    it("says in one line that the port is in use", async () => {
      const { port } = await network.serve(createApp());
      const { code, stdout, stderr } = await workers.launch(["--workers", "2", "--port", String(port)])
        .outcome;
      expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
      expect(stderr).to.equal(`Port ${port} is in use: end what uses it, or choose another with --port\n`);
    });

    it("gives up, and says so in one line, when no worker starts", async () => {
      const server = workers.launch(["--workers", "2", "--port", "0"], {
        env: { [BROKEN]: process.execPath },
      });
      const { code, stdout, stderr } = await server.outcome;
      expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
      expect(stderr).to.match(
        /^No worker starts: Worker 5 \(process \d+\) ended with exit code 3 before it accepted\n$/,
      );
    });

    it("asks each worker for its share of the connections", async () => {
      const { code, stderr } = await workers.launch(["--workers", "4", "--connections", "10000000"]).outcome;
      expect(code).to.equal(1);
      expect(stderr).to.match(/^2500000 connections a worker need \d+ open files, but the limit/);
    });
  });

  describe("when a worker is killed", () => {
    it("loses its clients alone, says so in one line, and has another one take its place", async () => {
      const { server, open } = await workers.serve();
      const [victim, other] = await onePerWorker(open);
      process.kill(victim.pid, "SIGKILL");
      expect((await victim.closed).code).to.equal(1006);
      await server.complained(
        new RegExp(
          `^Worker \\d \\(process ${victim.pid}\\) ended by SIGKILL: another one takes its place\n$`,
        ),
      );
      other.send("Spam?");
      expect(await other.next()).to.equal("1. Spam?");
      const successor = await openUntil(open, ({ pid }) => pid !== other.pid);
      expect(successor.pid).not.to.equal(victim.pid);
    });

    it("comes back at the same port when all are", async () => {
      const { server, wsUrl, open } = await workers.serve();
      for (const { pid } of await onePerWorker(open)) process.kill(pid, "SIGKILL");
      await server.complained(/^(Worker .* ended by SIGKILL: .*\n){2}$/);
      expect(await (await openAsSoonAsPossible(`${wsUrl}/test/ws/`)).next()).to.equal("Hello!");
    });

    it("goes on with the others while its successors do not start", async () => {
      await withFlag(async (flag) => {
        const { server, open } = await workers.serve(2, { env: { [BROKEN]: flag.path } });
        const [victim, other] = await onePerWorker(open);
        await flag.raise();
        process.kill(victim.pid, "SIGKILL");
        await server.complained(/(^Worker .* ended with exit code 3 before it accepted\n){2}/m);
        expect((await open()).pid).to.equal(other.pid);
        await flag.lower();
        await openUntil(open, ({ pid }) => pid !== other.pid);
      });
    });
  });

  describe("at SIGHUP", () => {
    it("replaces all workers, lets every new connection in meanwhile, and closes the old ones with 1001", async () => {
      const { server, open } = await workers.serve();
      const old = await onePerWorker(open);
      const pids = old.map(({ pid }) => pid);
      let done = false;
      const reloaded = server.said(/^Reloaded: 2 workers are new\n/m).then(() => {
        done = true;
      });
      const streams = [1, 2, 3, 4].map(async () => {
        while (!done) (await open()).ws.close();
      });
      server.process.kill("SIGHUP");
      for (const { closed } of old) expect((await closed).code).to.equal(1001);
      await Promise.all([reloaded, ...streams]);
      for (const { pid } of await onePerWorker(open)) expect(pids).not.to.include(pid);
    });

    it("fails no client of testecho that comes back when it is sent away", async () => {
      const { server, wsUrl } = await workers.serve();
      const load = { wsUrl, clients: 100, delay: 1, restarts: 2 };
      const outcome = await underTestecho(load, () => {
        server.process.kill("SIGHUP");
        return server.said(/^Reloaded: 2 workers are new\n/m);
      });
      expect(outcome).to.include({ code: 0, stderr: "" });
      expect(rowsOf(outcome)).to.include({ connected: "100", completed: "100", failed: "0" });
      expect(Number(rowsOf(outcome)["began anew after 1001"])).to.be.within(1, 200);
    });

    it("has another reload wait for the one that is under way", async () => {
      const { server, open } = await workers.serve();
      const old = await onePerWorker(open);
      server.process.kill("SIGHUP");
      await Promise.race(old.map(({ closed }) => closed));
      server.process.kill("SIGHUP");
      await server.said(/^Reloaded: .*\n([^R].*\n)*Reloaded: /m);
      server.process.kill("SIGTERM");
      expect((await server.outcome).stderr).to.equal("");
    });

    it("leaves the old workers alone where the new ones do not start", async () => {
      await withFlag(async (flag) => {
        const { server, open } = await workers.serve(2, { env: { [BROKEN]: flag.path } });
        const old = await onePerWorker(open);
        await flag.raise();
        server.process.kill("SIGHUP");
        await server.complained(
          /^Worker 3 .* ended with exit code 3 before it accepted\nNothing more is reloaded: the other workers go on\n$/,
        );
        for (const client of old) {
          client.send("Spam?");
          expect(await client.next()).to.equal("1. Spam?");
        }
      });
    });
  });

  describe("told to stop", () => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      it(`by ${signal} to all of its processes, closes WebSockets with 1001, finishes requests in flight, and exits with 0`, async () => {
        const { server, url, open } = await workers.serve(2, { detached: true });
        const clients = await onePerWorker(open);
        const request = await beginRequest(url);
        process.kill(-(server.process.pid ?? 0), signal);
        for (const { closed } of clients) expect((await closed).code).to.equal(1001);
        request.write("eggs");
        expect((await readResponse(request)).status).to.equal(200);
        request.socket.destroy();
        const { code, stderr } = await server.outcome;
        expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
      });
    }

    it("again, ends at once with all of its workers", async () => {
      const { server, url, open } = await workers.serve();
      const clients = await onePerWorker(open);
      const request = await beginRequest(url);
      server.process.kill("SIGTERM");
      for (const { closed } of clients) await closed;
      server.process.kill("SIGTERM");
      // Workers write to the same output: it ends with the last of them.
      await server.outcome;
      expect(server.process.signalCode).to.equal("SIGTERM");
      await request.readToEnd();
    });

    it("by SIGKILL, takes its workers with it", async () => {
      const { server, open } = await workers.serve();
      const clients = await onePerWorker(open);
      server.process.kill("SIGKILL");
      for (const { closed } of clients) expect((await closed).code).to.equal(1006);
      await server.outcome;
    });
  });

  it("plays one Game of Life on all of its workers, with watchers on all", async () => {
    const { url, wsUrl } = await workers.serve();
    const recorders = await Promise.all(Array.from({ length: 4 }, () => GameRecorder.open(wsUrl, 9)));
    const args = ["--size", "9", "--steps", "25", "--speed", "1000", "--random", "7", "--url", wsUrl];
    expect(await runCli(["gameoflife", ...args])).to.deep.equal({ code: 0, stdout: "", stderr: "" });
    const expected = generations(toGrid(randomStates(9, 7), 9), 25, true);
    for (const recorder of recorders) {
      expect(await recorder.grids(25)).to.deep.equal(expected);
      recorder.close();
    }
    expect(await (await fetch(`${url}game.json`)).json()).to.include({ size: 9, step: 25 });
  });
});

/** Opens clients until there is one with each of two workers. */
async function onePerWorker(open: WorkersServer["open"]): Promise<[Guest, Guest]> {
  const first = await open();
  return [first, await openUntil(open, ({ pid }) => pid !== first.pid)];
}

/** Opens clients until one is as it is wanted. */
async function openUntil(open: WorkersServer["open"], wanted: (guest: Guest) => boolean): Promise<Guest> {
  for (;;) {
    const guest = await open();
    if (wanted(guest)) return guest;
    guest.ws.close();
  }
}

interface Flag {
  readonly path: string;
  raise(): Promise<void>;
  lower(): Promise<void>;
}

/** Gives a file that is there while it is raised. */
async function withFlag(use: (flag: Flag) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "express-c10k-"));
  const path = join(folder, "flag");
  try {
    await use({ path, raise: () => writeFile(path, ""), lower: () => rm(path) });
  } finally {
    await rm(folder, { recursive: true });
  }
}
