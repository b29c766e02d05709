import type { App } from '@slack/bolt';
import { actionIds, anyOf } from '../../kit/action-ids.js';
import { onClick } from '../../listeners/on-click.js';
import { checkForEntry, lookFor, tellApart } from './check-from-answer.js';
import { chooseRest } from './choose-rest.js';
import type { AnswerButtonPorts, HandleClick } from './clicked-exchange.js';
import { giveFeedback } from './give-feedback.js';
import { chooseCluster, chooseEntry, chooseTopic, showMore } from './show-entry.js';
import { turnDownEntry } from './turn-down-entry.js';

/** The buttons under an answer, and those that choose between entries. */
export function onAnswerButtons(app: App, ports: AnswerButtonPorts): void {
  const on = (action: string | RegExp, handle: HandleClick) =>
    onClick({ app, ports }, action, (context) => handle(ports, context));
  on(anyOf(actionIds.chooseEntry), chooseEntry);
  on(actionIds.chooseTopic, chooseTopic);
  on(actionIds.answerMore, showMore);
  on(actionIds.answerNotIt, turnDownEntry);
  on(actionIds.answerCluster, chooseCluster);
  on(actionIds.answerCheck, checkForEntry);
  on(actionIds.tellApart, tellApart);
  on(actionIds.answerRest, chooseRest);
  on(actionIds.lookFor, lookFor);
  on(actionIds.answerFeedback, giveFeedback);
}
