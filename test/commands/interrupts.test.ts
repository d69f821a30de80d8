import { expect } from "chai";
import { Interruption } from "../../commands/errors.ts";
import { untilAborted } from "../../commands/interrupts.ts";
import { deferred } from "../support/deferred.ts";
import { rejection } from "../support/rejection.ts";

describe("untilAborted", () => {
  it("gives what the work gives", async () => {
    const { signal } = new AbortController();
    expect(await untilAborted(Promise.resolve("done"), signal)).to.equal("done");
  });

  it("fails as the work fails", async () => {
    const failure = new Error("no");
    const { signal } = new AbortController();
    expect(await rejection(untilAborted(Promise.reject(failure), signal))).to.equal(failure);
  });

  it("fails with the signal's reason when that aborts first", async () => {
    const controller = new AbortController();
    const waiting = untilAborted(deferred().promise, controller.signal);
    const reason = new Interruption(130);
    controller.abort(reason);
    expect(await rejection(waiting)).to.equal(reason);
  });

  it("does not wait when the signal has aborted before", async () => {
    const reason = new Interruption(143);
    expect(await rejection(untilAborted(deferred().promise, AbortSignal.abort(reason)))).to.equal(reason);
  });

  it("does not mind work that fails after the signal aborted", async () => {
    const work = deferred();
    const waiting = untilAborted(work.promise, AbortSignal.abort(new Interruption(130)));
    work.reject(new Error("too late"));
    expect(await rejection(waiting)).to.be.an.instanceOf(Interruption);
  });
});
