import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { KnownBlock } from '../../src/slack/kit/message.js';
import { patience } from '../support/patience.js';
import { drawMessage } from '../support/draw-message.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';

const PAGE = 'docs/getting-started.md';
const WIDTH = 110;
let sandbox: Sandbox;
const seen: string[] = [];

type Shown = Awaited<ReturnType<Sandbox['message']>>;
const see = (message: Shown): Shown => {
  seen.push(drawMessage(message.blocks as readonly KnownBlock[], { width: WIDTH }));
  return message;
};

beforeAll(async () => {
  sandbox = await startSandbox({
    file: { fixes: { podReadySeconds: patience(2), verifySeconds: patience(20) } },
  });
  const question = '@acknet nodes went NotReady after we bumped the flannel image by hand';
  const { ts: asked } = await sandbox.ana.say({ channel: 'C0OPS', text: question });
  see(await sandbox.message(/^Nodes NotReady/, { threadTs: asked }));
  await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x' });
  const { ts: threadTs } = see(await sandbox.message(/^cluster-x: \d+ /));
  const { ts } = see(await sandbox.message(/^Fix for cluster-x: Add cniVersion.*Waiting/, { threadTs }));
  await sandbox.bo.click({ channel: 'C0OPS', ts, actionId: 'proposal_approve' });
  see(await sandbox.message(/^Fix for cluster-x: Add cniVersion.*Fixed\./, { threadTs }));
});
afterAll(() => sandbox.close());

/** Times, durations and versions of objects differ from run to run. */
const alike = (line: string): string => line.replaceAll(/\d+/g, '#').trim();

it(`${PAGE} shows a first question, check and fix as Slack does, drawn as text`, () => {
  const lines = new Set(seen.join('\n').split('\n').map(alike));
  const blocks = [...readFileSync(PAGE, 'utf8').matchAll(/```slack\n(.*?)```/gs)];
  expect(blocks).toHaveLength(seen.length);
  const shown = blocks.flatMap(([, block = '']) => block.split('\n')).filter((line) => line !== '…');
  expect(shown.filter((line) => !lines.has(alike(line)))).toEqual([]);
});
