import { mask } from '../../../../masking/mask.js';
import type { Proposal } from '../../../../proposals/proposal.js';
import { fixTexts } from '../../../../texts/fixes.js';
import type { SlackFile } from '../../../kit/message.js';
import { lengthOf, literal } from '../../../kit/writing/mrkdwn.js';
import { cardRoom } from './card-room.js';

/** What the card had to cut, whole; undefined = nothing was. */
export function cardDetails(proposal: Proposal): SlackFile | undefined {
  const { remediation, cluster, state, detail } = proposal;
  if (state !== 'proposed') {
    if (!isLong(detail, cardRoom.detail)) return undefined;
    return file(`outcome-${remediation}-${cluster}.txt`, fixTexts.outcomeWhole, [detail]);
  }
  return isCut(proposal)
    ? file(`details-${remediation}-${cluster}.txt`, fixTexts.cardWhole, lines(proposal))
    : undefined;
}

const isLong = (text: string | undefined, room: number): boolean =>
  text !== undefined && lengthOf(literal(text)) > room;

const isCut = ({ finding, title, warnings, rollouts, notRecommended, dryRun }: Proposal): boolean =>
  isLong(title, cardRoom.title) ||
  isLong(finding?.message, cardRoom.finding) ||
  isLong(notRecommended, cardRoom.notRecommended) ||
  isLong(dryRun.detail, cardRoom.dryRun) ||
  warnings.length > cardRoom.warnings ||
  warnings.some((warning) => isLong(warning, cardRoom.warning)) ||
  isAlsoCut(rollouts.flatMap(({ alsoChanges }) => alsoChanges));

const isAlsoCut = (changes: Proposal['rollouts'][number]['alsoChanges']): boolean =>
  changes.length > cardRoom.alsoChanges ||
  changes.some(({ node, from, to }) => isLong(`${node}: ${from} → ${to}`, cardRoom.alsoChange));

function lines(proposal: Proposal): readonly (string | undefined)[] {
  const { title, finding, undoes, warnings, rollouts, notRecommended, dryRun } = proposal;
  return [
    title,
    finding && (undoes === undefined ? fixTexts.found : fixTexts.foundBefore)(finding.message),
    notRecommended && fixTexts.fileNotRecommended(notRecommended),
    ...warnings.map(fixTexts.fileWarning),
    ...rollouts.flatMap((set) => [
      fixTexts.fileRestarts(set),
      ...set.alsoChanges.map(({ node, from, to }) => fixTexts.fileAlso(`${node}: ${from} -> ${to}`)),
    ]),
    dryRun.detail && fixTexts.fileRefused(dryRun.detail),
  ];
}

const file = (name: string, title: string, content: readonly (string | undefined)[]): SlackFile => ({
  name,
  title,
  content: mask(content.filter((line) => line !== undefined && line !== '').join('\n')),
});
