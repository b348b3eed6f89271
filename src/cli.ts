#!/usr/bin/env node
import 'reflect-metadata';
import { run } from './cli/run.js';

// whoever reads our output may stop reading: `taproot report whale | head`
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await run(process.argv.slice(2), process.env);
// the service's threads and timers are closed by then; what a library left open must not keep the process, nor cut an answer off
if (process.exitCode !== undefined) process.stdout.write('', () => setTimeout(() => process.exit(), 100).unref());
