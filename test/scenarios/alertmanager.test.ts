import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openIntake } from '../support/alert-sender.js';
import { plainText } from '../support/read-message.js';
import { needsAlertmanager, startAlertmanager } from '../support/start-alertmanager.js';
import { ALERTS_TOKEN, type Sandbox, startSandbox } from '../support/start-sandbox.js';

const describeReal = needsAlertmanager ? describe : describe.skip;

describeReal('a real Alertmanager', () => {
  let sandbox: Sandbox;
  let intake: Awaited<ReturnType<typeof openIntake>>;
  let alertmanager: Awaited<ReturnType<typeof startAlertmanager>>;
  const startsAt = new Date(Date.now() - 60_000);
  const labels = (instance: string) => ({ alertname: 'KubeProxyDown', cluster: 'cluster-x', instance });

  beforeAll(async () => {
    sandbox = await startSandbox({ file: { alerts: { channel: 'C0OPS' } } });
    intake = await openIntake(sandbox);
    alertmanager = await startAlertmanager({ url: `${intake.urls[0]}/alerts`, token: ALERTS_TOKEN });
  });
  afterAll(async () => {
    await alertmanager.close();
    await intake.close();
    await sandbox.close();
  });

  const posts = () => sandbox.slack.messages({ channel: 'C0OPS' }).length;
  const taken = async (): Promise<number> => {
    const text = (await sandbox.parts[0]?.metrics.registry.metrics()) ?? '';
    return Number(/acknet_alerts_total\{outcome="taken"\} (\d+)/.exec(text)?.[1] ?? 0);
  };

  it('fires: one thread, with what acknet found', async () => {
    await alertmanager.tell([
      { labels: labels('10.0.0.1'), annotations: { summary: 'kube-proxy is gone' }, startsAt },
    ]);
    const root = await sandbox.message(/^cluster-x: 1 alert firing .*\d+ causes?/);
    expect(plainText(root)).toContain('kube-proxy is gone');
    await sandbox.message(/Below: the evidence/, { threadTs: root.ts });
  });

  it('groups: a second alert of the group comes into the same thread', async () => {
    await alertmanager.tell([{ labels: labels('10.0.0.2'), startsAt }]);
    await sandbox.message(/^cluster-x: 2 alerts firing/);
  });

  it('repeats, and nothing is posted again', async () => {
    const [before, told] = [posts(), await taken()];
    await sandbox.slack.waitFor(async () => (await taken()) > told);
    await sandbox.message(/^cluster-x: 2 alerts firing/);
    expect(posts()).toBe(before);
  });

  it('resolves: first one, then the last, which ends the incident', async () => {
    const endsAt = new Date();
    await alertmanager.tell([{ labels: labels('10.0.0.1'), startsAt, endsAt }]);
    await sandbox.message(/^cluster-x: 1 of 2 alerts still firing/);
    await alertmanager.tell([{ labels: labels('10.0.0.2'), startsAt, endsAt: new Date() }]);
    const root = await sandbox.message(/^cluster-x: resolved after/);
    await sandbox.message(/^Resolved after/, { threadTs: root.ts });
  });
});
