#!/usr/bin/env node
import { endWithReaderOf } from "./broken-pipe.ts";
import { CommandError, Interruption } from "./errors.ts";
import { interrupts } from "./interrupts.ts";
import { checkNpmOptions } from "./npm-options.ts";
import { createProgram } from "./program.ts";

for (const output of [process.stdout, process.stderr]) endWithReaderOf(output);

try {
  const program = createProgram(process.stdout, interrupts());
  const args = process.argv.slice(2);
  const command = program.commands.find((candidate) => candidate.name() === args[0]);
  if (command) checkNpmOptions(command, args);
  await program.parseAsync();
} catch (error) {
  // A command that breaks off leaves connections behind, which would keep the process alive.
  process.exit(exitCode(error));
}

function exitCode(error: unknown): number {
  if (error instanceof Interruption) return error.exitCode;
  console.error(error instanceof CommandError ? error.message : error);
  return 1;
}
