import { describe, expect, it } from '@jest/globals';
import { clusterToTry } from '../../../src/slack/commands/visible-clusters.js';

const many = Array.from({ length: 45 }, (_, at) => `cluster-${at + 1}`);
const channels = { C0VAULT: { cluster: 'vault' }, C0OPEN: { cluster: 'open' } } as never;

interface Case {
  readonly names: readonly string[];
  readonly channel: string;
  readonly may: readonly string[];
  readonly shown: string | undefined;
}

describe('the cluster that help shows', () => {
  const named = ['first', 'vault', 'open'];
  it.each<[string, Case]>([
    ["is the channel's", { names: named, channel: 'C0OPEN', may: ['first', 'open'], shown: 'open' }],
    [
      "is another where the channel's is not for them",
      { names: named, channel: 'C0VAULT', may: ['open'], shown: 'open' },
    ],
    [
      'is the first of those they may have checked',
      { names: named, channel: 'C0', may: ['vault', 'open'], shown: 'vault' },
    ],
    ['is found behind many others', { names: many, channel: 'C0', may: ['cluster-45'], shown: 'cluster-45' }],
    [
      'is found at the start of a further round',
      { names: many, channel: 'C0', may: ['cluster-21'], shown: 'cluster-21' },
    ],
    [
      'is none only where they may have none checked',
      { names: many, channel: 'C0VAULT', may: [], shown: undefined },
    ],
  ])('%s', async (_name, { names, channel, may, shown }) => {
    const ports = {
      approvals: {
        allows: async (_action: string, _who: unknown, cluster: string) =>
          may.includes(cluster) ? { ok: true as const } : { ok: false as const, reason: 'no' },
      },
      clusters: { names },
      config: { channels },
    };
    const who = { user: 'U0ANA', team: 'T0HOME' };
    expect(await clusterToTry(ports as never, { who, channel })).toBe(shown);
  });
});
