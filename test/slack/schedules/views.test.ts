import { describe, expect, it } from '@jest/globals';
import { compareSeen, seenAfter } from '../../../src/jobs/schedule/seen/compare-seen.js';
import { lookAt } from '../../../src/jobs/schedule/seen/look-at.js';
import { context } from '../../../src/slack/kit/blocks.js';
import { digestView } from '../../../src/slack/schedules/views/digest.js';
import { oneClusterView } from '../../../src/slack/schedules/views/one-cluster.js';
import { expectPicture } from '../../support/expect-golden.js';
import { plainText } from '../../support/read-message.js';
import { sampleClear, sampleFinding, sampleRun } from '../../support/sample-run.js';
import { expectSendable } from '../expect-sendable.js';

const foot = context('daily 09:00 Asia/Shanghai · ends with `/acknet unschedule all`');
const at = { fleetId: 'f', at: '2026-11-23T03:00:00Z' };
const nodes = (n: number, id: string) =>
  Array.from({ length: n }, (_, at) =>
    sampleFinding({
      id: `${id}-${at}.bad`,
      message: `Something of kind ${at} is wrong on nodes, in words that are rather long for a phone. And so on.`,
      about: { kind: 'Node', name: `cn-hangzhou.192.168.0.${at}` },
    }),
  );
const nameOf = (n: number) => `cluster-of-some-team-in-hangzhou-${n}`;

type Kind = 'healthy' | 'broken' | 'dark' | 'open' | 'other';
function look(cluster: string, kind: Kind, causes = 6) {
  const findings = nodes(causes, 'flannel-check');
  const unknown = {
    ...sampleClear('c'),
    outcome: 'unknown' as const,
    unknown: {
      code: 'cluster.timed-out' as const,
      detail: `${cluster}: could not read nodes: no answer within 15 s`,
    },
  };
  const beside = { ...sampleClear('c'), outcome: 'not-applicable' as const, reason: 'No Terway here.' };
  const clear = findings.map(({ check }) => sampleClear(check));
  const run = {
    healthy: sampleRun({ cluster, checks: clear, symptoms: [] }),
    broken: sampleRun({ cluster, findings, symptoms: [] }),
    dark: sampleRun({ cluster, checks: [unknown], symptoms: [] }),
    open: sampleRun({ cluster, checks: [...clear, unknown], symptoms: [] }),
    other: sampleRun({ cluster, checks: [beside], symptoms: [] }),
  }[kind];
  return lookAt({ cluster, runId: `run-${cluster}` }, run, []);
}

/** 150 clusters: which are how, before and now. */
function fleet(before: readonly Kind[], now: readonly Kind[], causes?: number) {
  const looks = (kinds: readonly Kind[]) =>
    Array.from({ length: 150 }, (_, n) => look(nameOf(n), kinds[n % kinds.length] ?? 'healthy', causes));
  const seen = seenAfter(undefined, looks(before), at);
  return digestView({ changes: compareSeen(seen, looks(now)), leftOut: [nameOf(999)], foot });
}

