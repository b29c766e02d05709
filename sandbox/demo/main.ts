#!/usr/bin/env node
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AcknetError } from '../../src/errors.js';
import { demo } from './demo.js';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());

/** Compiled, this file lies in `sandbox/dist/sandbox/demo`. */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../..');

try {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '8787' } } });
  await demo(values, {
    env: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    root,
    stop: stop.signal,
    now: () => new Date(),
    wait: (ms, signal) => sleep(ms, undefined, { signal }),
  });
} catch (error) {
  const refused = error instanceof AcknetError || error instanceof TypeError;
  process.stderr.write(`acknet demo: ${refused ? error.message : ((error as Error).stack ?? error)}\n`);
  process.exitCode = 1;
}
