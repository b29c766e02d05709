import { questionTexts as texts } from '../../../texts/questions.js';
import { decodeValue } from '../../kit/action-values.js';
import { noticeView } from '../../kit/notices.js';
import { clickedExchange, type HandleClick, scoreOf } from './clicked-exchange.js';

export const giveFeedback: HandleClick = async (ports, context) => {
  const { click, reply } = context;
  const value = decodeValue('feedback', click.value);
  const exchange = await clickedExchange(ports, context, value?.x);
  if (value === undefined || exchange === undefined) return;
  await ports.records.record({
    exchange: exchange.id,
    kind: value.good ? 'helpful' : 'not-helpful',
    question: exchange.text,
    entry: value.e,
    user: click.who.user,
    at: ports.now().toISOString(),
    score: scoreOf(exchange, value.e),
  });
  await reply(noticeView(value.good ? texts.helpfulNoted : texts.unhelpfulNoted));
};
