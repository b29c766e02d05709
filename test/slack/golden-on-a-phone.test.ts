import { describe, it } from '@jest/globals';
import { helpView } from '../../src/slack/commands/help.js';
import { clustersView, historyView, pendingView, statusView } from '../../src/slack/commands/lists.js';
import { fillView } from '../../src/slack/fixes/views/fill-in.js';
import { lostCardView } from '../../src/slack/fixes/views/lost-card.js';
import { refusedCardView } from '../../src/slack/fixes/views/refused-card.js';
import type { SlackMessage } from '../../src/slack/kit/message.js';
import { refusalView } from '../../src/slack/kit/notices.js';
import { approversView } from '../../src/slack/talk/approvers-view.js';
import { drawMessage } from '../support/draw-message.js';
import { expectGoldenText } from '../support/expect-golden.js';
import { sampleProposal } from '../support/sample-proposal.js';
import { unaskedMessages } from './unasked-messages.js';

const approvers = { users: ['U0BO'], groups: ['S0NETOPS'] };
const listed = (clusters: readonly string[]) =>
  clusters.map((cluster) => ({ proposal: sampleProposal({ cluster }), link: 'https://x.y/p1' }));
const some = (clusters: readonly string[]) => clusters[0] ?? 'none';

/** What is answered to a command or a click, beside results, cards and answers, which have goldens of their own. */
const replies: Readonly<Record<string, (clusters: readonly string[]) => readonly SlackMessage[]>> = {
  approversView: (clusters) => [approversView(clusters.map((cluster) => ({ cluster, approvers })))],
  clustersView: (clusters) =>
    clustersView(
      clusters.map((name, n) => ({ name, readOnly: n % 3 === 1, hasFixer: n % 3 === 0 })),
      clusters.length,
    ),
  fillView: (clusters) => [fillView('Add a pod vSwitch and restart Terway', some(clusters), 'v')],
  helpView: (clusters) => [helpView(clusters[0])],
  historyView: (clusters) => historyView(listed(clusters)),
  lostCardView: (clusters) => [lostCardView(sampleProposal({ id: '0f773a63', cluster: some(clusters) }))],
  pendingView: (clusters) => pendingView(listed(clusters)),
  refusalView: (clusters) => [
    refusalView({
      ok: false,
      reason: `Only approvers of ${some(clusters)} can do that.`,
      entitled: approvers,
    }),
  ],
  refusedCardView: () => [refusedCardView('p'.repeat(20), 'altered')],
  statusView: (clusters) =>
    statusView(
      clusters.map((cluster) => ({ cluster, state: 'running' as const, requestedBy: 'U0ANA' })),
      listed(clusters),
    ),
};

/** Two have goldens beside their own tests (test/slack/schedules). */
const { digestView: _digest, oneClusterView: _one, ...unasked } = unaskedMessages;
const all = { ...unasked, ...replies };
const lengths = {
  shortest: ['cluster-x'],
  longest: Array.from({ length: 30 }, (_, n) => `${'prod-hangzhou-payments'.repeat(2)}-${n}`),
} as const;

describe.each(Object.entries(all))('%s, as wide as a phone', (name, messagesOf) => {
  it.each(Object.entries(lengths))('at its %s', (length, clusters) => {
    const drawn = messagesOf(clusters).map(
      ({ text, blocks }) => `== ${text.slice(0, 200)}\n\n${drawMessage(blocks)}`,
    );
    expectGoldenText(`test/slack/golden/phone/${name}-${length}.45.txt`, drawn.join('\n'));
  });
});
