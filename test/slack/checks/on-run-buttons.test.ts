import { describe, expect, it } from '@jest/globals';
import { checks } from '../../../src/checks/index.js';
import type { CheckRun } from '../../../src/engine/checking/check-run.js';
import { onRunButtons } from '../../../src/slack/checks/on-run-buttons.js';
import type { CheckRequest } from '../../../src/slack/checks/request-check.js';
import { actionIds } from '../../../src/slack/kit/action-ids.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { fakeApp } from '../fake-app.js';

const scope = { namespaces: ['shop', 'web'], node: 'node-1' };
const resultOf = (id: string): CheckRun['checks'][number] => ({
  ...{ id, title: id, area: 'flannel', intents: [], facts: [], findings: [], outcome: 'clear' },
});
const runOf = (ids: readonly string[], more: Partial<CheckRun> = {}): CheckRun => ({
  ...{ schema: 1, cluster: 'cluster-x', startedAt: '2026-11-24T03:00:00Z', durationMs: 1 },
  identity: { plugin: { known: true, name: 'flannel' }, flavor: 'managed', dualStack: false },
  checks: ids.map(resultOf),
  ...more,
});

function stand(runs: Readonly<Record<string, CheckRun>>, may: { ok: true } | { ok: false; reason: string }) {
  const asked: CheckRequest[] = [];
  const whispered: string[] = [];
  const { app, click } = fakeApp();
  onRunButtons(app, {
    logger: quietLogger(),
    poster: { whisper: async (_place, { text }) => void whispered.push(text) },
    approvals: { may: async () => may, maySee: async () => may },
    queues: {
      check: async (request) => {
        asked.push(request);
        return { runId: 'run-2', joined: false };
      },
      running: async () => [],
      cancelCheck: async () => false,
    },
    runs: { get: async (id) => runs[id] },
    mutes: { active: async () => [] },
    catalogue: { all: [] },
    permalink: async () => undefined,
    checks,
  });
  const again = (value: string, actionId: string = actionIds.runAgain) =>
    click({ actionId, value, channel: 'C0OPS', ts: '2.1', threadTs: '1.1' });
  return { again, asked, whispered };
}

const all = checks.map(({ id }) => id);
const some = all.slice(0, 2);

describe('Check again', () => {
  it.each([
    ['the whole catalogue', runOf(all), [], { namespaces: [] }],
    ['the whole catalogue for a part of the cluster', runOf(all, { scope }), [], scope],
    ['some checks', runOf(some), some, { namespaces: [] }],
    ['some checks for a part of the cluster', runOf(some, { scope }), some, scope],
    ['all but one', runOf(all.slice(1)), all.slice(1), { namespaces: [] }],
  ])('after %s asks for the same, there', async (_what, run, ids, where) => {
    const { again, asked } = stand({ 'run-1': run }, { ok: true });
    await again('{"r":"run-1"}');
    expect(asked).toEqual([
      {
        ...{ cluster: 'cluster-x', checks: ids, scope: where, channel: 'C0OPS', threadTs: '1.1' },
        requestedBy: { user: 'U0ANA', team: 'T0ACK' },
      },
    ]);
  });

  it.each(['{"r":"gone"}', '{"r":"../run-1"}', '{"r":"run-1","x":1}', 'run-1', '', '{'])(
    'with %j asks for nothing, and tells who pressed it',
    async (value) => {
      const { again, asked, whispered } = stand({ 'run-1': runOf(all) }, { ok: true });
      await again(value);
      expect(asked).toEqual([]);
      expect(whispered).toEqual(['That result is not kept any more. Use /acknet check.']);
    },
  );

  it('asks for nothing for who may not ask', async () => {
    const { again, asked, whispered } = stand({ 'run-1': runOf(all) }, { ok: false, reason: 'Not you.' });
    await again('{"r":"run-1"}');
    expect(asked).toEqual([]);
    expect(whispered.join()).toContain('Not you.');
  });
});

describe('Check all of it', () => {
  it('after some checks of a part asks for all of all of it, there', async () => {
    const { again, asked } = stand({ 'run-1': runOf(some, { scope }) }, { ok: true });
    await again('{"r":"run-1"}', actionIds.checkWhole);
    expect(asked).toMatchObject([
      { checks: [], scope: { namespaces: [] }, channel: 'C0OPS', threadTs: '1.1' },
    ]);
  });
});
