// Sends back whatever it gets, in order; first of all that it is there.
process.on("message", (message) => process.send(message));
process.send("ready");
