import type { ActionsBlock, Overflow, PlainTextOption, StaticSelect } from '@slack/types';
import type { Intent } from '../../../intents/intent.js';
import { questionTexts as texts } from '../../../texts/questions.js';
import { actionIds } from '../../kit/action-ids.js';
import { encodeValue } from '../../kit/action-values.js';
import { actions, button, limits, plainText } from '../../kit/blocks.js';
import { menu } from '../../kit/menu.js';

interface AnswerControls {
  readonly intent: Pick<Intent, 'id'>;
  readonly exchange: string;
  readonly cluster?: { readonly name: string } | undefined;
  readonly clusters: readonly string[];
  readonly checks: readonly { readonly id: string }[];
  readonly hasMore: boolean;
  readonly hasOthers: boolean;
  /** Whether checks can tell it from entries that begin alike. */
  readonly hasAlike: boolean;
  readonly besides: readonly Pick<Intent, 'id' | 'title'>[];
}

/** What one does next, in one row; what few need is behind its last button. */
export function answerControls(view: AnswerControls): ActionsBlock[] {
  const { intent, exchange, cluster } = view;
  const value = encodeValue('entry', { x: exchange, e: intent.id, c: cluster?.name });
  return actions(`answer:${exchange}`, [
    ...(cluster === undefined ? clusterMenu(view, texts.whichCluster) : checkButton(view, cluster.name)),
    ...(view.hasMore ? [button(texts.more, { action: actionIds.answerMore, value })] : []),
    button(view.hasOthers ? texts.notIt : texts.notAsked, { action: actionIds.answerNotIt, value }),
    ...rest(view),
  ]);
}

/** Beside the line that says which cluster an answer is for. */
export const anotherCluster = (
  view: Pick<AnswerControls, 'cluster' | 'clusters'>,
): StaticSelect | undefined => clusterMenu(view, texts.anotherCluster)[0];

const clusterMenu = (
  { cluster, clusters }: Pick<AnswerControls, 'cluster' | 'clusters'>,
  placeholder: string,
): StaticSelect[] =>
  menu(
    placeholder,
    actionIds.answerCluster,
    clusters.filter((name) => name !== cluster?.name).map((name) => ({ text: name, value: name })),
  );

function checkButton({ intent, exchange, checks }: AnswerControls, cluster: string) {
  if (checks.length === 0) return [];
  const ids = checks.map(({ id }) => id);
  return [
    button(texts.checkFor(cluster), {
      action: actionIds.answerCheck,
      value: encodeValue('entry', { x: exchange, e: intent.id, c: cluster }),
      style: 'primary',
      label: texts.runChecks(cluster, ids),
    }),
  ];
}

/** The exchange stands in the row's id: a value here has room for a name alone. */
function rest({ cluster, hasAlike, besides }: AnswerControls): Overflow[] {
  const option = (text: string, value: string): PlainTextOption => ({
    text: plainText(text, limits.optionText),
    value,
  });
  const apart =
    hasAlike && cluster !== undefined ? [option(texts.tellApart(cluster.name), restValues.apart)] : [];
  const others = besides.map(({ id, title }) => option(texts.instead(title), `${restValues.entry}${id}`));
  const options = [...apart, ...others].slice(0, MOST);
  return options.length === 0 ? [] : [{ type: 'overflow', action_id: actionIds.answerRest, options }];
}

/** Slack's limit. */
const MOST = 5;

/** What an option of the row's last button stands for. */
export const restValues = { apart: 'apart', entry: 'entry:' } as const;
