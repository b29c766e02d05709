import type { Intent } from '../../../intents/intent.js';
import { actionIds } from '../../kit/action-ids.js';
import { encodeValue } from '../../kit/action-values.js';
import { actions, blocksOf, button, context, section } from '../../kit/blocks.js';
import { menu } from '../../kit/menu.js';
import type { KnownBlock, SlackMessage } from '../../kit/message.js';
import { bold, escapeMrkdwn } from '../../kit/mrkdwn.js';

interface CandidatesView {
  readonly exchange: string;
  readonly entries: readonly Pick<Intent, 'id' | 'title' | 'summary'>[];
  readonly cluster?: string | undefined;
  readonly clusters: readonly string[];
  /** Whether checks exist that can tell these apart. */
  readonly tellable: boolean;
}

interface UnplacedView extends Omit<CandidatesView, 'tellable'> {
  /** Everything acknet knows. */
  readonly topics: readonly Pick<Intent, 'id' | 'title'>[];
}

/** Two to four entries that could be meant. Choosing one replaces the message. */
export function tornView(view: CandidatesView): SlackMessage {
  const apart = view.tellable ? tellApart(view) : [];
  return {
    text: `That could be: ${view.entries.map(({ title }) => title).join('; or ')}. Which is it?`,
    blocks: blocksOf(
      section('That could be more than one thing. Which is it?'),
      entryChoices(view),
      apart,
      apart.length === 0
        ? undefined
        : context('Cannot tell? The checks behind these entries can, from what the cluster shows.'),
      actions(`none:${view.exchange}`, [noneOfThese(view.exchange)]),
    ),
  };
}

/** An honest no, with the nearest topics. */
export function unplacedView(view: UnplacedView): SlackMessage {
  const topics = view.topics.map(({ id, title }) => ({ text: title, value: id }));
  return {
    text: `I don't know that one. Nearest topics: ${view.entries.map(({ title }) => title).join('; ')}.`,
    blocks: blocksOf(
      section("*I don't know that one.* My subject is container networking on ACK. Nearest topics:"),
      entryChoices(view),
      actions(`topics:${view.exchange}`, menu('All topics…', actionIds.chooseTopic, topics)),
      context(
        'Your question is noted for the maintainers. Error texts and log lines, pasted as they are, help me most.',
      ),
    ),
  };
}

/** Nothing left to offer after "Not it". */
export function exhaustedView(): SlackMessage {
  return {
    text: 'Then I do not know that one. Your question is noted for the maintainers.',
    blocks: [
      section('*Then I do not know that one.* Your question is noted for the maintainers.'),
      context('Try the error text as it stands in the log, or `/acknet check <cluster>`.'),
    ],
  };
}

function entryChoices({ exchange, entries, cluster }: Omit<CandidatesView, 'tellable'>): KnownBlock[] {
  return entries.map((entry, index) =>
    section(
      `${bold(escapeMrkdwn(entry.title))}\n${escapeMrkdwn(entry.summary)}`,
      button('This one', {
        action: `${actionIds.chooseEntry}:${index}`,
        value: encodeValue('entry', {
          x: exchange,
          e: entry.id,
          c: cluster,
        }),
        label: `Answer for: ${entry.title}`,
      }),
    ),
  );
}

function tellApart({ exchange, cluster, clusters }: CandidatesView): KnownBlock[] {
  const only = cluster ?? (clusters.length === 1 ? clusters[0] : undefined);
  if (only !== undefined) {
    const value = encodeValue('cluster', { x: exchange, c: only });
    return actions(`tell:${exchange}`, [
      button(`Find out on ${only}`, { action: actionIds.tellApart, value, style: 'primary' }),
    ]);
  }
  const choices = clusters.map((name) => ({ text: name, value: name }));
  return actions(`tell:${exchange}`, menu('Find out on…', actionIds.tellApart, choices));
}

const noneOfThese = (exchange: string) =>
  button('None of these', {
    action: actionIds.answerNotIt,
    value: encodeValue('entry', { x: exchange, e: 'none' }),
  });
