import { describeAppending } from "./describe-appending.ts";
import { describeFollowing } from "./describe-following.ts";
import { describeProcesses } from "./describe-processes.ts";
import { describeReading } from "./describe-reading.ts";
import { describeTrimming } from "./describe-trimming.ts";
import { useLog } from "./use-log.ts";

/**
 * The suite of the log's contract.
 *
 * @param name what the backend is called
 * @param module where it is: it exports what `LogBackend` says
 */
export function describeLog(name: string, module: URL): void {
  describe(`the log of ${name}`, () => {
    const use = useLog(module);
    describeAppending(use);
    describeReading(use);
    describeFollowing(use);
    describeTrimming(use);
    describeProcesses(use);
  });
}
