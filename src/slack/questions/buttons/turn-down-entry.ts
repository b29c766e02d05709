import { decodeValue } from '../../kit/action-values.js';
import type { Exchange } from '../exchange-store.js';
import { remaining, renderTorn } from '../render/render-answer.js';
import { exhaustedView } from '../views/candidates.js';
import {
  type AnswerButtonPorts,
  clickedExchange,
  type HandleClick,
  isItsAnswer,
  outdated,
  scoreOf,
} from './clicked-exchange.js';

/** "Not it": the next candidates, and a note for the maintainers. */
export const turnDownEntry: HandleClick = async (ports, context) => {
  const { click } = context;
  const value = decodeValue('entry', click.value);
  const exchange = await clickedExchange(ports, context, value?.x);
  if (value === undefined || exchange === undefined || click.at === undefined) return;
  if (!(await isItsAnswer(ports, exchange, click))) return context.reply(outdated);
  const isEntry = value.e !== 'none';
  const turnedDown = isEntry ? [value.e] : remaining(exchange).slice(0, 4);
  const refused = [...exchange.refused, ...turnedDown];
  const next: Exchange = { ...exchange, entry: undefined, card: undefined, refused };
  await ports.exchanges.save(next);
  await takeAway(ports, exchange);
  await ports.records.record({
    exchange: exchange.id,
    kind: 'not-it',
    question: exchange.text,
    user: click.who.user,
    at: ports.now().toISOString(),
    entry: isEntry ? value.e : undefined,
    score: scoreOf(exchange, value.e),
  });
  const message = remaining(next).length === 0 ? exhaustedView() : renderTorn(ports, next);
  await ports.poster.update(click.at, message);
};

/** Its card no longer stands in the thread: it may be chosen again. */
async function takeAway(
  { exchanges }: AnswerButtonPorts,
  { channel, threadTs, card }: Exchange,
): Promise<void> {
  const topic = await exchanges.topic(channel, threadTs);
  if (topic === undefined || card === undefined) return;
  await exchanges.setTopic(channel, threadTs, { ...topic, shown: topic.shown.filter((id) => id !== card) });
}
