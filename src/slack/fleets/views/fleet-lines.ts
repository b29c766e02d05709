import type { FleetRow } from '../../../jobs/fleet/fleet-row.js';
import type { FleetJob } from '../../../jobs/queues/payloads.js';
import { fleetTexts } from '../../../texts/fleets.js';
import { actionIds } from '../../kit/action-ids.js';
import { encodeValue } from '../../kit/action-values.js';
import { button, PIECE, section } from '../../kit/blocks.js';
import type { KnownBlock } from '../../kit/message.js';
import { bold, escapeMrkdwn, lengthOf, literal, literalUpTo } from '../../kit/writing/mrkdwn.js';

/** One block of a fleet's message, and how many clusters it speaks of. */
export interface FleetItem {
  readonly block: KnownBlock;
  readonly clusters: number;
  /** The same for a file, whole. */
  readonly plain: string;
}

interface Line {
  readonly text: string;
  readonly plain: string;
  readonly clusters: number;
}

type Spoken = Pick<FleetRow, 'cluster'> & { readonly mark: string; readonly remark: string };

/** The worst finding is whole behind its button; a reason is whole in the cluster's own check. */
const DETAIL = 600;
/** From here on, clusters with nothing of their own to say share a line. */
const ALONE = 10;
const SHARING = 40;

const marks: Readonly<Record<FleetRow['outcome'], string>> = {
  found: ':red_circle:',
  unknown: ':grey_question:',
  clear: ':white_check_mark:',
  'not-applicable': ':heavy_minus_sign:',
};

/** Worst first: found, unknown, clear but for what is muted, clear, not applicable, left out. */
export function fleetItems(rows: readonly FleetRow[], leftOut: FleetJob['leftOut']): FleetItem[] {
  const found = rows.filter(({ outcome }) => outcome === 'found').sort((a, b) => b.problems - a.problems);
  const muted = rows.filter(({ outcome, muted: known }) => outcome === 'clear' && known > 0);
  const quiet = (outcome: FleetRow['outcome']): Spoken[] =>
    rows
      .filter((row) => row.outcome === outcome && !muted.includes(row))
      .map((row) => ({ cluster: row.cluster, mark: marks[outcome], remark: remarkOf(row) }));
  const unasked = leftOut.map(({ name, why }) => ({
    cluster: name,
    mark: ':no_entry_sign:',
    remark: fleetTexts.row.leftOut(why),
  }));
  return [
    ...found.map(withButton),
    ...packed(lines(quiet('unknown'))),
    ...muted.map(withButton),
    ...packed([...lines(quiet('clear')), ...lines(quiet('not-applicable')), ...lines(unasked)]),
  ];
}

/** What stands after the cluster's name, as plain text. */
function remarkOf({ outcome, problems, words, advice, beside = 0, muted, unread, detail }: FleetRow): string {
  const { row } = fleetTexts;
  const head = {
    found: words ?? row.problems(problems),
    unknown: row.unknown,
    clear: row.clear,
    'not-applicable': row.notApplicable,
  }[outcome];
  const besides = [
    ...(outcome === 'found' && unread > 0 ? [row.unread(unread)] : []),
    ...(advice > 0 ? [row.advice(advice)] : []),
    ...(beside > 0 ? [row.beside(beside)] : []),
    ...(muted > 0 ? [row.muted(muted)] : []),
  ];
  const said = detail === undefined ? head : `${head}: ${detail}`;
  return besides.length === 0 ? said : `${withoutStop(said)} (${besides.join(', ')})`;
}

/** A bracket goes on with the sentence before it. */
const withoutStop = (said: string): string => said.replace(/(?<!\.)\.$/, '');

function withButton(row: FleetRow): FleetItem {
  const remark = remarkOf(row);
  const value = encodeValue('run', { r: row.runId });
  const label = fleetTexts.openWhole(row.cluster);
  return {
    block: section(
      `${marks[row.outcome]} ${bold(escapeMrkdwn(row.cluster))} · ${literalUpTo(remark, DETAIL)}`,
      button(fleetTexts.open, { action: actionIds.openInFleet, value, label }),
    ),
    clusters: 1,
    plain: `${row.cluster}: ${remark}`,
  };
}

function lines(spoken: readonly Spoken[]): Line[] {
  const alike = new Map<string, Spoken[]>();
  for (const one of spoken) alike.set(one.remark, [...(alike.get(one.remark) ?? []), one]);
  return [...alike.values()].flatMap((group) => (group.length <= ALONE ? group.map(lineOf) : shared(group)));
}

const lineOf = ({ cluster, mark, remark }: Spoken): Line => ({
  text: `${mark} ${bold(escapeMrkdwn(cluster))} · ${literalUpTo(remark, DETAIL)}`,
  plain: `${cluster}: ${remark}`,
  clusters: 1,
});

function shared(group: readonly Spoken[]): Line[] {
  const [first] = group;
  if (first === undefined) return [];
  const names = group.slice(0, SHARING).map(({ cluster }) => cluster);
  const line = {
    text: `${first.mark} ${literalUpTo(first.remark, DETAIL)}: ${literal(names.join(', '))}`,
    plain: `${names.join(', ')}: ${first.remark}`,
    clusters: names.length,
  };
  return [line, ...shared(group.slice(SHARING))];
}

/** As many lines a section as it holds. */
function packed(all: readonly Line[]): FleetItem[] {
  const items: Line[] = [];
  for (const line of all) {
    const last = items.at(-1);
    const together = `${last?.text}\n${line.text}`;
    if (last === undefined || lengthOf(together) > PIECE) items.push(line);
    else
      items.splice(-1, 1, {
        text: together,
        plain: `${last.plain}\n${line.plain}`,
        clusters: last.clusters + line.clusters,
      });
  }
  return items.map(({ text, plain, clusters }) => ({ block: section(text), plain, clusters }));
}
