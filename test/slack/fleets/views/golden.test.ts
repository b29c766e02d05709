import { describe, expect, it } from '@jest/globals';
import type { FleetRow } from '../../../../src/jobs/fleet/fleet-row.js';
import type { FleetJob } from '../../../../src/jobs/queues/payloads.js';
import { fleetProgressView, fleetResultView } from '../../../../src/slack/fleets/views/fleet.js';
import { expectPicture } from '../../../support/expect-golden.js';
import { expectSendable, messagesOf } from '../../expect-sendable.js';

const LONG = 'production-of-the-shop-in-hangzhou-and-its-replica-in-shanghai';
const row = (cluster: string, outcome: FleetRow['outcome'], more: Partial<FleetRow> = {}): FleetRow => ({
  ...{ cluster, runId: `run-${cluster}`, outcome, advice: 0, muted: 0, unread: 0, problems: 0, ...more },
});

const shortest = [row('cluster-x', 'clear')];
/** Every kind of line, with all that may stand in it. */
const longest = [
  ...Array.from({ length: 45 }, (_, n) =>
    row(`${LONG}-${n}`, 'found', {
      ...{ problems: 45 - n, advice: 3, muted: 2, unread: 4, words: `${45 - n} causes, 120 symptoms` },
      detail: 'Flannel’s config lacks cniVersion: 3 of 5 nodes without network',
    }),
  ),
  row(`${LONG}-u`, 'unknown', { detail: 'the API server did not answer within 10 s (connect ECONNREFUSED)' }),
  row(`${LONG}-m`, 'clear', { muted: 2 }),
  ...Array.from({ length: 12 }, (_, n) => row(`quiet-${n}`, 'clear', { advice: 1 })),
  row(`${LONG}-n`, 'not-applicable', { detail: 'Flannel does not run in this cluster.' }),
];
const leftOut = [{ name: `${LONG}-v`, why: 'Only askers of this cluster may.' }];

const fleetOf = (
  rows: readonly FleetRow[],
  checks: readonly string[],
  out: readonly FleetJob['leftOut'][number][],
): FleetJob => ({
  fleetId: 'fleet-1',
  checks: [...checks],
  clusters: rows.map(({ cluster, runId }) => ({ name: cluster, runId })),
  leftOut: [...out],
  requestedBy: { user: 'U0ANA', team: 'T0HOME' },
  channel: 'C0OPS',
  startedAt: '2026-11-24T03:00:00Z',
});

describe('as they were looked at and found good, as wide as a phone:', () => {
  it.each([
    ['check-all-shortest', shortest, [], []],
    ['check-all-longest', longest, [], leftOut],
    ['fleet-shortest', shortest, ['flannel-cni-version'], []],
    ['fleet-longest', longest, ['flannel-cni-version', 'flannel-version', 'flannel-hairpin'], leftOut],
  ] as const)('%s', (name, rows, checks, out) => {
    const posting = fleetResultView(fleetOf(rows, checks, out), rows);
    expectSendable(...messagesOf(posting));
    expectPicture(`test/slack/golden/${name}.45.txt`, [posting.first, ...posting.more.slice(0, 1)]);
  });

  it('a fleet under way', () => {
    const [first, ...rest] = longest;
    const rows = first === undefined ? [] : [first];
    const view = fleetProgressView(fleetOf([...rows, ...rest], [], []), rows);
    expect(view.text).toContain('1 of 60 clusters done');
    expectPicture('test/slack/golden/fleet-progress.45.txt', [view]);
  });
});
