import type { AnswerFacts } from '../../../intents/answer-facts.js';
import { composeAnswer } from '../../../intents/compose-answer.js';
import type { Reply } from '../../../intents/conversation/conversation.js';
import type { Intent } from '../../../intents/intent.js';
import type { AskedPassage } from '../../../intents/passages/create-passage-recogniser.js';
import { fitPassage } from '../../../intents/passages/fit-passages.js';
import { leadOf } from '../../../intents/passages/lead-of.js';
import type { SlackMessage } from '../../kit/message.js';
import type { Exchange, ThreadTopic } from '../exchange-store.js';
import { passageView, type SaidPassage } from '../views/passage.js';
import { knownFacts, type Rendering } from './render-answer.js';

interface AskedOf {
  readonly exchange: Exchange;
  readonly intent: Intent;
  readonly reply: Reply;
  readonly topic: ThreadTopic | undefined;
}

const NAMED = 2;

/** What was asked of an entry, fitted to the exchange's cluster. */
export async function renderPassage(
  ports: Rendering,
  { exchange, intent, reply, topic }: AskedOf,
): Promise<SlackMessage> {
  const facts = await knownFacts(ports, exchange.cluster);
  const { asked, askedToo, stillBroken, candidates } = reply;
  const known = 'facts' in facts ? facts.facts : undefined;
  const others = stillBroken > 0 ? (topic?.others ?? []) : candidates;
  return passageView({
    intent,
    passages: distinct([asked, askedToo]).map((one) => say(ports, { asked: one, intent, facts: known })),
    exchange: exchange.id,
    cluster: exchange.cluster,
    checks: ports.catalogue.checksOf(intent),
    shown: topic?.shown.includes(intent.id) === true,
    hasMore: composeAnswer(intent, known).sections.some(({ name }) => name === 'More'),
    others: ports.catalogue.pick(others.map(({ id }) => id).filter((id) => id !== intent.id)).slice(0, NAMED),
    stillBroken: stillBroken > 0,
  });
}

const distinct = (asked: readonly (AskedPassage | undefined)[]): readonly AskedPassage[] =>
  asked.filter(
    (one, at): one is AskedPassage =>
      one !== undefined &&
      asked.findIndex((other) => other?.passage === one.passage && other?.kinds[0] === one.kinds[0]) === at,
  );

interface Asked {
  readonly asked: AskedPassage;
  readonly intent: Intent;
  readonly facts: AnswerFacts | undefined;
}

function say({ catalogue, passageKinds }: Rendering, { asked, intent, facts }: Asked): SaidPassage {
  const [kind] = asked.kinds;
  if (asked.passage === undefined) {
    const title = passageKinds[kind]?.title ?? kind;
    return { unsaid: `${title.charAt(0).toLowerCase()}${title.slice(1)}` };
  }
  const fitted = fitPassage(intent, asked.passage, facts);
  if ('why' in fitted) return fitted;
  return { ...leadOf(catalogue.withTitles(fitted.markdown)), label: fitted.label };
}
