import { describe, expect, it } from '@jest/globals';
import type { FleetRow } from '../../../../src/jobs/fleet/fleet-row.js';
import type { FleetJob } from '../../../../src/jobs/queues/payloads.js';
import { fleetProgressView, fleetResultView } from '../../../../src/slack/fleets/views/fleet.js';
import type { Posting } from '../../../../src/slack/kit/message.js';
import { actionsOf, plainText } from '../../../support/read-message.js';
import { expectSendable, hostile, messagesOf } from '../../expect-sendable.js';

const many = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));
/** None is the beginning of another. */
const nameOf = (n: number) => `cluster-${'x'.repeat(40)}-${String(n).padStart(4, '0')}`;
const outcomes = ['found', 'unknown', 'clear', 'not-applicable'] as const;
const row = (cluster: string, outcome: FleetRow['outcome'], more: Partial<FleetRow> = {}): FleetRow => ({
  ...{ cluster, runId: `run-${cluster}`, outcome, advice: 0, muted: 0, unread: 0, ...more },
  problems: more.problems ?? (outcome === 'found' ? 1 : 0),
});
const fleetOf = (rows: readonly FleetRow[], more: Partial<FleetJob> = {}): FleetJob => ({
  fleetId: 'fleet-1',
  checks: ['a-check'],
  clusters: rows.map(({ cluster, runId }) => ({ name: cluster, runId })),
  leftOut: [],
  requestedBy: { user: 'U0ASKER', team: 'T0HOME' },
  channel: 'C0OPS',
  startedAt: '2026-11-24T03:00:00Z',
  ...more,
});
const resultOf = (rows: readonly FleetRow[], more: Partial<FleetJob> = {}) =>
  fleetResultView(fleetOf(rows, more), rows);
const everything = (posting: Posting): string =>
  [...messagesOf(posting).map(plainText), ...posting.files.map(({ content }) => content)].join('\n');

describe('the headline of a fleet', () => {
  const found = row('a', 'found');
  const unknown = row('b', 'unknown', { detail: 'no route' });
  const clear = row('c', 'clear');
  const none = row('d', 'not-applicable', { detail: 'Flannel does not run in this cluster.' });
  it.each([
    ['found', [clear, found, unknown], 'a-check: found on 1 of 3 clusters (a). 1 found, 1 unknown, 1 clear'],
    ['unknown', [clear, unknown], 'a-check: found on none, but unknown on 1 of 2 clusters.'],
    ['nothing readable', [unknown, unknown], 'a-check: could not be told of any of 2 clusters.'],
    [
      'cancelled before any was read',
      [{ ...unknown, cancelled: true }],
      'a-check: cancelled before anything was known of 1 cluster.',
    ],
    ['clear', [clear, none], 'a-check: found on none of 2 clusters.'],
    [
      'muted',
      [row('c', 'clear', { muted: 2 })],
      'a-check: found on none of 1 cluster, besides what is muted',
    ],
    ['not applicable', [none], 'a-check: applies to none of 1 cluster.'],
    [
      'cancelled',
      [clear, { ...unknown, cancelled: true }],
      'a-check: cancelled; found on none of 2 clusters so far',
    ],
    [
      'cancelled after a find',
      [found, { ...unknown, cancelled: true }],
      'a-check: found on 1 of 2 clusters, cancelled early',
    ],
  ])('says the outcome first: %s', (_what, rows, text) => {
    expect(resultOf(rows).first.text).toContain(text);
  });

  it('names what was looked for when it was more than a line holds', () => {
    const posting = resultOf([clear], { checks: ['a', 'b', 'c', 'd'] });
    expect(posting.first.text).toMatch(/^4 checks: /);
    expect(plainText(posting.first)).toContain('Checks: `a`, `b`, `c`, `d`');
  });
});

