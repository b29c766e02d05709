import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actionsOf, plainText } from '../support/read-message.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';

let sandbox: Sandbox;
let thread: string;
/** Pods that were not restarted when it stopped. */
let left: number;
const card = (text: RegExp) => sandbox.message(text, { threadTs: thread });

beforeAll(async () => {
  sandbox = await startSandbox({ file: { fixes: { podReadySeconds: 30, verifySeconds: 5 } } });
});
afterAll(() => sandbox.close());

describe('a fix that is stopped after the first node', () => {
  it('says how the cluster is now, and what can be done next', async () => {
    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x flannel-cni-version' });
    thread = (await sandbox.message(/^cluster-x: \d+ /)).ts;
    const { ts } = await card(/^Fix for cluster-x: Add cniVersion.*Waiting/);
    await sandbox.bo.click({ channel: 'C0OPS', ts, actionId: 'proposal_approve' });
    // The first node is watched for longer: that is time enough to press Stop.
    const begun = /:hourglass_flowing_sand: Restart kube-flannel-ds on/;
    await sandbox.slack.waitFor(async () => begun.test(plainText(await card(/^Fix for .*Under way/))));
    await sandbox.bo.click({ channel: 'C0OPS', ts, actionId: 'proposal_abort' });

    const stopped = await card(/^Fix for cluster-x: Add cniVersion.*Stopped\./);
    const says = plainText(stopped);
    expect(says).toMatch(
      /The new values are saved\. \d of 5 pods restarted\. Not restarted, so as before: .*85\./,
    );
    expect(says).toMatch(/Now \d of 5 nodes are Ready/);
    left = 5 - Number(/(\d) of 5 pods restarted/.exec(says)?.[1]);
    expect(left).toBeGreaterThan(0);
    expect(actionsOf(stopped)).toEqual(['proposal_undo', 'proposal_resume', 'proposal_check']);
  });

  it('is carried on with for the remaining nodes by a card of its own, once', async () => {
    const { ts } = await card(/^Fix for cluster-x: Add cniVersion.*Stopped\./);
    await sandbox.ana.click({ channel: 'C0OPS', ts, actionId: 'proposal_resume' });
    const rest = await card(/^Fix for cluster-x: Restart the Flannel pods.*Waiting/);
    expect(plainText(rest)).toMatch(new RegExp(`restart ${left} Flannel pods?\\b`));
    await sandbox.ana.click({ channel: 'C0OPS', ts, actionId: 'proposal_resume' });
    await sandbox.message(/^A card for this stands in the thread already/, { as: 'U0ANA' });
  });
});
