import type { ActionsBlock, Button } from '@slack/types';
import { askedChecks } from '../../../engine/checking/asked-checks.js';
import { countOutcomes } from '../../../engine/checking/check-run.js';
import { clockWarning } from '../../../engine/checking/reading/server-time.js';
import { checkTexts } from '../../../texts/checks.js';
import { actionIds } from '../../kit/action-ids.js';
import { encodeValue } from '../../kit/action-values.js';
import { askerText } from '../../kit/asker.js';
import { actions, button, context } from '../../kit/blocks.js';
import { folds } from '../../kit/fold.js';
import { linesAt } from '../../kit/writing/lines-at.js';
import { menu } from '../../kit/menu.js';
import type { KnownBlock } from '../../kit/message.js';
import { clip, literal, literalUpTo, when } from '../../kit/writing/mrkdwn.js';
import { countOfList, type OutcomeList, outcomeLists, told } from './outcome-lists.js';
import { recoveringLines } from './recovering.js';
import type { ResultView } from './result-view.js';
import { unreadCauses } from './causes/unread-causes.js';

const { cause: words, fields, buttons } = checkTexts;
const UNREAD_CAUSES = 3;
const LINE = 600;

/** What a tired reader need not see: counts, what is new, who asked, warnings about the reading itself. */
export function detailsFold(view: ResultView): KnownBlock[] {
  const { run, changes } = view;
  return folds(words.details(detailsTitle(view)), [
    ...(view.scope === undefined ? [] : [context(fields.scope(literal(clip(view.scope, LINE))))]),
    context(fields.outcomes(countOutcomes(told(run)))),
    ...(run.clockOffsetSeconds === undefined
      ? []
      : [context(`:warning: ${literal(clockWarning(run.clockOffsetSeconds))}`)]),
    ...unreadCauses(run)
      .slice(0, UNREAD_CAUSES)
      .map((cause) => context(`:warning: ${literalUpTo(cause, LINE)}`)),
    ...recoveringLines(run),
    ...(changes === undefined ? [] : [context(changesText(changes))]),
    context(fields.askedBy(askerText(view.requestedBy), when(run.startedAt))),
    ...actions(`found:${view.runId}`, listButtons(view)),
  ]);
}

/** `40 checks in 2.1 s, 3 unknown` */
function detailsTitle({ run }: ResultView): string {
  const { unknown } = countOutcomes(run.checks);
  const checked = fields.checked(askedChecks(run).length, seconds(run.durationMs));
  return unknown === 0 ? checked : `${checked}, ${words.unknownOf(unknown)}`;
}

/** The same in a line, for a Slack without folds. */
export const detailsLine = (view: ResultView): KnownBlock =>
  context(`${detailsTitle(view)} · ${askerText(view.requestedBy)}`);

function changesText(changes: NonNullable<ResultView['changes']>): string {
  const gone = changes.gone.map(({ message }) => literal(clip(message, 120)));
  const of = { fresh: changes.fresh.length, gone: gone.length, unchanged: changes.unchanged };
  return `${fields.since(when(changes.since), of)}${gone.length === 0 ? '' : fields.gone(gone.slice(0, 3), gone.length - 3)}`;
}

const seconds = (ms: number): string =>
  ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;

/** `more` = causes that are nowhere on show: a button lists them. Without folds, what may need someone stands here too. */
export function resultButtons(
  view: ResultView,
  { more }: { readonly more: number | undefined },
): KnownBlock[] {
  const value = encodeValue('run', { r: view.runId });
  const rest = listsOf(view).filter((list) => !upFront.includes(list));
  return actions(`lists:${view.runId}`, [
    ...(more === undefined || more === 0
      ? []
      : [button(words.more(more), { action: `${actionIds.listOutcome}:causes`, value })]),
    button(buttons.again, { action: actionIds.runAgain, value, label: buttons.againOn(view.run.cluster) }),
    ...(more === undefined ? [] : listButtons(view)),
    ...menu(
      buttons.show,
      actionIds.pickList,
      rest.map((list) => ({
        text: checkTexts.inMenu(outcomeLists[list], countOfList(view, list)),
        value: list,
      })),
    ),
  ]);
}

/** Lines that the buttons take on a phone. */
export const buttonLines = (blocks: readonly KnownBlock[]): number =>
  blocks.reduce((sum, block) => sum + (block.type === 'actions' ? linesAt(labelsOf(block)) : 0), 0);

const labelsOf = ({ elements }: ActionsBlock): string =>
  elements
    .map((element) => (element.type === 'button' ? element.text.text : buttons.show))
    .map((label) => `[${label}]`)
    .join(' ');

/** What may need someone has a button of its own; the rest is in a menu. */
const upFront: readonly OutcomeList[] = ['unknown', 'advice', 'muted'];

const listsOf = (view: ResultView): readonly OutcomeList[] =>
  (Object.keys(outcomeLists) as OutcomeList[]).filter((list) => countOfList(view, list) > 0);

const listButtons = (view: ResultView): Button[] =>
  listsOf(view)
    .filter((list) => upFront.includes(list))
    .map((list) =>
      button(`${outcomeLists[list]} ${countOfList(view, list)}`, {
        action: `${actionIds.listOutcome}:${list}`,
        value: encodeValue('run', { r: view.runId }),
      }),
    );