describe('the clusters of a fleet', () => {
  it('stand worst first, each found one with a button for its whole check', () => {
    const rows = [
      row('d', 'not-applicable', { detail: 'No Flannel.' }),
      row('c', 'clear', { advice: 1, beside: 2 }),
      row('b', 'unknown', { detail: 'no route' }),
      row('a', 'found', { detail: 'No cniVersion.', unread: 1 }),
      row('z', 'found', { problems: 3, detail: 'No hairpin.' }),
    ];
    const { first } = resultOf(rows);
    expect(plainText(first).match(/\*([a-z])\* · .*/g)).toEqual([
      '*z* · 3 problems, the worst: No hairpin.',
      '*a* · 1 problem: No cniVersion (1 check could not tell)',
      '*b* · unknown: no route',
      '*c* · clear (1 advice, besides 2 symptoms this does not explain)',
      '*d* · not applicable: No Flannel.',
    ]);
    expect(actionsOf(first)).toEqual(['fleet_open', 'fleet_open']);
    expect(JSON.stringify(first.blocks)).toContain('run-z');
  });

  it.each([
    ['Terway does not run in this cluster.', 9, ': Terway does not run in this cluster (besides 9 symptoms'],
    ['Terway does not run in this cluster.', 0, ': Terway does not run in this cluster.'],
    ['The log ends in "…wait..."', 9, ': The log ends in "…wait..." (besides 9 symptoms'],
    ['It is cut here...', 9, ': It is cut here... (besides 9 symptoms'],
    [undefined, 9, ' (besides 9 symptoms'],
  ])('go on in a bracket with what they said, without its full stop: %s', (detail, beside, expected) => {
    const { first } = resultOf([row('a', 'not-applicable', { detail, beside })]);
    expect(
      plainText(first)
        .match(/\*a\* · not applicable(.*)/)?.[1]
        ?.startsWith(expected),
    ).toBe(true);
    expect(plainText(first)).not.toMatch(/[^.]\. \(/);
  });

  it('that nobody may ask about are named, with the reason', () => {
    const posting = resultOf([row('a', 'clear')], { leftOut: [{ name: 'vault', why: 'Only askers may.' }] });
    expect(plainText(posting.first)).toContain('*vault* · left out: Only askers may.');
  });

  it.each([
    ['of each outcome', (n: number) => row(nameOf(n), outcomes[n % 4] ?? 'clear', { detail: `why ${n}` })],
    ['all with it', (n: number) => row(nameOf(n), 'found', { detail: hostile.repeat(9) })],
    [
      'all unreadable, each for a reason of its own',
      (n: number) => row(nameOf(n), 'unknown', { detail: `${n} ${hostile.repeat(14)}` }),
    ],
    ['all clear', (n: number) => row(nameOf(n), 'clear')],
    ['all muted', (n: number) => row(nameOf(n), 'clear', { muted: 3, detail: hostile })],
  ])('are all there when 200 are %s, in messages that Slack takes', (_what, make) => {
    const rows = many(200, make);
    const posting = resultOf(rows, { leftOut: many(200, (n) => ({ name: nameOf(n + 500), why: hostile })) });
    expectSendable(...messagesOf(posting));
    const text = everything(posting);
    for (const n of [...many(200, (m) => m), ...many(200, (m) => m + 500)]) expect(text).toContain(nameOf(n));
    expectSendable(fleetProgressView(fleetOf(rows), rows));
  });

  it('beyond what a thread bears are in a file, which the thread names', () => {
    const rows = many(1000, (n) => row(nameOf(n), 'found', { detail: hostile.repeat(9) }));
    const posting = resultOf(rows);
    expectSendable(...messagesOf(posting));
    expect(posting.more.length).toBeLessThan(12);
    expect(posting.more.at(-1)?.text).toContain(posting.files[0]?.name);
    const text = everything(posting);
    for (const { cluster } of rows) expect(text).toContain(cluster);
  });

  it('that say the same share a line when they are many', () => {
    const { first, more } = resultOf(many(120, (n) => row(`c${n}`, 'clear')));
    expect(more).toEqual([]);
    expect(first.blocks.length).toBeLessThan(6);
    expect(plainText(first)).toContain('clear: c0, c1, c2');
  });
});

describe('a fleet under way', () => {
  it('says how many are done, what is known, and who is still to come, with a way to stop it', () => {
    const rows = [row('a', 'found', { detail: 'No cniVersion.' })];
    const fleet = fleetOf([...rows, row('b', 'clear'), row('c', 'clear')]);
    const message = fleetProgressView(fleet, rows);
    expect(message.text).toBe('Looking for a-check: 1 of 3 clusters done.');
    expect(plainText(message)).toContain('*a* · 1 problem: No cniVersion.');
    expect(plainText(message)).toContain('Still to come: b, c.');
    expect(actionsOf(message)).toContain('fleet_cancel');
  });

  it('only counts who is still to come when they are many', () => {
    expect(plainText(fleetProgressView(fleetOf(many(30, (n) => row(`c${n}`, 'clear'))), []))).toContain(
      '30 still to come.',
    );
  });
});
