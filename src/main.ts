#!/usr/bin/env node
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { confirmOnTerminal } from './cli/terminal/confirm-on-terminal.js';
import { runCommand } from './cli/run-command.js';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());

process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  root: path.dirname(path.dirname(fileURLToPath(import.meta.url))),
  stop: stop.signal,
  now: () => new Date(),
  wait: (ms, signal) => sleep(ms, undefined, { signal }),
  confirm: (question) => confirmOnTerminal(question, process),
});
// What still waits for an answer of Redis or Slack must not keep a process that has ended.
process.stdout.write('', () => setTimeout(() => process.exit(), 300).unref());
