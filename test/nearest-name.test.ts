import { describe, expect, it } from '@jest/globals';
import { checks } from '../src/checks/index.js';
import { nearestName } from '../src/nearest-name.js';
import { remediations } from '../src/remediations/index.js';
import { commandNames } from '../src/slack/commands/command-table.js';

const clusters = ['cluster-x', 'cluster-y', 'prod', 'prod-eu', 'staging', 'hz-payments', 'bj-edge-01'];
const lists: Record<string, readonly string[]> = {
  clusters,
  commands: commandNames,
  checks: checks.map(({ id }) => id),
  remediations: remediations.map(({ id }) => id),
  schedulers: ['rr', 'wrr', 'lc', 'wlc', 'sh', 'dh'],
};

describe.each([
  ['clusters', 'clustr-x', 'cluster-x'],
  ['clusters', 'cluster_x', 'cluster-x'],
  ['clusters', 'clsuter-y', 'cluster-y'],
  ['clusters', 'clusterx', 'cluster-x'],
  ['clusters', 'CLUSTER-Y', 'cluster-y'],
  ['clusters', 'stagging', 'staging'],
  ['clusters', 'stgaing', 'staging'],
  ['clusters', 'payments', 'hz-payments'],
  ['clusters', 'hz-paymnets', 'hz-payments'],
  ['clusters', 'prd', 'prod'],
  ['clusters', 'pord', 'prod'],
  ['clusters', 'prod-ue', 'prod-eu'],
  ['clusters', 'prodeu', 'prod-eu'],
  ['clusters', 'bjedge01', 'bj-edge-01'],
  ['commands', 'chekc', 'check'],
  ['commands', 'chck', 'check'],
  ['commands', 'hlep', 'help'],
  ['commands', 'histroy', 'history'],
  ['commands', 'flet', 'fleet'],
  ['commands', 'mtue', 'mute'],
  ['commands', 'clusteres', 'clusters'],
  ['checks', 'conntrack', 'conntrack-limit'],
  ['checks', 'contrack-limit', 'conntrack-limit'],
  ['checks', 'flannel-cniversion', 'flannel-cni-version'],
  ['checks', 'hostport', 'host-port'],
  ['remediations', 'enable-flanel-hairpin', 'enable-flannel-hairpin'],
  ['remediations', 'restart-flanel', 'restart-flannel'],
  ['schedulers', 'rw', undefined],
  ['schedulers', 'wrrr', 'wrr'],
  ['schedulers', 'lcw', 'lc'],
])('among the %s the slip "%s"', (list, slip, meant) => {
  it(`means ${meant}`, () => {
    expect(nearestName(slip, lists[list] ?? [])).toBe(meant);
  });
});

describe.each([
  'please',
  'banana',
  'everything',
  'terraform',
  'yesterday',
  'kubectl',
  'invoice',
  'thanks',
  'is',
  'a',
  '',
])('the stray word "%s"', (word) => {
  it.each(['clusters', 'commands', 'remediations'])('means none of the %s', (list) => {
    expect(nearestName(word, lists[list] ?? [])).toBeUndefined();
  });
});

describe('the nearest name', () => {
  it('is the shorter one where two hold the word', () => {
    expect(nearestName('payment', ['hz-payments-staging', 'hz-payments'])).toBe('hz-payments');
  });

  it('is found at once for any length of word', () => {
    expect(nearestName('cluster-x'.repeat(10_000), clusters)).toBeUndefined();
  });

  it('is none where nothing is known', () => {
    expect(nearestName('prod', [])).toBeUndefined();
  });
});
