import { describe, expect, it } from '@jest/globals';
import { checks } from '../../../src/checks/index.js';
import { checksOnPath, readPath } from '../../../src/checks/judging/named-path.js';
import { isAcknetError } from '../../../src/errors.js';

const POD = 'shop/web-7d9f';

const refusalOf = (act: () => unknown): { message: string; hint: string | undefined } => {
  try {
    act();
  } catch (error) {
    if (isAcknetError(error, 'usage.invalid')) return { message: error.message, hint: error.hint };
    throw error;
  }
  throw new TypeError('it was taken');
};

describe('two named ends', () => {
  it.each([
    [{}, undefined],
    [
      { from: POD, to: 'i-bp1a2b3c' },
      { from: POD, to: 'i-bp1a2b3c', protocol: 'icmp' },
    ],
    [
      { from: '10.0.3.7', to: POD, port: '443' },
      { from: '10.0.3.7', to: POD, protocol: 'tcp', port: 443 },
    ],
    [
      { from: POD, to: '2408:4005::9', port: '53/UDP' },
      { from: POD, to: '2408:4005::9', protocol: 'udp', port: 53 },
    ],
    [
      { from: '2408:4005:0:0:0:0:00AB:9', to: POD },
      { from: '2408:4005::ab:9', to: POD, protocol: 'icmp' },
    ],
    [
      { from: POD, to: '10.0.3.7', port: 'ICMP' },
      { from: POD, to: '10.0.3.7', protocol: 'icmp' },
    ],
  ])('%j are understood', (typed, path) => {
    expect(readPath(typed)).toEqual(path);
  });

  it.each([
    [{ from: POD }, 'Both ends are needed'],
    [{ port: '443' }, 'Both ends are needed'],
    [{ from: 'web-7d9f', to: 'i-bp1a2b3c' }, '"web-7d9f" is neither namespace/pod'],
    [{ from: POD, to: '10.0.3.777' }, '"10.0.3.777" is neither'],
    [{ from: POD, to: 'vpc-bp1a2b3c' }, '"vpc-bp1a2b3c" is neither'],
    [{ from: POD, to: 'shop/api' }, 'One end must be a pod'],
    [{ from: '10.0.3.7', to: 'i-bp1a2b3c' }, 'One end must be a pod'],
    [{ from: POD, to: '10.0.3.7', port: '70000' }, '--port 70000 is no port'],
    [{ from: POD, to: '10.0.3.7', port: '0' }, '--port 0 is no port'],
    [{ from: POD, to: '10.0.3.7', port: '443/sctp' }, '--port 443/sctp is no port'],
    [{ from: POD, to: '10.0.3.7', port: 'https' }, '--port https is no port'],
  ])('%j are refused, with an example', (typed, message) => {
    const refusal = refusalOf(() => readPath(typed));
    expect(refusal.message).toContain(message);
    expect(refusal.hint).toContain('--from shop/web-7d9f --to i-bp1a2b3c --port 443/tcp');
  });
});

describe('the checks of a run', () => {
  const path = readPath({ from: POD, to: 'i-bp1a2b3c' });

  it('are those that look at ends where ends are named, beside the ones asked for', () => {
    expect(checksOnPath([], { path, narrowed: false })).toEqual(['security-groups']);
    expect(checksOnPath(['ecs-reach-facts'], { path, narrowed: false })).toEqual([
      'security-groups',
      'ecs-reach-facts',
    ]);
    expect(checks.map(({ id }) => id)).toContain('security-groups');
  });

  it('are what was asked for where none are named', () => {
    expect(checksOnPath([], { path: undefined, narrowed: true })).toEqual([]);
    expect(
      checksOnPath(['ecs-reach-facts', 'security-groups'], { path: undefined, narrowed: false }),
    ).toEqual(['ecs-reach-facts', 'security-groups']);
  });

  it('are refused where nothing would be looked at', () => {
    const alone = refusalOf(() => checksOnPath(['security-groups'], { path: undefined, narrowed: false }));
    expect(alone).toEqual({
      message: 'security-groups looks at two ends, and none are named.',
      hint: expect.stringContaining('--from'),
    });
    expect(refusalOf(() => checksOnPath([], { path, narrowed: true })).message).toContain(
      '--ns and --node do not go',
    );
  });
});
