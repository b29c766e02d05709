import { describe, expect, it } from '@jest/globals';
import { apiError } from '../../../src/cluster/kube/api-error.js';
import type { KubeRequest, KubeResponse } from '../../../src/cluster/kube/connection.js';

const request = { method: 'PATCH', path: '/api/v1/x' } as KubeRequest;
const answer = (status: number, message: string): KubeResponse =>
  ({ status, headers: {}, body: { text: async () => JSON.stringify({ kind: 'Status', message }) } }) as never;

describe('apiError', () => {
  it.each([
    [401, 'Unauthorized', 'cluster.unauthorized'],
    [403, 'configmaps "x" is forbidden', 'cluster.forbidden'],
    [404, 'configmaps "x" not found', 'cluster.not-found'],
    [409, 'Operation cannot be fulfilled: the object has been modified', 'cluster.conflict'],
    [410, 'The provided continue parameter is too old', 'cluster.gone'],
    [422, 'the server rejected our request due to an error in our request', 'cluster.conflict'],
    [422, 'testing value /data/document failed: test failed', 'cluster.conflict'],
    [422, 'Service "x" is invalid: spec.ipFamilyPolicy: unknown in the latest version', 'cluster.rejected'],
    [429, 'Cannot evict pod as it would violate the pod’s disruption budget.', 'cluster.rejected'],
    [429, 'too many requests', 'cluster.failed'],
    [500, 'etcdserver: leader changed', 'cluster.failed'],
  ])('reads %d "%s"', async (status, message, code) => {
    expect(await apiError('cluster-x', request, answer(status, message))).toMatchObject({ code });
  });
});
