import type { Entitled } from '../../approvals/authorise.js';
import { groupBy } from '../../checks/group-by.js';
import type { Remediation } from '../../remediations/define-remediation.js';
import { fixTexts } from '../../texts/fixes.js';
import { sections } from '../kit/blocks.js';
import { entitledText } from '../kit/entitled.js';
import type { SlackMessage } from '../kit/message.js';
import { bold, code, escapeMrkdwn } from '../kit/writing/mrkdwn.js';
import { parameterFields } from './parameter-fields.js';

const { explain } = fixTexts;

interface FixContext {
  /** Who approves, for each cluster that the asker may see. */
  readonly approvers: readonly { readonly cluster: string; readonly approvers: Entitled }[];
  /** The cluster to name in the command that asks for it. */
  readonly cluster: string | undefined;
}

/** What a fix changes, whom that disturbs, the way back, who approves it, and how it is asked for. */
export function explainFixView(
  fix: Remediation,
  { approvers, cluster = '<cluster>' }: FixContext,
): SlackMessage {
  const asked = parameterFields(fix.params, {}).map(({ label, name, hint }) =>
    explain.parameter({ label: escapeMrkdwn(label), name: code(name), hint: escapeMrkdwn(hint ?? '') }),
  );
  const lines = [
    bold(escapeMrkdwn(fix.title)),
    explain.does(escapeMrkdwn(fix.does.replace(/\{(\w+)\}/g, '‹$1›'))),
    explain.writes(fix.writes.map(writesText).join('; ')),
    explain.impact(fix.risk, escapeMrkdwn(fix.impact)),
    explain.wayBack(`${fixTexts.wayBack[fix.undo]} ${fixTexts.afterwards[fix.after]}`),
    ...(fix.notRecommended === undefined ? [] : [fixTexts.notRecommended(escapeMrkdwn(fix.notRecommended))]),
    ...(asked.length === 0 ? [] : [explain.asked(asked.join('; '))]),
    fix.fixes.length === 0 ? explain.byCommand : explain.offeredFor(fix.fixes.map(code).join(', ')),
    ...approverLines(approvers),
    explain.command(code(`/acknet fix ${fix.id} ${cluster}`)),
  ];
  return { text: explain.text(fix.title), blocks: sections(lines.join('\n')) };
}

/** More would bury the rest. */
const GROUPS = 5;
const CLUSTERS = 10;

/** Clusters with the same approvers share a line; those that are not named are counted. */
function approverLines(approvers: FixContext['approvers']): string[] {
  const alike = [...groupBy(approvers, (one) => entitledText(one.approvers))];
  const left = alike.slice(GROUPS).reduce((sum, [, members]) => sum + members.length, 0);
  const lines = alike.slice(0, GROUPS).map(([who, members]) =>
    explain.approvers({
      clusters: members.slice(0, CLUSTERS).map(({ cluster }) => escapeMrkdwn(cluster)),
      more: Math.max(0, members.length - CLUSTERS),
      who,
    }),
  );
  return left === 0 ? lines : [...lines, explain.approversLeft(left)];
}

const writesText = ({ resource, verbs, namespace, names }: Remediation['writes'][number]): string => {
  const which = names === undefined ? '' : ` ${names.map((name) => code(name)).join(', ')}`;
  return `${verbs.join('/')} ${resource}${which}${namespace === undefined ? '' : ` in ${code(namespace)}`}`;
};
