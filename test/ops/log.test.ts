import { describe, expect, it } from '@jest/globals';
import { AcknetError } from '../../src/errors.ts';
import { createLogger } from '../../src/ops/log.ts';

function capture(pretty = false) {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { lines, logger: createLogger({ level: 'info', destination, pretty }) };
}

describe('a log line', () => {
  it('is one JSON object with level, time, message and data', () => {
    const { lines, logger } = capture();
    logger.child({ role: 'worker' }).info({ cluster: 'cluster-x', counts: [1, 2] }, 'check finished');
    logger.debug({}, 'not shown at this level');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      msg: 'check finished',
      role: 'worker',
      cluster: 'cluster-x',
      counts: [1, 2],
    });
  });

  it('tells what is known of an error, and of its cause', () => {
    const { lines, logger } = capture();
    const error = new AcknetError('cluster.unreachable', 'no route', {
      hint: 'look',
      cause: new Error('ECONNREFUSED'),
    });
    logger.error({ err: error }, 'job failed');
    expect(JSON.parse(lines[0] ?? '').err).toMatchObject({
      type: 'AcknetError',
      code: 'cluster.unreachable',
      message: 'no route',
      hint: 'look',
      cause: { message: 'ECONNREFUSED' },
    });
  });

  it.each([
    ['a text', { detail: 'access_key_secret=CANARY0123456789' }],
    ['a value under a secret name', { config: { access_key: 'CANARY0123456789' } }],
    ['a value deep down', { a: [{ b: { c: 'Authorization: Bearer CANARY0123456789' } }] }],
    ['an error', { err: new Error('token: CANARY0123456789') }],
    ['a cause', { err: new Error('x', { cause: new Error('password=CANARY0123456789') }) }],
    ['a URL', { url: 'redis://user:CANARY0123456789@redis:6379' }],
  ])('never holds a secret from %s', (_where, data) => {
    const { lines, logger } = capture();
    logger.warn(data, 'something');
    logger.child(data).warn({}, 'something');
    expect(lines).toHaveLength(2);
    expect(lines.join('')).not.toContain('CANARY');
  });

  it('survives what refers to itself', () => {
    const { lines, logger } = capture();
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    logger.info(loop, 'round and round');
    expect(lines).toHaveLength(1);
  });

  it('can be written for eyes', () => {
    const { lines, logger } = capture(true);
    logger.info({ cluster: 'cluster-x' }, 'check finished');
    expect(lines.join('')).toMatch(/INFO.*check finished[\s\S]*cluster-x/);
  });
});
