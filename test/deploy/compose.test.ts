import { createServer } from "node:http";
import { resolve } from "node:path";
import { expect } from "chai";
import { resolveOptions } from "../../middleware/options.ts";
import { ROOT, readSource } from "../support/imports.ts";
import { useRedis } from "../support/use-redis.ts";
import { DOCKERFILE, NGINX_CONF, readCompose, upstreamAddresses } from "./files.ts";

const DEPLOY = resolve(ROOT, "docs/deploy");

describe("docs/deploy/compose.yaml", () => {
  const { services, networks, volumes } = readCompose();
  const servers = [services.server1, services.server2];

  it("builds both servers alike, of the Dockerfile, from the root of the project", () => {
    const [one, two] = servers.map(({ networks: _, ...same }) => same);
    expect(one).to.deep.equal(two);
    const { context = "", dockerfile = "" } = one?.build ?? {};
    expect(resolve(DEPLOY, context)).to.equal(resolve(ROOT));
    expect(resolve(DEPLOY, context, dockerfile)).to.equal(resolve(DEPLOY, "Dockerfile"));
  });

  it("gives the servers the addresses and the port at which nginx looks for them", () => {
    const [port] = /(?<=\bPORT=)\d+/.exec(DOCKERFILE) ?? [];
    const addresses = servers.map(({ networks: places }) =>
      "inside" in places ? `${places.inside.ipv4_address}:${port}` : "none",
    );
    expect(upstreamAddresses()).to.deep.equal(addresses);
    const [subnet = ""] = networks.inside.ipam.config.map((config) => config.subnet);
    for (const address of addresses) expect(address).to.match(new RegExp(`^${subnet.split("0/")[0]}\\d+:`));
  });

  it("waits longer for a server's end than that takes", () => {
    const source = readSource("middleware/shutdown.ts");
    const timeout = Number(/timeout = ([\d_]+)/.exec(source)?.[1]?.replaceAll("_", "")) / 1000;
    expect(timeout).to.be.above(0);
    for (const server of servers) {
      expect(Number(/^(\d+)s$/.exec(server.stop_grace_period ?? "")?.[1])).to.be.above(timeout);
    }
  });

  it("starts each when those are healthy that it needs, and all of them tell whether they are", () => {
    for (const { depends_on = {} } of Object.values(services)) {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        expect(services).to.have.property(name);
        expect(condition).to.equal("service_healthy");
      }
    }
    expect(services.redis.healthcheck?.test).to.deep.equal(["CMD", "redis-cli", "ping"]);
    expect(DOCKERFILE).to.match(/^HEALTHCHECK /m);
  });

  it("keeps what Redis knows", () => {
    expect(services.redis.volumes).to.deep.equal(["redis:/data"]);
    expect(volumes).to.have.property("redis");
  });

  describe("to a Redis", () => {
    const startRedis = useRedis();

    it("gives arguments that it takes", async () => {
      const [program, ...args] = services.redis.command ?? [];
      expect(program).to.equal("redis-server");
      expect(args.join(" ")).to.contain("--appendonly yes");
      await startRedis(...args);
    });
  });
});

describe("docs/deploy/nginx.conf", () => {
  /** The value of a directive, with its unit. */
  function value(directive: string): string {
    return new RegExp(`^\\s*${directive} ([^;]+);`, "m").exec(NGINX_CONF)?.[1] ?? "none";
  }

  /** Seconds. */
  function seconds(directive: string): number {
    return Number(/^(\d+)s$/.exec(value(directive))?.[1]);
  }

  it("gives a connection to a server up before the server does", () => {
    expect(seconds("keepalive_timeout") * 1000).to.be.below(createServer().keepAliveTimeout);
  });

  it("waits for three pings of a server before it takes a connection for dead", () => {
    expect(seconds("proxy_read_timeout") * 1000).to.be.at.least(3 * resolveOptions().pingInterval);
  });

  it("repeats no request that may have been carried out", () => {
    expect(value("proxy_next_upstream").split(" ")).to.have.members(["error", "timeout", "http_503"]);
  });

  it("has no sticky sessions", () => {
    expect(NGINX_CONF).to.not.match(/^\s*(ip_hash|hash|sticky)\b/m);
  });

  it("may open as many files as it may have connections", () => {
    const connections = Number(value("worker_connections"));
    expect(Number(value("worker_rlimit_nofile"))).to.be.above(connections);
  });
});