describe('the digest of a fleet', () => {
  it.each<[string, readonly Kind[], readonly Kind[]]>([
    ['all turned bad', ['healthy'], ['broken']],
    ['all mended', ['broken'], ['healthy']],
    ['all turned unreadable', ['healthy'], ['dark']],
    ['all as bad as before', ['broken'], ['broken']],
    [
      'all sorts of changes',
      ['healthy', 'broken', 'dark', 'open'],
      ['broken', 'healthy', 'dark', 'dark', 'open'],
    ],
  ])('is one message that Slack takes, with 150 clusters where %s', (_what, before, now) => {
    expectSendable(fleet(before, now, 12));
  });

  it('never counts a cluster as healthy that was not read whole, and names each that was not read', () => {
    const text = plainText(fleet(['healthy'], ['healthy', 'dark', 'open', 'broken', 'healthy', 'healthy']));
    expect(text).toContain('75 healthy');
    expect(text).toMatch(
      /Nothing found, but not everything could be told: cluster-of-some-team-in-hangzhou-2,/,
    );
    for (let n = 1; n < 150; n += 6) expect(text).toContain(`${nameOf(n)}`);
  });

  it('is green only where every cluster is healthy', () => {
    expect(plainText(fleet(['broken'], ['healthy']))).toContain(':large_green_circle: *900 mended*');
    expect(plainText(fleet(['broken'], ['healthy', 'broken']))).toContain(':white_check_mark: *');
    expect(plainText(fleet(['healthy'], ['healthy', 'open']))).toContain(':large_yellow_circle: *');
  });

  it.each<[readonly Kind[], string]>([
    [['healthy', 'other'], ':large_green_circle: *No problem on any of 75 clusters*'],
    [['other'], ':heavy_minus_sign: *Applies to none of 150 clusters*'],
    [['other', 'open'], ':large_yellow_circle: *Nothing changed*'],
  ])('calls a cluster that the checks do not apply to neither healthy nor open: %j', (kinds, head) => {
    const text = plainText(fleet(kinds, kinds));
    expect(text).toContain(head);
    expect(text).toMatch(/:heavy_minus_sign: Does not apply to: .*cluster-of-some-team/);
    expect(text).not.toContain('150 healthy');
  });

  it('longest, as wide as a phone', () => {
    const kinds: Kind[] = ['broken', 'healthy', 'dark', 'healthy', 'open'];
    expectPicture('test/slack/schedules/golden/digest-longest.45.txt', [
      fleet(['healthy', 'broken', 'dark', 'dark', 'healthy', 'broken', 'healthy'], kinds),
    ]);
  });

  it('shortest, as wide as a phone', () => {
    const looks = ['cluster-x', 'cluster-y', 'cluster-z'].map((name) => look(name, 'healthy'));
    const changes = compareSeen(seenAfter(undefined, looks, at), looks);
    expectPicture('test/slack/schedules/golden/digest-shortest.45.txt', [
      digestView({ changes, leftOut: [], foot }),
    ]);
  });
});

describe('the message of one cluster', () => {
  const view = (before: Kind | undefined, now: Kind, causes?: number) => {
    const seen = before && seenAfter(undefined, [look('cluster-x', before, causes)], at);
    const [change] = compareSeen(seen, [look('cluster-x', now, causes)]).clusters;
    if (change === undefined) throw new TypeError('no change');
    return oneClusterView(change, foot);
  };

  it.each<[Kind | undefined, Kind, string]>([
    [undefined, 'healthy', ':large_green_circle: *cluster-x, first scheduled check: no problem found*'],
    [
      undefined,
      'other',
      ':heavy_minus_sign: *cluster-x, first scheduled check: the check does not apply: No Terway here*',
    ],
    ['other', 'other', ':heavy_minus_sign: *cluster-x: nothing changed, the check does not apply'],
    [undefined, 'broken', ':red_circle: *cluster-x, first scheduled check: 6 causes*'],
    [
      undefined,
      'dark',
      ':large_yellow_circle: *cluster-x, first scheduled check: could not be read: cluster-x: could',
    ],
    ['healthy', 'broken', ':red_circle: *cluster-x: 6 new causes*'],
    ['broken', 'healthy', ':large_green_circle: *cluster-x: 6 mended, no problem found*'],
    ['broken', 'dark', ':large_yellow_circle: *cluster-x: could not be read*'],
    ['dark', 'dark', ':large_yellow_circle: *cluster-x: nothing changed, could not be read*'],
    ['broken', 'broken', ':red_circle: *cluster-x: nothing changed, 6 still there*'],
    ['broken', 'open', ':large_yellow_circle: *cluster-x: 6 mended, 1 check could not tell*'],
    ['dark', 'healthy', ':large_green_circle: *cluster-x: readable again, no problem found*'],
  ])('%s, then %s', (before, now, head) => {
    const message = view(before, now);
    expectSendable(message);
    expect(plainText(message)).toContain(head);
  });

  it('longest, as wide as a phone', () => {
    expectPicture('test/slack/schedules/golden/one-longest.45.txt', [view('healthy', 'broken', 30)]);
  });
});
