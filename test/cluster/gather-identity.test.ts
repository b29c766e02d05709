import { describe, expect, it } from '@jest/globals';
import { gatherIdentity } from '../../src/cluster/identity/gather-identity.js';
import { isCertainly } from '../../src/cluster/identity/identity.js';
import type { JsonObject } from '../../src/cluster/ports.js';
import { configMap, fixture, node } from '../support/kube-objects.js';
import { readerOf } from '../support/reader-of.js';

const terway = fixture('01-daemonset-terway-eniip');
const stack = (ip_stack: string): JsonObject =>
  configMap('eni-config', { eni_conf: JSON.stringify({ ip_stack }) });
const dualNode: JsonObject = {
  ...node('n1'),
  status: { addresses: [{ type: 'InternalIP', address: 'fd00::4' }] },
};

describe('whether a cluster is dual stack', () => {
  it.each([
    {
      case: 'is what the cluster profile says',
      objects: [configMap('ack-cluster-profile', { ipStack: 'dual' }), stack('ipv4')],
      is: true,
    },
    { case: 'is what Terway is set to', objects: [stack('dual'), node('n1')], is: true },
    { case: 'is seen at the nodes', objects: [terway, dualNode], is: true },
    { case: 'is denied where no setting and no node says so', objects: [terway, node('n1')], is: false },
    { case: 'is not known without a node', objects: [terway], is: 'unknown' },
    {
      case: 'is not known where the settings may not be read',
      objects: [stack('dual'), node('n1')],
      forbidden: ['configmaps'],
      is: 'unknown',
    },
    {
      case: 'is not known where one of the settings may not be read',
      objects: [configMap('ack-cluster-profile', {}), stack('dual'), node('n1')],
      forbidden: ['configmaps/eni-config'],
      is: 'unknown',
    },
    {
      case: 'is not known where the profile may not be read, whatever Terway is set to',
      objects: [configMap('ack-cluster-profile', { ipStack: 'dual' }), stack('ipv4'), node('n1')],
      forbidden: ['configmaps/ack-cluster-profile'],
      is: 'unknown',
    },
    {
      case: 'is seen at the nodes, whatever may not be read',
      objects: [dualNode],
      forbidden: ['configmaps'],
      is: true,
    },
  ])('$case', async ({ objects, forbidden = [], is }) => {
    expect((await gatherIdentity(readerOf({ objects, forbidden }))).dualStack).toBe(is);
  });
});

describe('which plugin runs', () => {
  it('is not known where DaemonSets may not be read, and says why', async () => {
    const { plugin } = await gatherIdentity(readerOf({ objects: [terway], forbidden: ['daemonsets'] }));
    expect(plugin).toEqual({ known: false, code: 'cluster.forbidden', detail: 'may not list daemonsets' });
  });

  it('cannot be compared with a name before it is known', async () => {
    const { plugin } = await gatherIdentity(readerOf({ objects: [terway] }));
    // @ts-expect-error: an unread plugin would pass for "not Flannel"
    expect(plugin === 'flannel').toBe(false);
    // @ts-expect-error: there is no name where it is not known
    expect(plugin.name).toBe('terway');
    expect(isCertainly(plugin, 'terway')).toBe(true);
  });
});
