import type { CheckRun } from '../../../../engine/checking/check-run.js';
import { findingKey } from '../../../../engine/checking/finding-key.js';
import { checkTexts } from '../../../../texts/checks.js';
import { actionIds } from '../../../kit/action-ids.js';
import { paginate } from '../../../kit/block-budget.js';
import { actions, button, context, section, sections } from '../../../kit/blocks.js';
import type { KnownBlock, SlackMessage } from '../../../kit/message.js';
import { markdownToRichText } from '../../../kit/writing/markdown-to-rich-text.js';
import { bold, link, literal } from '../../../kit/writing/mrkdwn.js';
import { type Finding, findingBlocks } from '../evidence.js';
import { causeLine } from '../result-view.js';
import { symptomLines } from './symptom-lines.js';

const { explain: texts } = checkTexts;

interface CauseDetail {
  readonly run: CheckRun;
  /** Those that a button named; none = they are not kept. */
  readonly findings: readonly Finding[];
  /** What to do, in the Markdown of its entry, where that was asked for. */
  readonly steps?: string | undefined;
  /** What its button for the rest of the entry carries; absent = there is no rest. */
  readonly more?: string | undefined;
  readonly doc?: { readonly title: string; readonly url: string } | undefined;
}

/** One finding is shown whole on so many objects; the thread of the result has the rest. */
const SHOWN = 2;

/** What was found, what shows because of it, and what to do, to whoever asks; undefined = there is nothing to show. */
export function causeDetailView({
  run,
  findings,
  steps,
  more,
  doc,
}: CauseDetail): SlackMessage[] | undefined {
  if (findings.length === 0) return undefined;
  const keys = new Set(findings.map(findingKey));
  const symptoms = (run.symptoms ?? []).filter(({ by }) => by !== undefined && keys.has(by));
  const line = causeLine({ findings });
  const groups: (readonly KnownBlock[])[] = [
    [section(bold(literal(line)))],
    ...(steps === undefined ? [] : [[section(bold(texts.steps)), ...markdownToRichText(steps)]]),
    ...(more === undefined ? [] : [restButton(more)]),
    ...(doc === undefined ? [] : [[context(`:book: ${link(doc.url, doc.title)}`)]]),
    ...findings.slice(0, SHOWN).map(findingBlocks),
    ...(findings.length > SHOWN ? [[context(texts.others(findings.length - SHOWN))]] : []),
    ...(symptoms.length === 0
      ? []
      : [[section(bold(texts.shows(symptoms.length))), ...sections(symptomLines(symptoms).join('\n'))]]),
  ];
  return paginate(`${run.cluster}: ${line}`, groups);
}

const restButton = (value: string): KnownBlock[] =>
  actions('steps', [button(texts.moreSteps, { action: actionIds.moreSteps, value })]);
