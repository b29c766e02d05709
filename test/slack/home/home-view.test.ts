import { describe, expect, it } from '@jest/globals';
import { viewFaults } from '../../../sandbox/slack/limits/check-view.js';
import type { Schedule } from '../../../src/jobs/schedule/schedule.js';
import type { KnownBlock } from '../../../src/slack/kit/message.js';
import type { HomeContent } from '../../../src/slack/home/home-content.js';
import { homeView, unreadableHome } from '../../../src/slack/home/home-view.js';
import { onWireView } from '../../../src/slack/kit/on-wire.js';
import type { Verdict } from '../../../src/texts/verdict.js';
import { drawMessage } from '../../support/draw-message.js';
import { expectGoldenText } from '../../support/expect-golden.js';
import { plainText } from '../../support/read-message.js';
import { sampleProposal } from '../../support/sample-proposal.js';
import { hostile } from '../expect-sendable.js';

const at = new Date('2026-11-24T03:00:00Z');
const nothing: HomeContent = { clusters: [], approvals: [], runs: [], fixes: [], schedules: [] };
const many = <T>(of: (n: number) => T): T[] => Array.from({ length: 200 }, (_, n) => of(n));
const verdict: Verdict = {
  ...{ causes: 3, symptoms: 10, unexplained: 0, outcome: 'found', unread: 1, recovering: 0 },
  ...{ muted: 0, cancelled: false },
};
const last = { at: '2026-11-24T02:00:00Z', verdict };
const proposal = sampleProposal();
const schedule: Schedule = {
  ...{ id: 'one', cluster: 'cluster-x', when: 'every 6h', channel: 'C0OPS', always: false, at: '' },
  by: { user: 'U0ANA', team: 'T0HOME' },
};

const said = (content: Partial<HomeContent>): string => plainText(homeView({ ...nothing, ...content }, at));

describe('Home', () => {
  it.each([
    ['with a result', { name: 'x', isRunning: false, last }, '3 causes, 10 symptoms ·'],
    [
      'where nothing was found',
      { name: 'x', isRunning: false, last: { ...last, verdict: { ...verdict, outcome: 'clear' as const } } },
      'no problem found ·',
    ],
    ['never checked', { name: 'x', isRunning: false }, 'not checked yet'],
    ['being checked', { name: 'x', isRunning: true, last }, 'being checked now'],
  ])('shows a cluster %s', (_title, cluster, text) => {
    expect(said({ clusters: [cluster] })).toContain(text);
  });

  it('says what each card is about, and opens it', () => {
    const link = 'https://acme.slack.com/archives/C0OPS/p1';
    const text = said({ approvals: [{ proposal, link }] });
    expect(text).toContain(proposal.title);
    expect(text).toContain(`<${link}|${proposal.title}>`);
  });

  it('says where to decide on a card that only two others can open', () => {
    expect(said({ approvals: [{ proposal }] })).toContain('have the cluster checked in a channel');
  });

  it('says that nothing waits and nothing runs, and always what to type', () => {
    const text = said({});
    for (const part of ['Under way\nNothing, and no card waits for your approval.', '`check <cluster>`'])
      expect(text).toContain(part.replace('<cluster>', '&lt;cluster&gt;'));
    expect(plainText(unreadableHome())).toContain('What to type');
  });

  it.each([
    ['empty', nothing],
    [
      'as full as can be',
      {
        clusters: many((n) => ({ name: `${'c'.repeat(50)}-${n}`, isRunning: true, last })),
        approvals: many(() => ({ proposal: { ...proposal, title: hostile.repeat(30) } })),
        runs: many(() => ({
          cluster: 'x',
          state: 'waiting' as const,
          requestedBy: 'U0ANA',
          link: 'https://a.b/c',
        })),
        schedules: many(() => ({ schedule: { ...schedule, when: 'w'.repeat(60) }, isHere: false, next: at })),
        fixes: many(() => ({ proposal: { ...proposal, state: 'applying' as const } })),
      },
    ],
  ])('is taken by Slack %s', (_title, content) => {
    const view = onWireView(homeView(content, at));
    expect(viewFaults(JSON.parse(JSON.stringify(view)), 'home')).toEqual([]);
  });

  it.each([
    ['a schedule', { requestedBy: 'U0ANA', isScheduled: true }, 'on schedule'],
    ['a person', { requestedBy: 'U0ANA' }, 'asked by <@U0ANA>'],
    ['an alert', { requestedBy: undefined }, 'asked by an alert'],
  ])('says of a check that %s wants that it does', (_title, who, told) => {
    const run = { cluster: 'cluster-x', state: 'running' as const, link: undefined, ...who };
    expect(said({ runs: [run] })).toContain(`Check of \`cluster-x\` · ${told}`);
  });

  it('lists schedules, one line each, and has no heading of them where there are none', () => {
    const all = { ...schedule, cluster: 'all', name: 'morning', by: undefined };
    const text = said({
      schedules: [
        { schedule, isHere: false, next: at },
        { schedule: all, isHere: false },
      ],
    });
    expect(text).toMatch(/On schedule\n• \*cluster-x\* every 6h · <#C0OPS> · next .* · by <@U0ANA>\n/);
    expect(text).toMatch(/\n• \*every cluster\* every 6h · <#C0OPS> · from acknet.yaml\n/);
    expect(said({})).not.toContain('On schedule');
  });

  it.each([
    ['shortest', 1, 'cluster-x'],
    ['longest', 30, 'prod-hangzhou-payments'.repeat(2)],
  ])('is drawn as wide as a phone at its %s', (length, count, cluster) => {
    const content = {
      clusters: Array.from({ length: count }, (_, n) => ({
        name: `${cluster}-${n}`,
        isRunning: false,
        last,
      })),
      schedules: Array.from({ length: count }, (_, n) => ({
        ...{ schedule: { ...schedule, cluster: `${cluster}-${n}` }, isHere: false, next: at },
      })),
    };
    const drawn = drawMessage(homeView({ ...nothing, ...content }, at).blocks as readonly KnownBlock[]);
    expectGoldenText(`test/slack/golden/phone/home-${length}.45.txt`, drawn);
  });

  it('counts what it has no room for', () => {
    const text = said({ clusters: many((n) => ({ name: `c${n}`, isRunning: false })) });
    expect(text).toContain('and 180 more');
  });
});
