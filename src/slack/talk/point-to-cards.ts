import { mayBeUndone } from '../../proposals/may-be-undone.js';
import type { ProposalStore } from '../../proposals/ports.js';
import type { MessageRef, Person, Proposal } from '../../proposals/proposal.js';
import { talkTexts } from '../../texts/talk.js';
import { type SightPorts, visible } from '../commands/visible-clusters.js';
import { context, section, sections } from '../kit/blocks.js';
import type { SlackMessage } from '../kit/message.js';
import { clip, link, literal } from '../kit/writing/mrkdwn.js';

export interface CardPorts extends SightPorts {
  readonly store: Pick<ProposalStore, 'open' | 'history'>;
  readonly permalink: (at: MessageRef) => Promise<string | undefined>;
}

interface CardQuestion {
  readonly kind: 'approve' | 'reject' | 'undo';
  readonly who: Person;
  readonly channel: string;
  readonly cluster: string | undefined;
}

const SHOWN = 3;
const RECENT = 25;

const says = {
  approve: { button: 'Approve', nothing: talkTexts.wordApproves, none: talkTexts.noneWaits },
  reject: { button: 'Reject', nothing: talkTexts.wordRejects, none: talkTexts.noneWaits },
  undo: { button: 'Undo', nothing: talkTexts.wordUndoes, none: talkTexts.noneToUndo },
} as const;

/** A typed "approve" or "undo" does nothing: it points to the cards whose button does. */
export async function pointToCards(ports: CardPorts, question: CardQuestion): Promise<SlackMessage> {
  const { button, nothing, none } = says[question.kind];
  const cards = (await cardsFor(ports, question)).slice(0, SHOWN);
  if (cards.length === 0) {
    return {
      text: `${nothing}. ${none}`,
      blocks: [section(`${nothing}. ${none}`), context(talkTexts.checkOffersFixes)],
    };
  }
  const lines = await Promise.all(cards.map((proposal) => lineOf(ports, proposal)));
  const head = talkTexts.pressOnCard({ nothing, button: `*${button}*` });
  return { text: talkTexts.pressOnCard({ nothing, button }), blocks: sections([head, ...lines].join('\n')) };
}

/** Those of this channel before others. */
async function cardsFor(
  ports: CardPorts,
  { kind, who, channel, cluster }: CardQuestion,
): Promise<readonly Proposal[]> {
  const all =
    kind === 'undo'
      ? (await ports.store.history(cluster, RECENT)).filter(mayBeUndone)
      : (await ports.store.open(cluster)).filter(({ state }) => state === 'proposed');
  const seen = await visible(ports, who, all);
  const here = seen.filter(({ card }) => card?.channel === channel);
  return [...here, ...seen.filter((proposal) => !here.includes(proposal))];
}

async function lineOf({ permalink }: CardPorts, { cluster, title, card }: Proposal): Promise<string> {
  const url = card === undefined ? undefined : await permalink(card);
  const name = clip(`${cluster}: ${title}`, 150);
  return url === undefined ? `• ${literal(name)}` : `• ${link(url, name)}`;
}
