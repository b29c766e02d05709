import type { ContainerBlock, SectionBlock } from '@slack/types';
import { labelOf } from '../../../cluster/object-label.js';
import type { RunSymptom } from '../../../engine/checking/check-run.js';
import type { Diagnosis } from '../../../engine/diagnosis/diagnose.js';
import { checkTexts } from '../../../texts/checks.js';
import { findingLine } from '../../../texts/findings/finding-line.js';
import { actionIds } from '../../kit/action-ids.js';
import { encodeValue } from '../../kit/action-values.js';
import { paginate } from '../../kit/block-budget.js';
import { actions, button, context, section } from '../../kit/blocks.js';
import { folds } from '../../kit/fold.js';
import type { KnownBlock, Posting, SlackFile, SlackMessage } from '../../kit/message.js';
import { clip, clipMrkdwn, link, literal, literalUpTo } from '../../kit/writing/mrkdwn.js';
import { evidenceText, type Finding, fileName } from './evidence.js';
import { foldedEvidence } from './folded-evidence.js';
import { type Refusal, type ResultView, type RunCause, refusalsFor } from './result-view.js';

const { thread: texts, buttons } = checkTexts;
/** More findings of one cause than this would bury the thread. */
const SHOWN = 15;
const TITLE = 140;

interface Piece {
  readonly folded: readonly ContainerBlock[];
  /** Where Slack takes no folds: its line, and a button that shows the rest to who wants it. */
  readonly plain: SectionBlock;
  readonly file?: SlackFile | undefined;
}

/** What follows the result in its thread: a fold a finding, with the very fields, events and log lines it rests on. */
export function evidencePosting(
  view: ResultView,
  { causes, unexplained }: Diagnosis<Finding, RunSymptom>,
): Pick<Posting, 'more' | 'files'> {
  const all = [...causes, ...unexplained];
  const pieces = all.flatMap((cause, rank) => piecesOf(view, cause, rank));
  const rest = all.flatMap(restOf);
  const count = all.reduce((sum, { findings, sorted }) => sum + findings.length + sorted.length, 0);
  return {
    more: pagesOf(checkTexts.thread.evidenceOf(view.run.cluster, count), pieces, rest),
    files: [...pieces.flatMap(({ file }) => file ?? []), ...rest.map(({ file }) => file)],
  };
}

function pagesOf(text: string, pieces: readonly Piece[], rest: readonly Rest[]): SlackMessage[] {
  const plainOf = new Map<KnownBlock, readonly KnownBlock[]>();
  for (const { folded, plain } of pieces)
    for (const [index, block] of folded.entries()) plainOf.set(block, index === 0 ? [plain] : []);
  const notes = rest.map(({ note }) => [note]);
  const pages = paginate(text, [...pieces.map(({ folded }) => folded), ...notes]);
  return pages.map((page) => ({
    ...page,
    plain: page.blocks.flatMap((block) => plainOf.get(block) ?? [block]),
  }));
}

function piecesOf(view: ResultView, cause: RunCause, rank: number): readonly Piece[] {
  const [first, ...others] = [...cause.findings, ...cause.sorted].slice(0, SHOWN);
  if (first === undefined) return [];
  const refusals = refusalsFor(view, cause);
  const doc = first.intent === undefined ? undefined : view.entries.get(first.intent)?.links[0];
  const lines = [
    ...new Set(refusals.filter(({ needsParams }) => needsParams !== true).map(refusalLine)),
    ...(doc === undefined ? [] : [`:book: ${link(doc.url, doc.title)}`]),
  ];
  const foot = [
    ...(lines.length === 0 ? [] : [context(...lines.map((line) => clipMrkdwn(line, 1000)))]),
    ...startButtons(refusals, view.runId, rank),
  ];
  return [pieceOf(view, first, foot), ...others.map((finding) => pieceOf(view, finding, []))];
}

function pieceOf({ runId }: ResultView, finding: Finding, foot: Parameters<typeof folds>[1]): Piece {
  const line = clip(findingLine(finding), TITLE);
  const { blocks, file } = foldedEvidence(finding);
  const value = encodeValue('finding', { r: runId, f: finding.id, a: labelOf(finding.about) });
  return {
    folded: folds(line, [...blocks, ...foot]),
    plain: section(
      `${literal(line)}\n_${literalUpTo(labelOf(finding.about), 400)}_`,
      button(buttons.evidence, {
        action: actionIds.explainCause,
        value,
        label: buttons.on(buttons.evidence, line),
      }),
    ),
    file,
  };
}

const refusalLine = ({ remediation, reason, hint }: Refusal): string =>
  texts.noButton(remediation, `${literal(reason)}${hint === undefined ? '' : ` ${literal(hint)}`}`);

/** One button a fix that must be told what to set; several findings may lead to it. */
function startButtons(refusals: readonly Refusal[], runId: string, rank: number) {
  const asked = [
    ...new Map(
      refusals
        .filter(({ needsParams }) => needsParams)
        .map((refusal) => [`${refusal.remediation} ${aboutOf(refusal) ?? refusal.finding}`, refusal]),
    ).values(),
  ];
  const all = asked.map((refusal, index) => {
    const { remediation, finding, about } = refusal;
    const alike = asked.filter((other) => other.remediation === remediation).length;
    const name = alike > 1 && about !== undefined ? `${remediation}, ${about.name}` : remediation;
    return button(buttons.prepare(name), {
      action: `${actionIds.startFix}:${index}`,
      value: encodeValue('fix', { r: runId, f: finding, m: remediation, a: aboutOf(refusal) }),
    });
  });
  // Two causes may hold findings with one id, and a message no two blocks of one name.
  return actions(`start-fix:${rank}`, all);
}

const aboutOf = ({ about }: Refusal): string | undefined => about && labelOf(about);

interface Rest {
  readonly note: KnownBlock;
  readonly file: SlackFile;
}

/** The findings beyond those shown, whole, in one file. */
function restOf(cause: RunCause): Rest[] {
  const all = [...cause.findings, ...cause.sorted];
  if (all.length <= SHOWN) return [];
  const name = fileName(`findings-${cause.id}`);
  return [
    {
      note: context(texts.findings(all.length - SHOWN, name)),
      file: {
        name,
        title: texts.moreFindings(cause.id),
        content: all.slice(SHOWN).map(evidenceText).join('\n\n'),
      },
    },
  ];
}
