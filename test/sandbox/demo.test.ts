import path from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { demo } from '../../sandbox/demo/demo.js';
import { welcome } from '../../sandbox/demo/welcome.js';
import { runCli } from '../support/run-cli.js';
import { waitFor } from '../support/wait-for.js';

/** What a shell makes of one line of variables, a command and words in plain quotes. */
function shellWords(line: string): { env: Record<string, string>; words: string[] } {
  const parts = line.trim().split(' ');
  const first = parts.findIndex((part) => !/^[A-Z_]+=/.test(part));
  const env = parts.slice(0, first).map((part): [string, string] => {
    const at = part.indexOf('=');
    return [part.slice(0, at), part.slice(at + 1)];
  });
  return {
    env: Object.fromEntries(env),
    words: parts.slice(first).map((word) => word.replace(/^'|'$/g, '')),
  };
}

const auditLine = (printed: string): string => /the audit log: (.+)/.exec(printed)?.[1] ?? '';

describe('the demo', () => {
  it('prints the line that reads its audit log', async () => {
    const stop = new AbortController();
    const printed: string[] = [];
    const ended = demo(
      { port: '0' },
      {
        ...{
          env: {},
          root: path.resolve('.'),
          stop: stop.signal,
          now: () => new Date(),
          wait: async () => undefined,
        },
        stdout: keep(printed),
        stderr: keep([]),
      },
    );
    try {
      const url = await waitFor('the address', () => /acknet demo: (\S+)/.exec(printed.join(''))?.[1]);
      const refused = { act: 'command', as: 'U0EVE', channel: 'C0OPS', text: '/acknet rebind cluster-x' };
      const { status } = await fetch(`${url}/sandbox/act`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(refused),
      });
      expect(status).toBe(200);
      const { env, words } = shellWords(auditLine(printed.join('')));
      expect(words.slice(0, 2)).toEqual(['npx', 'acknet']);
      const read = () => runCli(words.slice(2), env);
      const records = await waitFor('the refusal is audited', async () => {
        const { stdout } = await read();
        return stdout.includes('maintain.refused') ? stdout : undefined;
      });
      expect(records).toContain('by U0EVE');
    } finally {
      stop.abort();
      await ended;
    }
  });

  it('repeats no address of a Redis that the environment names, for it may hold a password', () => {
    const audit = { redisUrl: undefined, auditKey: 'key', prefix: '{p}' };
    expect(auditLine(welcome({ url: 'u', kubeconfig: 'k', audit }))).toBe(
      "ACKNET_AUDIT_KEY=key npx acknet audit --prefix '{p}'",
    );
  });
});

const keep = (kept: string[]): Writable =>
  new Writable({
    write(chunk, _encoding, done) {
      kept.push(String(chunk));
      done();
    },
  });
