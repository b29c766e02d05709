import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { apiError } from '../../../src/cluster/kube/answers/api-error.js';
import type { KubeRequest, KubeResponse } from '../../../src/cluster/kube/connecting/connection.js';

const path = '/apis/apps/v1/namespaces/kube-system/daemonsets/x';
const about = { group: 'apps', plural: 'daemonsets', name: 'x' };
const request = { method: 'PATCH', path, about } as KubeRequest;
const answer = (status: number, body: string): KubeResponse =>
  ({
    status,
    headers: { 'content-type': 'application/json' },
    body: Readable.from([Buffer.from(body)]),
  }) as never;
const status = (fields: object): string => JSON.stringify({ kind: 'Status', apiVersion: 'v1', ...fields });

describe('apiError', () => {
  it.each([
    [401, 'Unauthorized', 'cluster.unauthorized'],
    [403, 'configmaps "x" is forbidden', 'cluster.forbidden'],
    [409, 'Operation cannot be fulfilled: the object has been modified', 'cluster.conflict'],
    [410, 'The provided continue parameter is too old', 'cluster.gone'],
    [422, 'the server rejected our request due to an error in our request', 'cluster.conflict'],
    [422, 'testing value /data/document failed: test failed', 'cluster.conflict'],
    [422, 'Service "x" is invalid: spec.ipFamilyPolicy: unknown in the latest version', 'cluster.rejected'],
    [429, 'Cannot evict pod as it would violate the pod’s disruption budget.', 'cluster.rejected'],
    [429, 'too many requests', 'cluster.failed'],
    [500, 'etcdserver: leader changed', 'cluster.failed'],
  ])('reads %d "%s"', async (code, message, wanted) => {
    expect(await apiError('cluster-x', request, answer(code, status({ message })))).toMatchObject({
      code: wanted,
    });
  });

  const details = { name: 'x', group: 'apps', kind: 'daemonsets' };
  const gone = { status: 'Failure', reason: 'NotFound', code: 404, message: 'not found', details };
  it('believes a 404 that is about the very object', async () => {
    expect(await apiError('cluster-x', request, answer(404, status(gone)))).toMatchObject({
      code: 'cluster.not-found',
    });
  });

  it.each([
    ['no Status', '{"error":"not found"}'],
    ['a page', '<html>404</html>'],
    ['a Status without details', status({ ...gone, details: {} })],
    ['another name', status({ ...gone, details: { ...details, name: 'y' } })],
    ['another kind', status({ ...gone, details: { ...details, kind: 'pods' } })],
    ['another group', status({ ...gone, details: { ...details, group: 'other' } })],
    ['another reason', status({ ...gone, reason: 'Forbidden' })],
    ['another code', status({ ...gone, code: 200 })],
    ['success', status({ ...gone, status: 'Success' })],
    ['another version of Status', status({ ...gone, apiVersion: 'v2' })],
  ])('takes a 404 with %s for no answer of an API server', async (_title, body) => {
    expect(await apiError('cluster-x', request, answer(404, body))).toMatchObject({
      code: 'cluster.malformed',
    });
  });

  it('shows in short and masked what came, however much it is', async () => {
    const body = `{"error":"password: canary-secret ${'x'.repeat(1_000_000)}"}`;
    const { message } = await apiError('cluster-x', request, answer(404, body));
    expect(message.length).toBeLessThan(500);
    expect(message).not.toContain('canary-secret');
  });
});
