import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { openIntake, webhookBody } from '../support/alert-sender.js';
import { patience } from '../support/patience.js';
import { plainText } from '../support/read-message.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';
import { waitFor } from '../support/wait-for.js';

let sandbox: Sandbox;
let intake: Awaited<ReturnType<typeof openIntake>>;

async function open(options: Parameters<typeof startSandbox>[0] = {}): Promise<void> {
  sandbox = await startSandbox({ ...options, file: { alerts: { channel: 'C0OPS' }, ...options.file } });
  intake = await openIntake(sandbox);
}
async function close(): Promise<void> {
  await intake.close();
  await sandbox.close();
}

/** An alert that waits for its turn is delayed; so are cards, until they expire. */
const idle = () =>
  waitFor('idle queues', async () => {
    const counts = await sandbox.apps[0]?.queues.counts();
    const busy = Object.values(counts ?? {}).reduce((sum, { waiting, active }) => sum + waiting + active, 0);
    return counts !== undefined && busy + counts.alerts.delayed + counts.checks.delayed === 0;
  });
const roots = (text: RegExp) =>
  sandbox.slack
    .messages({ channel: 'C0OPS' })
    .filter((message) => text.test(message.text) && (message.thread_ts ?? message.ts) === message.ts);
const onX = { cluster: 'cluster-x' };

describe('alerts of a cluster', () => {
  beforeAll(() => open());
  afterAll(close);

  it('are one thread: what fires, what acknet found, what it ruled out, and the fix card', async () => {
    expect(
      (
        await intake.send([
          { name: 'KubeDaemonSetRolloutStuck', labels: { ...onX, daemonset: 'kube-flannel-ds' } },
        ])
      ).status,
    ).toBe(200);
    const root = await sandbox.message(/^cluster-x: 1 alert firing .*\d+ causes?/);
    const text = plainText(root);
    expect(text).toMatch(/KubeDaemonSetRolloutStuck/);
    expect(text).toMatch(/acknet found: \d+ causes?.* can be fixed here/);
    expect(text).toMatch(/Ruled out: .*\(\d+ checks?\)/);
    await sandbox.message(/^Fix for cluster-x: Add cniVersion.*Waiting/, { threadTs: root.ts });
    await sandbox.message(/Below: the evidence/, { threadTs: root.ts });
    expect(JSON.stringify(sandbox.slack.calls.map(({ args }) => args))).not.toMatch(/<@|<!(?!date)/);
  });

  it('that are told again edit it, and post nothing', async () => {
    const before = sandbox.slack.messages({ channel: 'C0OPS' }).length;
    const edits = () => sandbox.slack.calls.filter(({ method }) => method === 'chat.update').length;
    const edited = edits();
    await intake.send([
      { name: 'KubeDaemonSetRolloutStuck', labels: { ...onX, daemonset: 'kube-flannel-ds' } },
    ]);
    await sandbox.slack.waitFor(() => edits() > edited);
    await idle();
    expect(sandbox.slack.messages({ channel: 'C0OPS' })).toHaveLength(before);
  });

  it('have one line at info for each notification that is queued, and none for showing it', () => {
    const queued = sandbox.log.lines.filter(
      ({ message, data }) => message === 'queued' && (data as { queue: string }).queue === 'alerts',
    );
    const told = queued
      .filter(({ level }) => level === 'info')
      .map(({ data }) => (data as { job: string }).job);
    expect(told.filter((job) => job.startsWith('take-'))).toHaveLength(2);
    expect(queued.some(({ level }) => level === 'debug')).toBe(true);
    expect(told.length).toBeLessThanOrEqual(3);
  });

  it('that are about something else are answered, counted and left alone', async () => {
    const before = sandbox.slack.calls.length;
    const response = await intake.send(
      [
        { name: 'KubeQuotaAlmostFull', labels: onX },
        { name: 'KubePodCrashLooping', labels: { ...onX, pod: 'shop-7f' } },
      ],
      'g2',
    );
    expect(response.status).toBe(200);
    await idle();
    expect(sandbox.slack.calls).toHaveLength(before);
    expect(await sandbox.parts[0]?.metrics.registry.metrics()).toMatch(
      /acknet_alerts_total\{outcome="left alone"\} 2/,
    );
  });

  it('have their message show what the cluster is like after the fix', async () => {
    const card = await sandbox.message(/^Fix for cluster-x: Add cniVersion.*Waiting/);
    await sandbox.bo.click({ channel: 'C0OPS', ts: card.ts, actionId: 'proposal_approve' });
    await sandbox.message(/^Fix for cluster-x: Add cniVersion.*Fixed/);
    const root = await sandbox.slack.waitFor(() =>
      roots(/^cluster-x: 1 alert firing/).find(({ text }) => !/cniVersion/.test(text)),
    );
    expect(plainText(root)).not.toMatch(/cniVersion|is checking the network/);
    expect(plainText(root)).toMatch(/acknet found: /);
    await idle();
    expect(roots(/KubeDaemonSetRolloutStuck/)).toHaveLength(1);
  });

  it('that ended are said to have, in the thread and on its message', async () => {
    await intake.send([
      {
        name: 'KubeDaemonSetRolloutStuck',
        labels: { ...onX, daemonset: 'kube-flannel-ds' },
        status: 'resolved',
      },
    ]);
    const root = await sandbox.message(/^cluster-x: resolved after/);
    await sandbox.message(/^Resolved after/, { threadTs: root.ts });
    expect(roots(/KubeDaemonSetRolloutStuck/)).toHaveLength(1);
  });
});

