import type { ContextBlock, SectionBlock } from '@slack/types';
import { labelOf } from '../../../cluster/object-label.js';
import { checkTexts } from '../../../texts/checks.js';
import { context, section } from '../../kit/blocks.js';
import type { SlackFile } from '../../kit/message.js';
import { clip, clipMrkdwn, fenced, lengthOf, literal, literalUpTo } from '../../kit/writing/mrkdwn.js';
import { evidenceText, type Finding, fileName, type Piece, piecesOf, placeText } from './evidence.js';

/** A container holds ten blocks: the message, three pieces of two each, and what follows. */
const SHOWN = { pieces: 3, places: 4, characters: 1500 } as const;
const MESSAGE = 2000;

interface FoldedEvidence {
  readonly blocks: readonly (ContextBlock | SectionBlock)[];
  /** All of it, where the fold does not hold it. */
  readonly file?: SlackFile | undefined;
}

/** What is inside a finding's fold: its message, its id, and what it rests on. */
export function foldedEvidence(finding: Finding): FoldedEvidence {
  const pieces = piecesOf(finding.evidence);
  const shown = pieces.slice(0, SHOWN.pieces);
  const cut =
    pieces.length > shown.length ||
    shown.some(({ value, seen }) => lengthOf(value) > SHOWN.characters || seen.length > SHOWN.places);
  const name = fileName(`evidence-${finding.id}-${labelOf(finding.about)}`);
  return {
    blocks: [
      section(
        `${literalUpTo(finding.message, MESSAGE)}\n_${literalUpTo(labelOf(finding.about), 400)}_ · \`${finding.id}\``,
      ),
      ...shown.flatMap(pieceBlocks),
      ...(cut ? [context(checkTexts.thread.cutTo(name))] : []),
    ],
    file: cut
      ? { name, title: checkTexts.thread.evidenceFile(finding.id), content: evidenceText(finding) }
      : undefined,
  };
}

function pieceBlocks({ value, seen }: Piece): (ContextBlock | SectionBlock)[] {
  const places = seen.slice(0, SHOWN.places).map(placeText);
  const said =
    value.trim() === '' ? literal(checkTexts.thread.empty) : fenced(clip(value, SHOWN.characters), 2900);
  return [context(places.map((place) => clipMrkdwn(place, 500)).join('\n')), section(said)];
}
