import { labelOf } from '../../../cluster/object-label.js';
import type { CheckResult } from '../../../engine/checking/check-run.js';
import { mask } from '../../../masking/mask.js';
import { checkTexts } from '../../../texts/checks.js';
import { blocksOf, context, sections, verbatim } from '../../kit/blocks.js';
import type { KnownBlock } from '../../kit/message.js';
import { lengthOf, literal, when } from '../../kit/writing/mrkdwn.js';

export type Finding = CheckResult['findings'][number];
type Evidence = Finding['evidence'][number];

/** Shown to who asks; what goes beyond stands in the thread of the result, or in a file there. */
const SHOWN = { pieces: 6, places: 8, characters: 5000 } as const;

/** A finding with the very fields, events and log lines it rests on. */
export function findingBlocks(finding: Finding): readonly KnownBlock[] {
  const shown = shortEvidence(finding.evidence);
  const rest = finding.evidence.length - shown.reduce((sum, { seen }) => sum + seen.length, 0);
  return blocksOf(
    sections(`${literal(finding.message)}
_${literal(labelOf(finding.about))}_ · \`${finding.id}\``),
    shown.flatMap(pieceBlocks),
    rest > 0 ? context(checkTexts.thread.morePieces(rest)) : undefined,
  );
}

/** A name that is safe as a file's, and tells one finding from another. */
export const fileName = (text: string): string => `${text.replace(/[^\w.-]+/g, '_').slice(0, 150)}.txt`;

/** What was read in several places alike is shown once, with all of them. */
export interface Piece {
  readonly value: string;
  readonly seen: readonly Evidence[];
}

export function piecesOf(evidence: readonly Evidence[]): readonly Piece[] {
  const pieces = new Map<string, Evidence[]>();
  for (const item of evidence) pieces.set(item.value, [...(pieces.get(item.value) ?? []), item]);
  return [...pieces].map(([value, seen]) => ({ value, seen }));
}

function shortEvidence(evidence: readonly Evidence[]): readonly Piece[] {
  const shown: Piece[] = [];
  let characters = 0;
  for (const piece of piecesOf(evidence).slice(0, SHOWN.pieces)) {
    characters += lengthOf(piece.value);
    if (characters > SHOWN.characters) break;
    shown.push({ ...piece, seen: piece.seen.slice(0, SHOWN.places) });
  }
  return shown;
}

function pieceBlocks({ value, seen }: Piece): KnownBlock[] {
  const said = value.trim() === '' ? context(checkTexts.thread.empty) : verbatim(value);
  return blocksOf(context(seen.map(placeText).join('\n')), said);
}

/** Where something was read, and when. */
export const placeText = ({ where, at }: Evidence): string =>
  `${literal(where)}${at === undefined ? '' : ` · ${when(at)}`}`;

export const evidenceText = (finding: Finding): string =>
  mask(
    [
      finding.message,
      `${finding.id}, about ${labelOf(finding.about)}`,
      ...finding.evidence.map(
        ({ where, value, at }) => `\n== ${where}${at === undefined ? '' : ` (${at})`}\n${value}`,
      ),
    ].join('\n'),
  );
