import { describe, expect, it } from '@jest/globals';
import type { CheckResult } from '../../../src/engine/checking/check-run.js';
import { compareSeen, isNews, seenAfter } from '../../../src/jobs/schedule/seen/compare-seen.js';
import { lookAt } from '../../../src/jobs/schedule/seen/look-at.js';
import type { Seen } from '../../../src/jobs/schedule/seen/seen.js';
import { sampleClear, sampleFinding, sampleRun } from '../../support/sample-run.js';

type Finding = ReturnType<typeof sampleFinding>;

const node = (id: string, name: string): Finding => sampleFinding({ id, about: { kind: 'Node', name } });
const pod = (id: string, name: string): Finding =>
  sampleFinding({ id, about: { kind: 'Pod', namespace: 'default', name } });
const unknown = (id: string, detail = 'timed out'): CheckResult => ({
  ...sampleClear(id),
  outcome: 'unknown',
  unknown: { code: 'cluster.timed-out', detail },
});
/** What it found it found, but not everywhere could it look. */
const partly = (...findings: readonly Finding[]): CheckResult => ({
  ...sampleClear('a'),
  outcome: 'found',
  findings,
  unknown: { code: 'cluster.timed-out', detail: 'one node' },
});

interface Step {
  readonly findings?: readonly Finding[];
  readonly checks?: readonly CheckResult[];
  readonly muted?: readonly string[];
  /** The check of the cluster did not run at all. */
  readonly lost?: true;
}

function look({ findings = [], checks = [], muted = [], lost }: Step) {
  const run = sampleRun({ findings, checks, symptoms: [] });
  const mutes = muted.map((finding) => ({
    ...{ cluster: 'cluster-x', finding, reason: 'known', by: { user: 'U0BO', team: 'T0HOME' } },
    ...{ at: '2026-11-24T03:00:00Z', until: '2026-12-24T03:00:00Z' },
  }));
  return lookAt(
    { cluster: 'cluster-x', runId: 'run', detail: 'no route to host' },
    lost ? undefined : run,
    mutes,
  );
}

/** What each run in turn has to say. */
function tell(steps: readonly Step[]) {
  let seen: Seen | undefined;
  return steps.map((step, n) => {
    const looks = [look(step)];
    const changes = compareSeen(seen, looks);
    seen = seenAfter(seen, looks, { fleetId: `fleet-${n}`, at: `2026-11-2${n}T03:00:00Z` });
    const [change] = changes.clusters;
    return [
      ...(n === 0 ? ['first'] : []),
      ...(change?.fresh ?? []).map(
        ({ findings }) => `new ${findings.map(({ about }) => about.name).join('+')}`,
      ),
      ...(change?.mended ?? []).map((group) => `mended ${group[0]?.cause} x${group.length}`),
      ...(change?.turnedDark ? ['dark'] : []),
      ...(change?.readAgain ? ['readable'] : []),
      ...(change?.blind.length ? [`blind ${change.blind.map(({ check }) => check).join('+')}`] : []),
      ...(change?.still ? [`(still ${change.still})`] : []),
      ...(isNews(changes) ? [] : ['silence']),
    ].join(', ');
  });
}

const clear = [sampleClear('a'), sampleClear('b')];
const [a1, a2, b1] = [node('a.bad', 'n1'), node('a.bad', 'n2'), node('b.bad', 'n1')];

describe('what a schedule has to tell', () => {
  it.each<[string, readonly Step[], readonly string[]]>([
    [
      'new, then silence, then mended, then silence',
      [{ checks: clear }, { findings: [a1] }, { findings: [a1] }, { checks: clear }, { checks: clear }],
      ['first', 'new n1', '(still 1), silence', 'mended a.bad x1', 'silence'],
    ],
    [
      'one more object of a cause that is there already, alone',
      [{ findings: [a1] }, { findings: [a1, a2] }, { findings: [a2] }],
      ['first, new n1', 'new n2', 'mended a.bad x1, (still 1)'],
    ],
    [
      'another cause beside one that stays',
      [{ findings: [a1] }, { findings: [a1, b1] }],
      ['first, new n1', 'new n1, (still 1)'],
    ],
    [
      'of a check that cannot tell, that it cannot, and never that what it found is mended',
      [
        { findings: [a1] },
        { checks: [unknown('a'), sampleClear('b')] },
        { checks: [unknown('a'), sampleClear('b')] },
        { findings: [a1] },
        { checks: clear },
      ],
      ['first, new n1', 'blind a', 'silence', '(still 1), silence', 'mended a.bad x1'],
    ],
    [
      'of a check that could look at a part, nothing of the rest',
      [{ findings: [a1, a2] }, { checks: [partly(a1)] }, { findings: [a1] }],
      ['first, new n1+n2', '(still 1), silence', 'mended a.bad x1, (still 1)'],
    ],
    [
      'of a cluster that nothing can be read of, that once, and what was mended meanwhile afterwards',
      [
        { findings: [a1] },
        { checks: [unknown('a'), unknown('b')] },
        { checks: [unknown('a'), unknown('b')] },
        { checks: clear },
      ],
      ['first, new n1', 'dark', 'silence', 'mended a.bad x1, readable'],
    ],
    [
      'of a check that did not run at all, as of a cluster that cannot be read',
      [{ findings: [a1] }, { lost: true }, { lost: true }, { findings: [a1] }],
      ['first, new n1', 'dark', 'silence', 'readable, (still 1)'],
    ],
    [
      'nothing of what somebody muted, and it again once that has ended',
      [{ findings: [a1] }, { findings: [a1], muted: ['a.bad'] }, { findings: [a1] }],
      ['first, new n1', 'silence', 'new n1'],
    ],
    [
      'nothing of pods that follow each other under new names',
      [{ findings: [pod('a.bad', 'web-1')] }, { findings: [pod('a.bad', 'web-2')] }, { checks: clear }],
      ['first, new web-1', '(still 1), silence', 'mended a.bad x1'],
    ],
    [
      'what was broken twice, twice',
      [{ checks: clear }, { findings: [a1] }, { checks: clear }, { findings: [a1] }],
      ['first', 'new n1', 'mended a.bad x1', 'new n1'],
    ],
    ['no advice', [{ checks: clear }, { findings: [{ ...a1, severity: 'advice' }] }], ['first', 'silence']],
  ])('%s', (_what, steps, expected) => {
    expect(tell(steps)).toEqual(expected);
  });

  it('names clusters that are no longer looked at, those left out apart', () => {
    const seen = seenAfter(
      undefined,
      [
        { ...look({}), cluster: 'gone' },
        { ...look({}), cluster: 'out' },
      ],
      {
        ...{ fleetId: 'f', at: '2026-11-20T03:00:00Z' },
      },
    );
    const changes = compareSeen(seen, [], ['out']);
    expect(changes.gone).toEqual(['gone']);
    expect(isNews(changes)).toBe(true);
  });
});

it('of a cluster that was left out once it is not all news again, and what ended meanwhile is told', () => {
  const run = (n: number) => ({ fleetId: `fleet-${n}`, at: `2026-11-2${n}T03:00:00Z` });
  const first = seenAfter(undefined, [look({ findings: [a1, b1], checks: clear })], run(1));
  const without = seenAfter(first, [], { ...run(2), leftOut: ['cluster-x'] });
  const [change] = compareSeen(without, [look({ findings: [a1], checks: clear })]).clusters;
  expect(change).toMatchObject({ isFirst: false, fresh: [], still: 1 });
  expect(change?.mended.map((group) => group[0]?.check)).toEqual(['b']);
});
