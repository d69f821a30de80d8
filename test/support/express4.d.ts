/** Express 4, beside the Express 5 whose types it is given: an app has only one of them, and `websocket()` fits that. */
declare module "express4" {
  import express = require("express");
  export = express;
}
