import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "chai";
import { CLI } from "../support/cli.ts";
import { useServer } from "../support/use-server.ts";

describe("a command whose reader has gone", () => {
  const server = useServer();

  it("ends without a word, as by SIGPIPE", async () => {
    const args = ["testecho", "--clients", "20", "--delay", "0.5", "--url", `${server().wsUrl}/test/ws/`];
    const command = spawn(process.execPath, [CLI, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    const complaints: string[] = [];
    command.stderr.setEncoding("utf8").on("data", (text: string) => complaints.push(text));
    await once(command.stdout, "data");
    command.stdout.destroy();
    const [code] = await once(command, "close");
    expect({ code, stderr: complaints.join("") }).to.deep.equal({ code: 141, stderr: "" });
  });
});
