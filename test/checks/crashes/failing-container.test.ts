import { describe, expect, it } from '@jest/globals';
import { failingContainer } from '../../../src/checks/crashes/failing-container.js';
import { joinBlocks, lastWords } from '../../../src/checks/crashes/last-words.js';
import type { ContainerView } from '../../../src/cluster/views/pod.js';

const container = (name: string, more: Partial<ContainerView> = {}): ContainerView => ({
  ...{ name, image: 'r/x:1', init: false, ready: false, restarts: 0 },
  ...more,
});
const done = container('install', { init: true, reason: 'Completed', ended: { exitCode: 0 } });

describe('the container that keeps a pod down', () => {
  it.each<[string, readonly ContainerView[], string | undefined]>([
    [
      'is no init container that ended well',
      [done, container('main', { reason: 'CrashLoopBackOff' })],
      'main',
    ],
    [
      'is none whose exit code of 0 was left out',
      [container('install', { init: true, reason: 'Completed' }), container('main')],
      'main',
    ],
    [
      'is the init container that the others wait for',
      [
        container('install', { init: true, reason: 'Error', ended: { exitCode: 2 } }),
        container('main', { reason: 'PodInitializing' }),
      ],
      'install',
    ],
    [
      'is the one that restarts, before one that is only not Ready',
      [container('side', { startedAt: '2026-11-24T02:00:00Z' }), container('main', { restarts: 4 })],
      'main',
    ],
    ['is none where all are Ready', [done, container('main', { ready: true })], undefined],
  ])('%s', (_name, containers, expected) => {
    expect(failingContainer({ containers })?.name).toBe(expected);
  });
});

describe('the last words', () => {
  it.each<[string, readonly string[], string | undefined]>([
    [
      'are the last error, whatever follows it',
      ['E1124 02:50:01 1 main.go:334] no lease', 'I1124 02:50:02 1 main.go:439] Stopping'],
      'E1124 02:50:01 1 main.go:334] no lease',
    ],
    ['are no part of a stack', ['boom', 'goroutine 1 [running]:', 'main.main()'], 'boom'],
    ['are nothing where nothing was said', ['', ' '], undefined],
  ])('%s', (_name, lines, expected) => {
    expect(lastWords(lines)).toBe(expected);
  });

  it('take a block of klog for one line', () => {
    expect(joinBlocks(['E1 "failed" err=<', '\tone', '\ttwo', ' >', 'next'])).toEqual([
      'E1 "failed" err=< one two >',
      'next',
    ]);
  });
});
