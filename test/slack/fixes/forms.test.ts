import { describe, expect, it } from '@jest/globals';
import { OUT_OF_DATE } from '../../../src/approvals/refusals.js';
import { AcknetError } from '../../../src/errors.js';
import { cordonNode } from '../../../src/remediations/node/cordon-node.js';
import { onProposalModals } from '../../../src/slack/fixes/on-proposal-modals.js';
import { onStartFix } from '../../../src/slack/fixes/start/on-start-fix.js';
import { callbackIds } from '../../../src/slack/kit/action-ids.js';
import { encodeValue } from '../../../src/slack/kit/action-values.js';
import type { SlackMessage } from '../../../src/slack/kit/message.js';
import { fixTexts } from '../../../src/texts/fixes.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { sampleProposal } from '../../support/sample-proposal.js';
import { fakeApp } from '../fake-app.js';

const entitled = { users: ['U0BO'], groups: [] };
const allowed = { ok: true };
const denied = { ok: false, reason: 'Only members may ask.', entitled };

/** Both forms over ports that fail the test where they plan anything. */
function stand(given: {
  readonly may?: object;
  readonly proposal?: object;
  readonly run?: (() => unknown) | undefined;
}) {
  const said: string[] = [];
  const say = async (_place: unknown, { text }: SlackMessage) => void said.push(text);
  const planned = () => {
    throw new Error('a fix is planned');
  };
  const { app, submit } = fakeApp();
  const ports = {
    approvals: { may: async () => given.may ?? allowed, mayPropose: planned, terms: planned },
    clusters: { get: planned },
    runs: { get: async () => given.run?.() },
    store: { get: async () => given.proposal },
    poster: { say, whisper: say },
    remediations: [cordonNode],
    logger: quietLogger(),
  } as never;
  onStartFix(app, ports);
  onProposalModals(app, ports);
  return { submit, said };
}

const values = { node: { value: { value: 'node-1' } } };
const start = (value: Parameters<typeof encodeValue<'fix'>>[1]) => ({
  ...{ callbackId: callbackIds.startFix, metadata: encodeValue('fix', value), values },
});
const byCommand = start({ c: 'cluster-x', m: 'cordon-node' });
const forFinding = start({ r: 'run-1', f: 'a.b', m: 'cordon-node', ch: 'C0OPS', ts: '1.1' });
const thread = { channel: 'C0OPS', threadTs: '1.1' };
const card = sampleProposal({ remediation: 'cordon-node', params: { node: 'node-1' }, thread });
const edit = { callbackId: callbackIds.parameters, metadata: card.id, values };

describe('a form whose request is refused', () => {
  it.each([
    ['to who may not ask', byCommand, { may: denied }, /Only members may ask\..*U0BO/],
    [
      'to who may not ask for other parameters',
      edit,
      { may: denied, proposal: card },
      /Only members may ask/,
    ],
    ['as its card was decided', edit, { proposal: { ...card, state: 'rejected' } }, /rejected/i],
    [
      'as its fix is not known any more',
      edit,
      { proposal: { ...card, remediation: 'gone' } },
      new RegExp(OUT_OF_DATE),
    ],
  ])(
    '%s says so in itself, and does not close as if its card were there',
    async (_why, form, given, words) => {
      const { submit, said } = stand(given);
      const [answer, ...more] = await submit(form);
      expect(answer).toMatchObject({ response_action: 'update', view: { callback_id: form.callbackId } });
      expect(JSON.stringify(answer)).toMatch(words);
      expect([more, said]).toEqual([[], []]);
    },
  );
});

describe('a form for a finding', () => {
  const away = () => {
    throw new AcknetError('redis.unavailable', 'acknet could not read a run: Redis is away.');
  };
  it.each([
    ['that is kept no more', undefined, new RegExp(fixTexts.resultGone)],
    ['that Redis does not tell', away, /Redis is away/],
  ])('%s closes, and says which of the two it is', async (_what, run, words) => {
    const { submit, said } = stand({ run });
    expect(await submit(forFinding)).toEqual([undefined]);
    expect(said).toEqual([expect.stringMatching(words)]);
  });
});
