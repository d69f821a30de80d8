import { websocket } from "../../middleware/index.ts";

/** A view that tells how a connection reached it, as JSON. */
export const tell = websocket((ws, req) => {
  const { params, baseUrl, url, originalUrl, query } = req;
  return ws.send(JSON.stringify({ params, baseUrl, url, originalUrl, query }));
});
