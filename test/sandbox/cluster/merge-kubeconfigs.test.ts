import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { kubeconfigFor } from '../../../sandbox/cluster/kubeconfig.js';
import { mergeKubeconfigs } from '../../../sandbox/cluster/merge-kubeconfigs.js';

describe('mergeKubeconfigs', () => {
  it('keeps a context, a server and a token for each cluster, the first one current', () => {
    const file = (name: string) =>
      kubeconfigFor({ name, url: `https://127.0.0.1/${name}`, token: `t-${name}`, ca: 'ca' });
    const merged = parse(mergeKubeconfigs([file('a'), file('b')]));
    expect(merged['current-context']).toBe('a');
    expect(merged.contexts.map(({ context }: { context: object }) => context)).toEqual([
      { cluster: 'a', user: 'a' },
      { cluster: 'b', user: 'b' },
    ]);
    expect(merged.users.map(({ user }: { user: { token: string } }) => user.token)).toEqual(['t-a', 't-b']);
    expect(merged.clusters.map(({ cluster }: { cluster: { server: string } }) => cluster.server)).toEqual([
      'https://127.0.0.1/a',
      'https://127.0.0.1/b',
    ]);
  });
});
