import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { pods } from '../../../src/cluster/views/pod.js';

const podWith = (status: JsonObject): JsonObject => ({
  metadata: { name: 'p', namespace: 'kube-system' },
  spec: { containers: [{ name: 'agent' }] },
  status: { containerStatuses: [{ name: 'agent', ...status }] },
});
const terminated = {
  reason: 'Error',
  exitCode: 255,
  message: 'gone',
  finishedAt: '2026-11-24T02:00:00Z',
};
const ended = { reason: 'Error', exitCode: 255, message: 'gone', at: '2026-11-24T02:00:00Z' };

describe('how a container’s last finished run ended', () => {
  it.each<[string, JsonObject, unknown]>([
    ['is told of one that is finished', { state: { terminated } }, ended],
    [
      'is told of one that waits to be started again',
      { state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated } },
      ended,
    ],
    [
      'is told of one that was started again',
      { state: { running: { startedAt: '2026-11-24T02:01:00Z' } }, lastState: { terminated } },
      ended,
    ],
    ['is absent where there was none', { state: { running: {} }, lastState: {} }, undefined],
    ['is absent where it is no object', { lastState: { terminated: 'x' } }, undefined],
  ])('%s', (_title, status, expected) => {
    expect(pods.project(podWith(status)).containers[0]?.ended).toEqual(expected);
  });
});
