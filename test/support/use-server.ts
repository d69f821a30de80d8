import { startServer, type TestServer } from "./server.ts";

/**
 * Gives each of a suite's tests a server of the real app.
 *
 * @returns a function that gives the server of the test that runs
 */
export function useServer(): () => TestServer {
  let server: TestServer | undefined;

  beforeEach(async () => {
    server = await startServer();
  });

  afterEach(() => server?.close());

  return function current() {
    if (!server) throw new Error("The server runs only while tests do");
    return server;
  };
}
