#!/usr/bin/env node
// `npx c10k` in a checkout. npm allows a package no bin outside its own folder, where the compiled commands are.
import "../dist/commands/index.js";
