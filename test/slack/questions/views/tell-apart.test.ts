import { describe, expect, it } from '@jest/globals';
import type { CheckResult, CheckRun } from '../../../../src/engine/checking/check-run.js';
import { tellApartView } from '../../../../src/slack/questions/views/tell-apart.js';
import { actionsOf, plainText } from '../../../support/read-message.js';

const found = (intent: string | undefined, message: string): CheckResult['findings'][number] => ({
  ...{ id: 'a-check.a', check: 'a-check', severity: 'problem', message, data: {}, evidence: [] },
  about: { kind: 'Pod', name: 'p' },
  ...(intent !== undefined && { intent }),
});
const result = (title: string, more: Partial<CheckResult>): CheckResult => ({
  ...{ id: title, title, area: 'terway', intents: ['this', 'other'], findings: [], facts: [] },
  outcome: (more.findings?.length ?? 0) > 0 ? 'found' : 'clear',
  ...more,
});
const runOf = (checks: CheckResult[]): CheckRun => ({
  ...{ schema: 1, cluster: 'cluster-x', startedAt: '2026-11-24T03:00:00Z', durationMs: 1, checks },
  identity: { plugin: { known: true, name: 'terway' }, flavor: 'managed', dualStack: false },
});
const ruledBy = (...checks: CheckResult[]): string =>
  tellApartView(runOf(checks), [{ id: 'this', title: 'This' }], 'run-1')
    .map(plainText)
    .join('\n');

const stuck = (...findings: CheckResult['findings']) =>
  result('Pods wait', { area: 'across', intents: ['this', 'other', 'third'], findings });

describe('an entry among those to tell apart', () => {
  it.each<[string, CheckResult[], string]>([
    [
      'is confirmed by its own finding',
      [result('Own', { findings: [found('this', 'It is so.')] })],
      'confirmed\nIt is so.',
    ],
    [
      'is confirmed by the check of many causes where the cause is its own',
      [stuck(found('other', 'Other.'), found('this', 'This.')), result('Own', {})],
      'confirmed\nThis.',
    ],
    ['is ruled out by checks that are clear', [result('Own', {})], 'ruled out\nOwn: clear'],
    [
      'is ruled out where its check does not apply',
      [result('Own', { outcome: 'not-applicable', reason: 'No Terway.' })],
      'ruled out\nOwn: No Terway.',
    ],
    [
      'is ruled out where what waits has another cause and its own check is clear',
      [result('Own', {}), stuck(found('other', 'Other.'))],
      'ruled out\nOwn: clear\nPods wait: found something else: Other.',
    ],
    [
      'stays open where only the causes of others were found',
      [stuck(found(undefined, 'Nobody knows.'))],
      'cannot tell\nPods wait: found something else: Nobody knows.',
    ],
    [
      'stays open where another entry’s problem may be behind it',
      [result('Own', {}), result('Shared', { findings: [found('other', 'Other.')] })],
      'cannot tell\nShared: found something else: Other.',
    ],
    [
      'stays open where a check could not tell',
      [
        result('Own', {}),
        result('Unread', {
          outcome: 'unknown',
          unknown: { code: 'cluster.forbidden', detail: 'No list pods.' },
        }),
      ],
      'cannot tell\nUnread: No list pods.',
    ],
    [
      'stays open where no check looks at it',
      [result('Away', { intents: ['other'] })],
      'cannot tell\nNo check looks at it.',
    ],
  ])('%s', (_what, checks, ruling) => {
    expect(ruledBy(...checks)).toContain(`*This*: ${ruling}`);
  });
});

describe('where none of them is confirmed', () => {
  const messages = (...checks: CheckResult[]) =>
    tellApartView(runOf(checks), [{ id: 'this', title: 'This' }], 'run-1');

  it('the next step is said, and a button has the whole cluster checked', () => {
    const said = messages(result('Own', {}));
    expect(said.map(plainText).join()).toContain('have all of cluster-x checked');
    expect(said.flatMap(actionsOf)).toEqual(['run_whole']);
  });

  it('and nowhere else', () => {
    expect(messages(result('Own', { findings: [found('this', 'It is so.')] })).flatMap(actionsOf)).toEqual(
      [],
    );
  });
});
