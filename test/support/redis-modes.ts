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

/** One Redis of a cluster. */
interface Node {
  readonly id: string;
  readonly port: number;
  readonly busPort: number;
  /** What the others know of it, behind its address. */
  readonly role: string;
  /** What it knows of itself. */
  readonly ownRole: string;
}

/**
 * With what each Redis of several is a node of one cluster.
 *
 * @param ports of the masters, each with its share of the slots
 * @param replica where one listens that takes the first one's place when that has gone; the last of those given. Default: none
 */
export async function asNodes(
  directory: string,
  ports: readonly number[],
  replica?: number,
): Promise<string[][]> {
  const nodes: Node[] = await Promise.all(
    ports.map((port, index) => {
      const slots = `${share(index, ports.length)}-${share(index + 1, ports.length) - 1}`;
      return node(port, "master", `- 0 0 ${index + 1} connected ${slots}`);
    }),
  );
  if (replica && nodes[0]) nodes.push(await node(replica, "slave", `${nodes[0].id} 0 0 1 connected`));
  return Promise.all(nodes.map((self) => asNode(directory, self, nodes)));
}

async function node(port: number, kind: string, rest: string): Promise<Node> {
  const id = randomBytes(20).toString("hex");
  return {
    ...{ id, port, busPort: await freePort() },
    ...{ role: `${kind} ${rest}`, ownRole: `myself,${kind} ${rest}` },
  };
}

async function asNode(directory: string, self: Node, nodes: readonly Node[]): Promise<string[]> {
  const lines = nodes.map(({ id, port, busPort, role, ownRole }) => {
    return `${id} 127.0.0.1:${port}@${busPort} ${id === self.id ? ownRole : role}\n`;
  });
  const file = join(directory, `nodes-${self.port}.conf`);
  await writeFile(file, `${lines.join("")}vars currentEpoch ${nodes.length} lastVoteEpoch 0\n`);
  return [
    ...["--port", `${self.port}`, "--appenddirname", `appended-${self.port}`],
    ...["--dbfilename", `${self.port}.rdb`],
    ...["--cluster-enabled", "yes", "--cluster-config-file", file, "--cluster-port", `${self.busPort}`],
    // As in a certificate for that name.
    ...["--cluster-announce-hostname", "localhost", "--cluster-preferred-endpoint-type", "hostname"],
  ];
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
