import { firingOf, type Incident, type IncidentAlert } from '../../../jobs/alerts/incident.js';
import { alertTexts } from '../../../texts/alerts.js';
import { blocksOf, context, section } from '../../kit/blocks.js';
import type { SlackMessage } from '../../kit/message.js';
import { bold, clip, escapeMrkdwn, literal, literalUpTo, when } from '../../kit/writing/mrkdwn.js';
import { foundBlocks } from './found-blocks.js';
import { foundWords } from './found-summary.js';
import type { IncidentView } from './incident-view.js';

/** More kinds of alerts would bury what was found. */
const KINDS = 5;
const PLACES = 3;
const SUMMARY = 200;

/** The message of an incident: what acknet found of it, then what fires, which who is called knows already. */
export function incidentView(view: IncidentView): SlackMessage {
  const { incident, found, ping } = view;
  const title = titleOf(incident);
  const mark = incident.resolvedAt === undefined ? ':rotating_light:' : ':white_check_mark:';
  return {
    text: clip(
      `${title}${found === undefined ? '' : ` · ${foundWords(found)}`} (${kindsOf(incident).join(', ')})`,
      3000,
    ),
    tail: ping,
    blocks: blocksOf(
      section(`${mark} ${bold(literalUpTo(title, 300))}`),
      foundBlocks(view),
      section(alertLines(incident).join('\n')),
      context(alertTexts.told(when(incident.openedAt), when(incident.toldAt))),
      ping === undefined ? undefined : context(alertTexts.ping(ping)),
    ),
  };
}

function titleOf(incident: Incident): string {
  const { cluster, resolvedAt, openedAt } = incident;
  if (resolvedAt !== undefined)
    return alertTexts.resolved(cluster, Date.parse(resolvedAt) - Date.parse(openedAt));
  const all = Object.keys(incident.alerts).length + incident.left;
  return alertTexts.firing({ cluster, firing: firingOf(incident).length + incident.left, all });
}

/** As many as a notification has room for. */
function kindsOf({ alerts }: Incident): readonly string[] {
  const kinds = [...new Set(Object.values(alerts).map(({ name }) => clip(name, 100)))];
  const more = kinds.length - PLACES;
  return [...kinds.slice(0, PLACES), ...(more > 0 ? [alertTexts.more(more)] : [])];
}

function alertLines(incident: Incident): string[] {
  const kinds = new Map<string, IncidentAlert[]>();
  for (const alert of Object.values(incident.alerts))
    kinds.set(alert.name, [...(kinds.get(alert.name) ?? []), alert]);
  const shown = [...kinds.values()].slice(0, KINDS).map(kindLine);
  return [
    ...shown,
    ...(kinds.size > KINDS ? [alertTexts.moreKinds(kinds.size - KINDS)] : []),
    ...(incident.left > 0 ? [alertTexts.left(incident.left)] : []),
  ];
}

/** `• KubeNodeNotReady 2×: node a, node b, since 03:02` */
function kindLine(alerts: readonly IncidentAlert[]): string {
  const [first] = alerts;
  if (first === undefined) return '';
  const firing = alerts.filter((alert) => alert.firing);
  const places = [...new Set((firing.length > 0 ? firing : alerts).flatMap(placeOf))];
  const more = places.length - PLACES;
  const parts = [
    [...places.slice(0, PLACES).map(literal), ...(more > 0 ? [alertTexts.more(more)] : [])].join(', '),
    firing.length > 0 ? alertTexts.since(when(earliest(firing))) : alertTexts.ended,
  ].filter((part) => part !== '');
  const name = bold(escapeMrkdwn(clip(first.name, 100)).replaceAll('*', ''));
  const times = alerts.length > 1 ? ` ${alertTexts.of(alerts.length)}` : '';
  const summary = alerts.length === 1 && first.summary ? `\n    ${literalUpTo(first.summary, SUMMARY)}` : '';
  return `• ${name}${times}: ${parts.join(', ')}${summary}`;
}

function placeOf({ node, pod, namespace }: IncidentAlert): string[] {
  if (node !== undefined) return [alertTexts.node(node)];
  if (pod !== undefined) return [alertTexts.pod(namespace === undefined ? pod : `${namespace}/${pod}`)];
  return namespace === undefined ? [] : [alertTexts.namespace(namespace)];
}

const earliest = (alerts: readonly IncidentAlert[]): string =>
  alerts.map(({ startsAt }) => startsAt).toSorted()[0] ?? '';
