import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actionsOf, plainText } from '../support/read-message.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';

/** What the README says to type, in its order. */
const typed = [
  ...(/## Try it\n(.*?)\n## /s.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '').matchAll(/^- `([^`]+)`/gm),
].map(([, text]) => text ?? '');

let sandbox: Sandbox;
let thread: string;
const cluster = () => sandbox.world.clusters.get('cluster-x')?.state();
const wellNodes = () => cluster()?.nodes.filter(({ ready }) => ready === 'True').length;
const fixCard = (end: RegExp) => sandbox.message(end, { threadTs: thread });

beforeAll(async () => {
  sandbox = await startSandbox({ file: { fixes: { podReadySeconds: 2, verifySeconds: 20 } } });
});
afterAll(() => sandbox.close());

describe('the walk of the README', () => {
  it('asks: the question is answered at once', async () => {
    expect(typed).toEqual([expect.stringMatching(/^@acknet /), '/acknet check cluster-x', '/acknet help']);
    const { ts } = await sandbox.ana.say({ channel: 'C0OPS', text: typed[0] ?? '' });
    await sandbox.message(/^Nodes NotReady/, { threadTs: ts });
  });

  it('checks, and approves: refused to Eve, done for Bo', async () => {
    await sandbox.ana.command({ channel: 'C0OPS', text: typed[1] ?? '' });
    thread = (await sandbox.message(/^cluster-x: \d+ /)).ts;
    const { ts } = await fixCard(/^Fix for cluster-x: Add cniVersion.*Waiting/);
    await sandbox.eve.click({ channel: 'C0OPS', ts, actionId: 'proposal_approve' });
    await sandbox.message(/^Only approvers of cluster-x/, { as: 'U0EVE' });
    await sandbox.bo.click({ channel: 'C0OPS', ts, actionId: 'proposal_approve' });
    const fixed = await fixCard(/^Fix for cluster-x: Add cniVersion.*Fixed\./);
    expect(actionsOf(fixed)).toEqual(['proposal_undo']);
    expect(wellNodes()).toBe(5);
  });

  it('undoes: the card says what that brings back, and it ends so, with a next step', async () => {
    const { ts } = await fixCard(/^Fix for cluster-x: Add cniVersion.*Fixed\./);
    await sandbox.ana.click({ channel: 'C0OPS', ts, actionId: 'proposal_undo' });
    const undo = await fixCard(/^Undo for cluster-x.*Waiting/);
    const says = plainText(undo);
    expect(says).toContain('*Undo.* <@U0ANA> asks to take back “add cniVersion to Flannel’s config”');
    expect(says).toContain('restart 3 Flannel pods, one node at a time');
    expect(says).toContain('*Put the fix back* stands on this card');
    expect(JSON.stringify(undo.blocks)).toContain(
      'Take back “add cniVersion to Flannel’s config”, restart 3',
    );
    expect(says).toMatch(
      /NotReady before the fix: 3; they will be again, and are restarted first: \S+81, \S+83, \S+84\./,
    );
    expect(says).toMatch(/Not restarted, because .*: \S+82, \S+85\. These nodes were well before the fix/);

    await sandbox.bo.click({ channel: 'C0OPS', ts: undo.ts, actionId: 'proposal_approve' });
    const undone = await fixCard(/^Undo for cluster-x.*Undone\./);
    expect(undone.text).toMatch(
      /Put back\. Now 2 of 5 nodes are Ready; not Ready, as before the fix: \S+81, \S+83, \S+84\./,
    );
    expect(undone.text).toMatch(/stays in effect until their pods restart on: \S+82, \S+85\./);
    expect(actionsOf(undone)).toEqual(['proposal_replan', 'proposal_check']);
    await sandbox.message(/^cluster-x, checked again: \d+ causes left\.$/, { threadTs: thread });
    expect(wellNodes()).toBe(2);
    expect(cluster()?.configMaps[0]?.data['cni-conf.json']).not.toContain('cniVersion');
  });

  it('goes on: the fix is put back by a card of its own, as asked for by who pressed', async () => {
    const { ts } = await fixCard(/^Undo for cluster-x.*Undone\./);
    await sandbox.bo.click({ channel: 'C0OPS', ts, actionId: 'proposal_replan' });
    const again = await fixCard(/^Fix for cluster-x: Add cniVersion.*Waiting/);
    expect(plainText(again)).toContain('<@U0BO> asks: add cniVersion to Flannel’s config on *cluster-x*');
    await sandbox.ana.click({ channel: 'C0OPS', ts, actionId: 'proposal_check' });
    const result = (message: { ts: string; text: string }) =>
      message.ts > again.ts && /^cluster-x: \d+ causes?, \d+ symptoms/.test(message.text);
    await sandbox.slack.waitFor(() =>
      sandbox.slack.messages({ channel: 'C0OPS', threadTs: thread }).some(result),
    );
  });

  it('helps', async () => {
    await sandbox.ana.command({ channel: 'C0OPS', text: typed[2] ?? '' });
    await sandbox.message(/^acknet: ask me/, { as: 'U0ANA' });
  });
});
