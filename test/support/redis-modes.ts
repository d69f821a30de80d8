import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "./redis-server.ts";
import { selfSigned } from "./self-signed.ts";

/** Slots of a cluster. */
const SLOTS = 16384;

/**
 * With what a Redis is a cluster of one node. It finds that all slots are its own, and need not be told.
 *
 * @param directory a file of it is there
 * @param port where it listens
 * @param announced at which port others are to reach it. Default: that one
 */
export async function asCluster(directory: string, port: number, announced = port): Promise<string[]> {
  const [args = []] = await asNodes(directory, [port]);
  return announced === port ? args : [...args, "--cluster-announce-port", `${announced}`];
}

/** With what each Redis of several is a node of one cluster, with its share of the slots. */
export async function asNodes(directory: string, ports: readonly number[]): Promise<string[][]> {
  const nodes = await Promise.all(
    ports.map(async (port, index) => ({
      id: randomBytes(20).toString("hex"),
      port,
      busPort: await freePort(),
      epoch: index + 1,
      slots: `${share(index, ports.length)}-${share(index + 1, ports.length) - 1}`,
    })),
  );

  return Promise.all(
    nodes.map(async (self) => {
      const lines = nodes.map(({ id, port, busPort, epoch, slots }) => {
        const flags = id === self.id ? "myself,master" : "master";
        return `${id} 127.0.0.1:${port}@${busPort} ${flags} - 0 0 ${epoch} connected ${slots}\n`;
      });
      const file = join(directory, `nodes-${self.port}.conf`);
      await writeFile(file, `${lines.join("")}vars currentEpoch ${nodes.length} lastVoteEpoch 0\n`);
      return [
        ...["--port", `${self.port}`, "--appenddirname", `appended-${self.port}`],
        ...["--cluster-enabled", "yes", "--cluster-config-file", file, "--cluster-port", `${self.busPort}`],
        // As in a certificate for that name.
        ...["--cluster-announce-hostname", "localhost", "--cluster-preferred-endpoint-type", "hostname"],
      ];
    }),
  );
}

function share(index: number, count: number): number {
  return Math.floor((SLOTS * index) / count);
}

/** With what a Redis speaks TLS, as `localhost`, and nothing else; and the file with its certificate, which is its own authority. */
export async function withTls(directory: string, port: number): Promise<{ args: string[]; ca: string }> {
  const { key, cert } = selfSigned();
  const [ca, keyFile] = [join(directory, "redis.crt"), join(directory, "redis.key")];
  await Promise.all([writeFile(ca, cert), writeFile(keyFile, key)]);
  const args = [
    ...["--port", "0", "--tls-port", `${port}`, "--tls-auth-clients", "no"],
    ...["--tls-cert-file", ca, "--tls-key-file", keyFile, "--tls-ca-cert-file", ca],
  ];
  return { args, ca };
}
