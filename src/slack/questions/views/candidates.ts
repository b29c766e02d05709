import type { Intent } from '../../../intents/intent.js';
import { questionTexts as texts } from '../../../texts/questions.js';
import { actionIds } from '../../kit/action-ids.js';
import { encodeValue } from '../../kit/action-values.js';
import { actions, blocksOf, button, context, section } from '../../kit/blocks.js';
import { menu } from '../../kit/menu.js';
import type { KnownBlock, SlackMessage } from '../../kit/message.js';
import { bold, clip, escapeMrkdwn } from '../../kit/writing/mrkdwn.js';

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
  /** Checks that can see what the text tells of. */
  readonly looks: readonly { readonly id: string; readonly title: string }[];
}

/** Two to four entries that could be meant. Choosing one replaces the message. */
export function tornView(view: CandidatesView): SlackMessage {
  const apart = view.tellable ? tellApart(view) : [];
  return {
    text: texts.couldBe(view.entries.map(({ title }) => title)),
    blocks: blocksOf(
      section(texts.whichIsIt),
      entryChoices(view),
      apart,
      apart.length === 0 ? undefined : context(texts.checksCanTell),
      actions(`none:${view.exchange}`, [noneOfThese(view.exchange)]),
    ),
  };
}

/** An honest no, with what checks could find and the nearest topics. */
export function unplacedView(view: UnplacedView): SlackMessage {
  const { entries, exchange, looks } = view;
  const topics = view.topics.map(({ id, title }) => ({ text: title, value: id }));
  const titles = entries.map(({ title }) => title);
  const offer = looks.length === 0 ? undefined : offerOf(view);
  return {
    text: clip(offer === undefined ? texts.unknown(titles) : `${texts.noEntry} ${offer}`, 300),
    blocks: blocksOf(
      offer === undefined
        ? section(texts.unknownNearest)
        : section(`${bold(texts.noEntry)} ${escapeMrkdwn(offer)}`),
      offer === undefined ? undefined : lookButton(view),
      offer === undefined || entries.length === 0 ? undefined : section(texts.nearest),
      entryChoices(view),
      actions(`topics:${exchange}`, menu(texts.allTopics, actionIds.chooseTopic, topics)),
      context(texts.noted),
    ),
  };
}

function offerOf({ looks, ...view }: UnplacedView): string {
  const titles = looks.map(({ title }) => clip(title, 100));
  const cluster = clusterOf(view);
  return cluster === undefined ? texts.canLookAtAny(titles) : texts.canLook(cluster, titles);
}

/** Where no cluster is known, the words of the offer say what to type. */
function lookButton({ exchange, looks, ...view }: UnplacedView): KnownBlock[] {
  const cluster = clusterOf(view);
  if (cluster === undefined) return [];
  const checks = looks.map(({ id }) => id);
  return actions(`look:${exchange}`, [
    button(texts.lookAt(cluster), {
      action: actionIds.lookFor,
      value: encodeValue('cluster', { x: exchange, c: cluster }),
      style: 'primary',
      label: texts.runChecks(cluster, checks),
    }),
  ]);
}

/** The cluster in question, or the only one there is. */
const clusterOf = ({ cluster, clusters }: Pick<CandidatesView, 'cluster' | 'clusters'>): string | undefined =>
  cluster ?? (clusters.length === 1 ? clusters[0] : undefined);

/** Nothing left to offer after "Not it". */
export function exhaustedView(): SlackMessage {
  return {
    text: texts.exhausted,
    blocks: [section(texts.exhaustedBold), context(texts.tryErrorText)],
  };
}

function entryChoices({ exchange, entries, cluster }: Omit<CandidatesView, 'tellable'>): KnownBlock[] {
  return entries.map((entry, index) =>
    section(
      `${bold(escapeMrkdwn(entry.title))}\n${escapeMrkdwn(entry.summary)}`,
      button(texts.thisOne, {
        action: `${actionIds.chooseEntry}:${index}`,
        value: encodeValue('entry', {
          x: exchange,
          e: entry.id,
          c: cluster,
        }),
        label: texts.answerFor(entry.title),
      }),
    ),
  );
}

function tellApart({ exchange, cluster, clusters }: CandidatesView): KnownBlock[] {
  const only = clusterOf({ cluster, clusters });
  if (only !== undefined) {
    const value = encodeValue('cluster', { x: exchange, c: only });
    return actions(`tell:${exchange}`, [
      button(texts.findOutOn(only), { action: actionIds.tellApart, value, style: 'primary' }),
    ]);
  }
  const choices = clusters.map((name) => ({ text: name, value: name }));
  return actions(`tell:${exchange}`, menu(texts.findOutOnWhich, actionIds.tellApart, choices));
}

const noneOfThese = (exchange: string) =>
  button(texts.noneOfThese, {
    action: actionIds.answerNotIt,
    value: encodeValue('entry', { x: exchange, e: 'none' }),
  });
