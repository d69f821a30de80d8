import { startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";

/**
 * Gives a suite's tests proxies, which are gone after each test.
 *
 * @returns a function that starts one in front of a port of this machine
 */
export function useTcpProxy(): (port: number) => Promise<TcpProxy> {
  const running: TcpProxy[] = [];

  afterEach(() => {
    for (const proxy of running.splice(0)) proxy.end();
  });

  return async function startProxy(target) {
    const proxy = await startTcpProxy(target);
    running.push(proxy);
    return proxy;
  };
}
