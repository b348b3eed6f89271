#!/usr/bin/env node
import 'reflect-metadata';
import { run } from './cli/run.js';

process.exitCode = await run(process.argv.slice(2), process.env);
// the service's threads and timers are closed by then; what a library left open must not keep the process
if (process.exitCode !== undefined) setTimeout(() => process.exit(), 100).unref();
