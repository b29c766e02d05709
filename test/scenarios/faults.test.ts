import { afterEach, describe, expect, it } from '@jest/globals';
import type { FaultEffect } from '../../sandbox/cluster/api/faults.js';
import { patience } from '../support/patience.js';
import { actionsOf, plainText } from '../support/read-message.js';
import { type Sandbox, type SandboxOptions, startSandbox, transport } from '../support/start-sandbox.js';

let sandbox: Sandbox;
const open = async (options: SandboxOptions = {}) => {
  sandbox = await startSandbox(options);
};
afterEach(() => sandbox.close());

const cluster = () => {
  const simulator = sandbox.world.clusters.get('cluster-x');
  if (simulator === undefined) throw new TypeError('no cluster-x');
  return simulator;
};
const patches = () => cluster().writes.filter(({ verb, dryRun }) => verb === 'patch' && !dryRun);

async function checkedCard() {
  await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x' });
  return sandbox.message(/^Fix for cluster-x: Add cniVersion.*Waiting/);
}

describe('Approve', () => {
  it.each([
    ['clicked twice by the same person', ['U0BO', 'U0BO']],
    ['clicked by two people at once', ['U0BO', 'U0ANA']],
  ])('%s applies once', async (_title, people) => {
    await open({ clusterFile: { policy: { selfApproval: true } }, replicas: 2 });
    sandbox.slack.setGroupMembers('S0NETOPS', ['U0BO', 'U0ANA']);
    const card = await checkedCard();
    const click = { channel: 'C0OPS', ts: card.ts, actionId: 'proposal_approve' };
    await Promise.all(people.map((user) => sandbox.slack.as(user).click(click)));
    await sandbox.message(/^Fix for cluster-x: Add cniVersion.*Fixed/);
    expect(patches()).toHaveLength(1);
    const loser = await sandbox.slack.waitFor(() =>
      people
        .flatMap((as) => sandbox.slack.messages({ channel: 'C0OPS', as }))
        .find(({ is_ephemeral }) => is_ephemeral),
    );
    expect(loser.text).not.toBe('');
  });

  it('after someone changed the ConfigMap is refused as stale, with the way to a fresh card', async () => {
    await open();
    const card = await checkedCard();
    editConfig((text) => text.replace('"isDefaultGateway": true', '"isDefaultGateway": true, "mtu": 1400'));
    await sandbox.bo.click({ channel: 'C0OPS', ts: card.ts, actionId: 'proposal_approve' });
    const stale = await sandbox.message(/^Fix for cluster-x: Add cniVersion.*Out of date/);
    expect(patches()).toEqual([]);
    expect(actionsOf(stale)).toEqual(['proposal_replan']);

    const again = { channel: 'C0OPS', ts: stale.ts, actionId: 'proposal_replan' };
    let right = '';
    editConfig((text) => {
      right = text;
      return 'no json';
    });
    await sandbox.bo.click(again);
    await sandbox.message(/is missing or is not a JSON object/, { as: 'U0BO' });
    editConfig(() => right);
    await Promise.all([sandbox.bo.click(again), sandbox.bo.click(again)]);
    const fresh = await sandbox.message(/^Fix for cluster-x: Add cniVersion.*Waiting/);
    expect(fresh.ts).not.toBe(stale.ts);
    expect(plainText(fresh)).toContain('"mtu": 1400');
    await sandbox.message(/^A card for this (is being made|stands in the thread already)/, { as: 'U0BO' });

    // Ana asked for it, by her check; Bo only had it planned again.
    await sandbox.bo.click({ channel: 'C0OPS', ts: fresh.ts, actionId: 'proposal_approve' });
    await sandbox.message(/^Fix for cluster-x: Add cniVersion.*Fixed/);
    const cards = sandbox.slack
      .messages({ channel: 'C0OPS' })
      .filter(({ text }) => /^Fix for cluster-x: Add cniVersion/.test(text));
    expect(cards).toHaveLength(2);
  });
});

describe('the API server', () => {
  it.each<[string, FaultEffect, RegExp]>([
    ['answers 403', { kind: 'status', status: 403 }, /cluster\.forbidden/],
    ['answers 500', { kind: 'status', status: 500 }, /cluster\.failed/],
    ['never answers', { kind: 'hang' }, /cluster\.timed-out|check\.deadline/],
  ])(
    '%s: what could not be read is unknown with the reason, never healthy',
    async (_title, effect, reason) => {
      await open({
        requestTimeoutMs: patience(50),
        file: { checks: { deadlineSeconds: 2 } },
        clusters: { 'cluster-x': 'flannel-healthy' },
      });
      cluster().faults.add({ effect, times: 10_000 });
      await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x' });
      const result = await sandbox.message(/^cluster-x: /);
      expect(result.text).toMatch(/not readable, so nothing is known of it/);
      expect(plainText(result)).toContain('0 clear');
      await sandbox.ana.click({ channel: 'C0OPS', ts: result.ts, actionId: 'run_list:unknown' });
      expect(plainText(await sandbox.message(/^cluster-x: unknown/, { as: 'U0ANA' }))).toMatch(reason);
    },
  );

  it('that is not there at all makes every check unknown', async () => {
    await open();
    await cluster().close();
    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x' });
    const result = await sandbox.message(/^cluster-x: /);
    expect(result.text).toMatch(/not readable/);
    expect(plainText(result)).toContain('0 clear');
  });
});

describe('Redis', () => {
  it('restarted during a check loses neither the check nor its result', async () => {
    await open({ ownRedis: true });
    cluster().faults.add({ path: /\/nodes$/, effect: { kind: 'delay', ms: 700 }, times: 3 });
    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x' });
    await sandbox.message(/^Checking cluster-x/);
    await sandbox.world.redis?.restart();
    const result = await sandbox.message(/^cluster-x: \d+ causes?/);
    await sandbox.message(/Below: the evidence/, { threadTs: result.ts });
  });
});

describe('Slack', () => {
  it('that limits the rate slows the posts down, and loses none', async () => {
    await open({ slack: { rates: 'slack' } });
    const card = await checkedCard();
    expect(actionsOf(card)).toContain('proposal_approve');
  });

  // Over HTTP there is no socket to drop.
  if (transport === 'socket')
    it('that drops the socket gets the command’s answer all the same', async () => {
      await open();
      sandbox.slack.faults.disconnectSockets('refresh_requested');
      await sandbox.slack.waitFor(() => sandbox.slack.sockets() > 0);
      await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet clusters' });
      await sandbox.message(/^Clusters/, { as: 'U0ANA' });
    });

  it('channels without acknet: the asker is told in person', async () => {
    await open();
    await sandbox.ana.command({ channel: 'C0SECRET', text: '/acknet check cluster-x' });
    const told = await sandbox.message(/^The check of cluster-x did not run/, {
      channel: sandbox.slack.dmOf('U0ANA'),
    });
    expect(plainText(told)).toContain('/invite @acknet');
  });
});

function editConfig(change: (text: string) => string): void {
  const { store, kind } = cluster();
  const configMap = store.get(kind('ConfigMap'), 'kube-system', 'kube-flannel-cfg');
  const data = configMap.data as Record<string, string>;
  const edited = { ...data, 'cni-conf.json': change(data['cni-conf.json'] ?? '') };
  store.replace(kind('ConfigMap'), { ...configMap, data: edited }, { manager: 'kubectl' });
}
