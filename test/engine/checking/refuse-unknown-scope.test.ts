import { describe, expect, it } from '@jest/globals';
import type { ClusterReader, JsonObject } from '../../../src/cluster/ports.js';
import { refuseUnknownScope } from '../../../src/engine/checking/refuse-unknown-scope.js';
import type { RunScope } from '../../../src/engine/checking/run-scope.js';
import { node } from '../../support/kube-objects.js';
import { pod } from '../../support/terway-objects.js';
import { readerOf } from '../../support/reader-of.js';

const namespace = (name: string): JsonObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const objects = [
  node('cn-hangzhou.10.0.0.1'),
  namespace('shop'),
  namespace('kube-system'),
  pod('web-7d9f', { ip: '10.0.40.12' }),
];
const named = (from: string): RunScope => ({
  namespaces: [],
  path: { from, to: '10.0.3.7', protocol: 'icmp' },
});
const asked = (scope: RunScope, forbidden: readonly string[] = []) => {
  const reader = (): ClusterReader => readerOf({ objects, forbidden });
  const { signal } = new AbortController();
  return refuseUnknownScope({ access: { name: 'cluster-x', reader }, scope, signal });
};

describe('a scope', () => {
  it.each<[string, RunScope]>([
    ['of the whole cluster', { namespaces: [] }],
    ['of a node that is there', { namespaces: [], node: 'cn-hangzhou.10.0.0.1' }],
    ['of namespaces that are there', { namespaces: ['shop', 'kube-system'] }],
    ['of a pod that is there', named('shop/web-7d9f')],
  ])('%s is taken', async (_what, scope) => {
    await expect(asked(scope)).resolves.toBeUndefined();
  });

  it.each<[string, RunScope, string, string]>([
    [
      'node',
      { namespaces: [], node: 'cn-hangzhou.10.0.0.11' },
      'node "cn-hangzhou.10.0.0.11"',
      'cn-hangzhou.10.0.0.1',
    ],
    [
      'namespace among others',
      { namespaces: ['shop', 'kube-sytem'] },
      'namespace "kube-sytem"',
      'kube-system',
    ],
    ['pod', named('shop/web-7d9'), 'pod "shop/web-7d9"', 'Did you mean shop/web-7d9f?'],
    ['namespace of a pod', named('shpo/web-7d9f'), 'namespace "shpo"', 'Did you mean shop?'],
    [
      'namespace like no other',
      { namespaces: ['qqqqqqqq'] },
      'namespace "qqqqqqqq"',
      'kubectl get namespaces',
    ],
  ])('that names an unknown %s is refused', async (_what, scope, what, hint) => {
    await expect(asked(scope)).rejects.toMatchObject({
      code: 'usage.invalid',
      message: `cluster-x has no ${what}, so nothing was checked.`,
      hint: expect.stringContaining(hint),
    });
  });

  it('is taken where it cannot be looked up', async () => {
    await expect(asked({ namespaces: ['shpo'] }, ['namespaces'])).resolves.toBeUndefined();
    await expect(asked(named('shop/wbe'), ['pods'])).resolves.toBeUndefined();
  });
});
