import type { Entitled } from '../../approvals/authorise.js';
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
    ...approvers
      .slice(0, CLUSTERS)
      .map((one) => explain.approvers(escapeMrkdwn(one.cluster), entitledText(one.approvers))),
    explain.command(code(`/acknet fix ${fix.id} ${cluster}`)),
  ];
  return { text: explain.text(fix.title), blocks: sections(lines.join('\n')) };
}

/** More would bury the rest. */
const CLUSTERS = 5;

const writesText = ({ resource, verbs, namespace, names }: Remediation['writes'][number]): string => {
  const which = names === undefined ? '' : ` ${names.map((name) => code(name)).join(', ')}`;
  return `${verbs.join('/')} ${resource}${which}${namespace === undefined ? '' : ` in ${code(namespace)}`}`;
};