describe('a storm', () => {
  const EDIT_EVERY_MS = 500;
  beforeAll(() => open({ replicas: 2, tuning: { editEveryMs: EDIT_EVERY_MS } }));
  afterAll(close);

  it('of four hundred alerts in forty groups, each told to both replicas, is one thread, one check and few edits', async () => {
    const names = [
      'KubeNodeNotReady',
      'KubePodNotReady',
      'KubeNodeUnreachable',
      'CoreDNSDown',
      'KubeProxyDown',
    ];
    const storm = Array.from({ length: 40 }, (_group, group) =>
      Array.from({ length: 10 }, (_alert, at) => ({
        name: names[at % names.length] as string,
        labels: { ...onX, instance: `10.0.${group}.${at}` },
      })),
    );
    const from = performance.now();
    const answers = await Promise.all(
      storm.flatMap((alerts, group) =>
        [0, 1].map((replica) => intake.post(webhookBody(alerts, `g${group}`), { replica })),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await sandbox.message(/^cluster-x: 400 alerts firing .*\d+ causes?/);
    await idle();
    const tookMs = performance.now() - from;
    expect(roots(/alerts? firing/)).toHaveLength(1);
    const edits = sandbox.slack.calls.filter(({ method }) => method === 'chat.update').length;
    // Those of the check's own message come on top.
    expect(edits).toBeLessThanOrEqual(10 + (2 * tookMs) / EDIT_EVERY_MS);
    const checks = sandbox.slack.calls.filter(
      ({ method, args }) => method === 'chat.postMessage' && /^Checking cluster-x/.test(String(args.text)),
    );
    expect(checks).toHaveLength(1);
  });
});

describe('while Slack is away', () => {
  beforeAll(() => open());
  afterAll(close);

  it('an alert waits, however long that takes, and is told once', async () => {
    const back = sandbox.slack.faults.onMethod('chat.postMessage', { status: 503 });
    const tries = () => sandbox.slack.calls.filter(({ method }) => method === 'chat.postMessage').length;
    await intake.send([{ name: 'KubeProxyDown', labels: onX }]);
    // More than the attempts that another job has.
    await sandbox.slack.waitFor(() => tries() > 20, patience(30_000));
    back();
    await sandbox.message(/^cluster-x: 1 alert firing .*\d+ causes?/);
    await idle();
    expect(roots(/alert firing/)).toHaveLength(1);
  });
});

describe('what cannot be placed', () => {
  beforeAll(() => open({ clusterFile: { readOnly: true } }));
  afterAll(close);

  it.each([
    [
      'a cluster that acknet does not know',
      { cluster: 'prod-eu' },
      /names the cluster prod-eu, which acknet does not know/,
    ],
    ['no cluster', {}, /No label of it says which cluster/],
  ])('%s is said once, and nothing is checked', async (_title, labels, said) => {
    for (const name of ['KubeProxyDown', 'CoreDNSDown', 'KubeNodeNotReady'])
      await intake.send([{ name, labels }], `${name} ${JSON.stringify(labels)}`);
    await sandbox.message(said);
    await idle();
    expect(roots(said)).toHaveLength(1);
    expect(sandbox.slack.messages({ channel: 'C0OPS' }).filter(({ text }) => /^Checking/.test(text))).toEqual(
      [],
    );
  });

  it('a node that the cluster does not have leaves it unchecked, and says so', async () => {
    await intake.send([{ name: 'KubeNodeNotReady', labels: { ...onX, node: 'cn-beijing.10.9.9.9' } }]);
    const root = await sandbox.slack.waitFor(() =>
      roots(/alert firing/).find((message) => /Not checked: cluster-x has no node/.test(plainText(message))),
    );
    expect(plainText(root)).toContain('cn-beijing.10.9.9.9');
  });

  it('a cluster that is read-only is checked, and gets no card', async () => {
    await intake.send([{ name: 'KubeProxyDown', labels: onX }]);
    const root = await sandbox.message(/^cluster-x: 2 alerts firing .*\d+ causes?/);
    await idle();
    const thread = sandbox.slack.messages({ channel: 'C0OPS', threadTs: root.ts });
    expect(thread.some(({ text }) => /^Fix for/.test(text))).toBe(false);
  });
});

describe('a cluster that only some may ask about', () => {
  afterEach(close);

  it('is not shown in the channel of all alerts: that is said once', async () => {
    await open({ clusterFile: { askers: { users: ['U0BO'] } } });
    await intake.send([{ name: 'KubeProxyDown', labels: onX }]);
    await sandbox.message(/Only some may ask about cluster-x/);
    await idle();
    expect(sandbox.slack.messages({ channel: 'C0OPS' })).toHaveLength(1);
  });

  it('is shown in the channel that is named for it', async () => {
    await open({
      clusterFile: { askers: { users: ['U0BO'] } },
      file: { alerts: { channel: 'C0OPS', channels: { 'cluster-x': 'C0RANDOM' } } },
    });
    await intake.send([{ name: 'KubeProxyDown', labels: onX }]);
    await sandbox.message(/^cluster-x: 1 alert firing .*\d+ causes?/, { channel: 'C0RANDOM' });
    expect(sandbox.slack.messages({ channel: 'C0OPS' })).toEqual([]);
  });
});

describe('who is to be called', () => {
  beforeAll(() => open({ file: { alerts: { channel: 'C0OPS', ping: { groups: ['S0NETOPS'] } } } }));
  afterAll(close);

  it('is called by the first message of an incident, and hostile texts call nobody', async () => {
    const hostile = '<!channel> <@U0BO> *x* https://evil.example|here';
    await intake.send([
      { name: 'KubeProxyDown', labels: onX, annotations: { summary: `${hostile} password=hunter2hunter2` } },
    ]);
    const root = await sandbox.message(/^cluster-x: 1 alert firing/);
    const all = JSON.stringify(
      sandbox.slack.calls.filter(({ args }) => args.channel === 'C0OPS').map(({ args }) => args),
    );
    expect(all).toContain('<!subteam^S0NETOPS>');
    expect(all).not.toMatch(/<!channel>|<@U0BO>|hunter2/);
    expect(plainText(root)).toContain('&lt;!channel&gt;');
  });
});
