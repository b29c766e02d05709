import type { RunSymptom } from '../../../engine/checking/check-run.js';
import type { Diagnosis } from '../../../engine/diagnosis/diagnose.js';
import { verdictOf } from '../../../engine/diagnosis/verdict-of.js';
import { checkTexts } from '../../../texts/checks.js';
import {
  leftWords,
  type Verdict,
  type VerdictState,
  verdictState,
  verdictWords,
} from '../../../texts/verdict.js';
import { fitsOneMessage } from '../../kit/block-budget.js';
import { blocksOf, context, section } from '../../kit/blocks.js';
import { linesAt } from '../../kit/writing/lines-at.js';
import type { Posting, SlackMessage } from '../../kit/message.js';
import { clip, escapeMrkdwn, literal, literalUpTo } from '../../kit/writing/mrkdwn.js';
import { isFixable } from './causes/cause-button.js';
import type { Finding } from './evidence.js';
import { fitCauses } from './causes/fit-causes.js';
import { mutedOf } from './is-muted.js';
import { buttonLines, detailsFold, detailsLine, resultButtons } from './result-foot.js';
import { evidencePosting } from './result-thread.js';
import { causeLine, diagnosisOf, type ResultView } from './result-view.js';
import { SYMPTOMS } from './causes/symptom-lines.js';
import { unreadCauses } from './causes/unread-causes.js';

/** Outcome first, then the causes, worst first, each with what to do about it; evidence follows in the thread. */
export function resultView(view: ResultView): Posting {
  const diagnosis = diagnosisOf(view);
  return { first: summary(view, diagnosis), ...evidencePosting(view, diagnosis) };
}

const emoji: Readonly<Record<VerdictState, string>> = {
  found: ':red_circle:',
  cancelled: ':octagonal_sign:',
  unread: ':large_yellow_circle:',
  open: ':large_yellow_circle:',
  recovering: ':large_yellow_circle:',
  'not-applicable': ':heavy_minus_sign:',
  clear: ':large_green_circle:',
};

/** What a run comes to, the fixes that it offers counted. */
export function verdictFor(
  view: ResultView,
  diagnosis: Diagnosis<Finding, RunSymptom> = diagnosisOf(view),
): Verdict {
  const { run, muted } = view;
  return verdictOf(run, diagnosis, {
    muted: mutedOf(run, muted),
    fixable: diagnosis.causes.filter((cause) => isFixable(view, cause)).length,
  });
}

/** Lines of a phone before anything must be opened. */
const LINES = 14;
const NOTES = 2;

function summary(view: ResultView, diagnosis: Diagnosis<Finding, RunSymptom>): SlackMessage {
  const { run } = view;
  const verdict = verdictFor(view, diagnosis);
  const words = verdictWords(verdict);
  const scope = view.scope === undefined ? '' : ` (${view.scope})`;
  const [newest, ...older] = (view.notes ?? []).slice(0, NOTES);
  const notes =
    newest === undefined ? [] : [`${newest}${checkTexts.after.checkedAgain(leftWords(verdict))}`, ...older];
  const why = openQuestion(view, verdict);
  const all = [...diagnosis.causes, ...diagnosis.unexplained];
  const left =
    LINES -
    linesAt(`● ${run.cluster}${clip(scope, SCOPE)}: ${words}`) -
    2 * notes.length -
    (why === undefined ? 0 : 2);
  const head = blocksOf(
    section(
      `${emoji[verdictState(verdict)]} *${escapeMrkdwn(run.cluster)}${literal(clip(scope, SCOPE))}: ${literalUpTo(words, WORDS)}*`,
    ),
    notes.length === 0 ? undefined : section(notes.join('\n')),
    why,
  );
  const foot = resultButtons(view, { more: undefined });
  const folded = (symptoms: number) => {
    const { blocks } = fitCauses(view, all, { lines: left - 1 - buttonLines(foot), symptoms });
    return blocksOf(head, blocks, detailsFold(view), foot);
  };
  const row = buttonLines(resultButtons(view, { more: all.length }));
  const plain = fitCauses(view, all, { lines: left - 1 - row });
  return {
    text: oneLine(view, words, all.map(causeLine)),
    // What folds hold counts too, however few lines they take.
    blocks: [SYMPTOMS, 3].map(folded).find(fitsOneMessage) ?? folded(1),
    plain: blocksOf(head, plain.plain, detailsLine(view), resultButtons(view, { more: plain.left })),
  };
}

const SCOPE = 60;
/** Why many checks do not apply may be long; each is in the list of those. */
const WORDS = 600;
const NAMED = 3;

/** Where nothing is known, why: the first line of it. */
function openQuestion({ run }: ResultView, verdict: Verdict) {
  const [cause] = unreadCauses(run);
  const state = verdictState(verdict);
  if (cause === undefined || (state !== 'unread' && state !== 'open')) return undefined;
  return context(`:warning: ${literalUpTo(clip(cause, 84), 300)}`);
}

/** The whole result in one line: what notifications and screen readers show. */
function oneLine({ run }: ResultView, words: string, lines: readonly string[]): string {
  const named =
    lines.length > NAMED ? [...lines.slice(0, NAMED), checkTexts.cause.more(lines.length - NAMED)] : lines;
  const counted = named.length === 0 ? '' : ` (${named.join('; ')})`;
  const [cause] = unreadCauses(run);
  const why = cause === undefined ? '' : ` ${clip(cause, 300)}`;
  return clip(`${run.cluster}: ${words}${counted}.${why}`, 3000);
}
