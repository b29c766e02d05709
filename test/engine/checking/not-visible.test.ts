import { describe, expect, it } from '@jest/globals';
import { checks as catalogue } from '../../../src/checks/index.js';
import type { NetworkPlugin } from '../../../src/cluster/identity/identity.js';
import { notVisibleIn } from '../../../src/engine/checking/check-report.js';
import { sampleClear } from '../../support/sample-run.js';

const entries = [
  { id: 'vswitch-ip-exhausted', area: 'terway', blind: 'See the VPC console.' },
  { id: 'pod-self-access', area: 'flannel', blind: 'See the Service.' },
  { id: 'conntrack-limit', area: 'kube-proxy', blind: 'See dmesg.' },
  { id: 'kube-proxy-config', area: 'kube-proxy' },
];
const known = (name: 'terway' | 'flannel' | 'terway+flannel'): NetworkPlugin => ({ known: true, name });
const unread: NetworkPlugin = { known: false, code: 'cluster.forbidden', detail: 'may not list' };
const whole = catalogue.map(({ id }) => sampleClear(id));

const idsIn = (plugin: NetworkPlugin, checks = whole): readonly string[] =>
  notVisibleIn({ identity: { plugin, flavor: 'managed', dualStack: false }, checks }, entries).map(
    ({ entry }) => entry.id,
  );

describe('what a run could not see', () => {
  it.each([
    ['terway', known('terway'), ['vswitch-ip-exhausted', 'conntrack-limit']],
    ['flannel', known('flannel'), ['pod-self-access', 'conntrack-limit']],
    ['both', known('terway+flannel'), ['vswitch-ip-exhausted', 'pod-self-access', 'conntrack-limit']],
    ['nobody knows what', unread, ['vswitch-ip-exhausted', 'pod-self-access', 'conntrack-limit']],
  ] as const)('is nothing of the plugin that does not run: %s runs', (_name, plugin, ids) => {
    expect(idsIn(plugin)).toEqual(ids);
  });

  it('is nothing that the checks asked for are not about', () => {
    const asked = [{ ...sampleClear('conntrack-limit'), intents: ['conntrack-limit'] }];
    expect(idsIn(known('flannel'), asked)).toEqual(['conntrack-limit']);
  });
});
