import { describe, expect, it } from '@jest/globals';
import { onCauseButtons } from '../../../src/slack/checks/on-cause-buttons.js';
import { onRunButtons } from '../../../src/slack/checks/on-run-buttons.js';
import { onProposalButtons } from '../../../src/slack/fixes/on-proposal-buttons.js';
import { onStartFix } from '../../../src/slack/fixes/start/on-start-fix.js';
import { onFleetButtons } from '../../../src/slack/fleets/on-fleet-buttons.js';
import { onHomeButtons } from '../../../src/slack/home/on-home-buttons.js';
import { actionIds } from '../../../src/slack/kit/action-ids.js';
import { onAnswerButtons } from '../../../src/slack/questions/buttons/on-answer-buttons.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { fakeApp } from '../fake-app.js';

/** All that may be called for an id that nobody knows: looks, and a word to who clicked. */
const harmless = new Set([
  ...[
    'store.get',
    'runs.get',
    'exchanges.get',
    'queues.running',
    'poster.whisper',
    'poster.say',
    'clusters.names',
  ],
  ...['catalogue.get', 'approvals.may', 'approvals.maySee'],
]);

function stand() {
  const calls: string[] = [];
  const { app, click, listened } = fakeApp();
  const port = (name: string) =>
    new Proxy(
      {},
      {
        get: (_target, method) => async () => {
          calls.push(`${name}.${String(method)}`);
          return name === 'queues' && method === 'running' ? [] : undefined;
        },
      },
    );
  const names = [
    'store',
    'runs',
    'exchanges',
    'queues',
    'poster',
    'approvals',
    'mutes',
    'records',
    'catalogue',
  ];
  const ports = Object.fromEntries(names.map((name) => [name, port(name)]));
  const others = { logger: quietLogger(), clusters: { names: ['cluster-x'] }, checks: [], remediations: [] };
  const all = { ...ports, ...others, now: () => new Date() } as never;
  for (const listen of [
    onRunButtons,
    onCauseButtons,
    onProposalButtons,
    onStartFix,
    onFleetButtons,
    onAnswerButtons,
    onHomeButtons,
  ])
    listen(app, all);
  return { click, listened, harmful: () => calls.filter((call) => !harmless.has(call)), calls };
}

const exchange = 'C0OPS-1.1';
/** Well formed and unknown, of each kind; and what acknet never sent. */
const values = [
  'p'.repeat(20),
  '{"r":"gone"}',
  '{"r":"gone","f":"a.b","m":"c"}',
  '{"r":"gone","f":"a.b"}',
  '{"r":"gone","f":"a.b","a":"Node n"}',
  `{"x":"${exchange}","e":"none"}`,
  `{"x":"${exchange}","c":"cluster-x"}`,
  `{"x":"${exchange}","e":"none","good":true}`,
  ...['', '{', 'null', '[]', '{"r":1}', '{"x":{},"e":[]}', '../../etc', 'x'.repeat(5000)],
];
const clickable = Object.values(actionIds).flatMap((id) => [id, `${id}:0`]);

describe('a click with an id that nobody knows', () => {
  it('is listened to for every button there is', () => {
    const { listened } = stand();
    const heard = (id: string) =>
      listened().some((pattern) => (typeof pattern === 'string' ? pattern === id : pattern.test(`${id}:0`)));
    expect(Object.values(actionIds).filter((id) => !heard(id))).toEqual([]);
  });

  it.each(values)('edits, posts, queues and decides nothing: %s', async (value) => {
    const { click, listened, harmful, calls } = stand();
    const heard = clickable.filter((id) =>
      listened().some((pattern) => (typeof pattern === 'string' ? pattern === id : pattern.test(id))),
    );
    for (const actionId of heard)
      await click({ actionId, value, blockId: 'answer:gone', channel: 'C0OPS', ts: '2.1', threadTs: '1.1' });
    expect(harmful()).toEqual([]);
    expect(calls).toContain('poster.whisper');
  });
});
