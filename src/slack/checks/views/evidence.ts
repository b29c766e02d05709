import type { ObjectRef } from '../../../cluster/ports.js';
import type { CheckResult } from '../../../engine/checking/check-run.js';
import { mask } from '../../../masking/mask.js';
import { count } from '../../../texts/count.js';
import { blocksOf, context, sections, verbatim } from '../../kit/blocks.js';
import type { KnownBlock, SlackFile } from '../../kit/message.js';
import { lengthOf, literal, when } from '../../kit/mrkdwn.js';

export type Finding = CheckResult['findings'][number];
type Evidence = Finding['evidence'][number];

/** Shown in the thread; what goes beyond stands in a file, and the thread says so. */
const SHOWN = { pieces: 6, places: 8, characters: 5000 } as const;

interface ShownFinding {
  readonly blocks: readonly KnownBlock[];
  readonly file?: SlackFile;
}

interface FindingMarks {
  readonly fresh: boolean;
}

/** A finding with the very fields, events and log lines it rests on. */
export function findingBlocks(finding: Finding, marks: FindingMarks): ShownFinding {
  const shown = shortEvidence(finding.evidence);
  const rest = finding.evidence.length - shown.reduce((sum, { seen }) => sum + seen.length, 0);
  const cut = rest > 0;
  const name = fileName(`evidence-${finding.id}-${refText(finding.about)}`);
  return {
    blocks: blocksOf(
      sections(
        `${marks.fresh ? ':new: ' : ''}${literal(finding.message)}\n_${literal(refText(finding.about))}_ · \`${finding.id}\``,
      ),
      shown.flatMap(pieceBlocks),
      cut ? context(`${count(rest, 'more piece')} of evidence in the file \`${name}\`.`) : undefined,
    ),
    ...(cut && { file: { name, title: `Evidence: ${finding.id}`, content: evidenceText(finding) } }),
  };
}

/** A name that is safe as a file's, and tells one finding from another. */
export const fileName = (text: string): string => `${text.replace(/[^\w.-]+/g, '_').slice(0, 150)}.txt`;

export const refText = ({ kind, namespace, name }: ObjectRef): string =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

/** What was read in several places alike is shown once, with all of them. */
interface Piece {
  readonly value: string;
  readonly seen: readonly Evidence[];
}

function piecesOf(evidence: readonly Evidence[]): readonly Piece[] {
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
  const places = seen.map(({ where, at }) => `${literal(where)}${at === undefined ? '' : ` · ${when(at)}`}`);
  return blocksOf(context(places.join('\n')), value.trim() === '' ? context('(empty)') : verbatim(value));
}

export const evidenceText = (finding: Finding): string =>
  mask(
    [
      finding.message,
      `${finding.id}, about ${refText(finding.about)}`,
      ...finding.evidence.map(
        ({ where, value, at }) => `\n== ${where}${at === undefined ? '' : ` (${at})`}\n${value}`,
      ),
    ].join('\n'),
  );
