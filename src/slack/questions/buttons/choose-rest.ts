import { restValues } from '../views/answer-controls.js';
import { tellApartOn } from './check-from-answer.js';
import { clickedExchange, type HandleClick, outdated } from './clicked-exchange.js';
import { showAnswer } from './show-entry.js';

/** An option behind the last button of an answer: the checks that tell it from others, or another entry. */
export const chooseRest: HandleClick = async (ports, context) => {
  const { blockId, value = '' } = context.click;
  const exchange = await clickedExchange(ports, context, blockId.replace(/^answer:/, ''));
  if (exchange === undefined) return;
  if (value.startsWith(restValues.entry))
    return showAnswer(ports, context, { ...exchange, entry: value.slice(restValues.entry.length) });
  const { cluster } = exchange;
  if (value !== restValues.apart || cluster === undefined) return context.reply(outdated);
  return tellApartOn(ports, context, { exchange, cluster });
};
