import { expect } from "chai";
import { readResponse, requestText } from "./raw-http.ts";
import { dial, type RawSocket } from "./raw-socket.ts";

/** Sends half of a form, and waits until the server has its request. */
export async function beginRequest(url: string): Promise<RawSocket> {
  const raw = await dial(Number(new URL(url).port));
  const headers = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Content-Length": "9",
    Expect: "100-continue",
  };
  raw.write(requestText("/", headers, "POST /test/wsgi/ HTTP/1.1"));
  expect((await readResponse(raw)).status).to.equal(100);
  raw.write("spam=");
  return raw;
}
