import type { Check, MessageTemplate } from '../../src/checks/judging/define-check.js';
import { manyForms } from '../../src/checks/judging/message-forms.js';
import type { RbacRule } from '../../src/cluster/ports.js';
import { unexplainedCheck } from '../../src/engine/symptoms/examine-symptoms.js';
import { unexplainedIds } from '../../src/engine/symptoms/relating/unexplained.js';
import type { Intent } from '../../src/intents/intent.js';
import { remediationsFor } from '../../src/remediations/index.js';

const HEAD = `# The checks

Written by \`npm run docs:checks\` from the checks, the remediations and the entries of the FAQ; do not edit. A check is *clear*, *found*,
*unknown* (something it needs could not be read, or no evidence of the last hour decides) or *not applicable*. A **problem** makes it *found*;
*advice* does not. What it cannot see is the entry's own word on what Kubernetes does not show.
`;

const areas: Readonly<Record<Check['area'], string>> = {
  across: 'Across the cluster',
  cluster: 'Cluster',
  terway: 'Terway',
  flannel: 'Flannel',
  'kube-proxy': 'kube-proxy',
  ipv6: 'IPv6',
};

/** `docs/checks.md`: every check, what it reads, what it can find, what it cannot see. */
export function checksPage(
  checks: readonly Check[],
  entries: readonly Pick<Intent, 'id' | 'title' | 'blind'>[],
): string {
  const sections = Object.entries(areas).map(([area, title]) => {
    const own = checks.filter((check) => check.area === area).map((check) => checkSection(check, entries));
    return [`## ${title}`, ...own, ...(area === unexplainedCheck.area ? [UNEXPLAINED] : [])].join('\n\n');
  });
  return `${HEAD}\n${sections.join('\n\n')}\n`;
}

const UNEXPLAINED = [
  `### ${unexplainedCheck.title}`,
  `\`${unexplainedCheck.id}\`. Looks whatever the plugin at nodes that are not Ready or have no route, pods that wait for their network, components of the network that are down, those that are Ready and whose log says that they do not do their work (the last lines of 24 of them at most, first where something shows), and warnings of the network. Where such a log cannot be read, it is unknown whether all is well; outside kube-system (an upstream Flannel in kube-flannel, say) the reader needs \`acknet rbac --log-namespaces kube-flannel\` for it. What no finding of the run explains is a problem in its own words:`,
  unexplainedIds.map((id) => `- **problem** \`${id}\``).join('\n'),
].join('\n\n');

function checkSection(
  { id, title, reads, messages, intents, cloud }: Check,
  entries: readonly Pick<Intent, 'id' | 'title' | 'blind'>[],
): string {
  const told = entries.filter((entry) => intents.includes(entry.id));
  const blind = told.flatMap((entry) =>
    entry.blind === undefined ? [] : [`- ${cell(entry.blind)} (\`${entry.id}\`)`],
  );
  return [
    `### ${title}`,
    `\`${id}\`. Reads ${[...new Set(reads.map(ruleText))].join(', ')}.${cloud === undefined ? '' : ` Of the cloud: ${cloud.actions.map((action) => `\`${action}\``).join(', ')}.`}`,
    Object.entries(messages)
      .map(([key, message]) => findingLine(`${id}.${key}`, message))
      .join('\n'),
    ...(blind.length === 0 ? [] : [`Cannot see:\n\n${blind.join('\n')}`]),
    `Entries: ${told.map((entry) => `\`${entry.id}\``).join(', ') || 'none'}.`,
  ].join('\n\n');
}

function findingLine(id: string, { severity, text }: MessageTemplate): string {
  const fixes = remediationsFor(id).map((remediation) => `\`${remediation.id}\``);
  const fixed = fixes.length === 0 ? '' : ` Fixes: ${fixes.join(', ')}.`;
  return `- ${severity === 'problem' ? '**problem**' : '*advice*'} \`${id}\`: ${cell(manyForms(text))}${fixed}`;
}

const ruleText = ({ group, resource, names, namespace }: RbacRule): string => {
  const what = group === '' ? resource : `${resource}.${group}`;
  const which = names === undefined ? '' : ` ${names.map((name) => `\`${name}\``).join(', ')}`;
  return `${what}${which}${namespace === undefined ? '' : ` in ${namespace}`}`;
};

/** Braces are placeholders, and an underscore or angle bracket would be markup. */
const cell = (text: string): string =>
  text.replaceAll('<', '&lt;').replaceAll('{', '`{').replaceAll('}', '}`');
