import type { Bus } from "../../bus/bus.ts";
import type { Log } from "./log.ts";

/** What the names of all channels begin with. */
const CHANNELS = "log/";

/**
 * A log that several processes of one machine share, each with an end of the same bus: whoever appends says so there, and whoever
 * follows looks then. For a log that does not hear by itself what other processes append.
 */
export function withNotices(log: Log, bus: Bus): Log {
  return {
    read: (room, range) => log.read(room, range),
    look: (room) => log.look(room),
    latestRooms: (limit) => log.latestRooms(limit),
    close: () => log.close(),

    async append(room, entry) {
      const appended = await log.append(room, entry);
      bus.publish(CHANNELS + room, "");
      return appended;
    },

    follow(room, since, listener) {
      const look = () => log.look(room);
      const stop = log.follow(room, since, listener);
      const subscription = bus.subscribe(CHANNELS + room, { hear: look, missed: look });
      // What was appended between the first reading and this moment.
      void subscription.ready.then(look);
      return () => {
        subscription.end();
        stop();
      };
    },
  };
}
