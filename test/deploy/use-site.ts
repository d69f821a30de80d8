import { NGINX_HINT } from "../support/nginx.ts";
import { findRedis, REDIS_HINT } from "../support/redis-server.ts";
import { useDirectory } from "../support/use-directory.ts";
import { useProgram } from "../support/use-program.ts";
import { type Site, startSite } from "./site.ts";

/**
 * Gives each of a suite's tests a site; where the machine has no nginx or no Redis the suite is skipped, or fails under
 * `CI=true`.
 *
 * @returns a function that gives the site of the test that runs
 */
export function useSite(): () => Site {
  const nginx = useProgram("nginx", { hint: NGINX_HINT });
  let redis = "";
  let site: Site | undefined;

  before(function () {
    redis = findRedis() ?? "";
    if (redis !== "") return;
    if (process.env.CI === "true") throw new Error(REDIS_HINT);
    this.skip();
  });

  const directory = useDirectory();

  beforeEach(async () => {
    site = await startSite({ nginx: nginx.path(), redis }, directory());
  });

  afterEach(async () => {
    await site?.stop();
    site = undefined;
  });

  return function current() {
    if (!site) throw new Error("The site is there only while tests run");
    return site;
  };
}
