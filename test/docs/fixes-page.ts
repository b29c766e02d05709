import { z } from 'zod';
import { checks } from '../../src/checks/index.js';
import type { RbacRule } from '../../src/cluster/ports.js';
import type { Remediation } from '../../src/remediations/define-remediation.js';
import { fixTexts } from '../../src/texts/fixes.js';
import { anchor } from './reading/anchor.js';

const HEAD = `# The fixes

Written by \`npm run docs:checks\` from the code under \`src/remediations\`; do not edit. Everything that acknet can change in a cluster, and nothing else can it change. Each is planned, shown as a card with its
exact diff, approved, compared again, applied node by node, checked and undone as [docs/architecture.md](architecture.md#a-fix) says. *May write* is what \`acknet rbac --fixes ID\` grants for it; its reads are the reader's.
`;

/** `docs/fixes.md`: every remediation, what it does, what it means, what it may write. */
export const fixesPage = (remediations: readonly Remediation[]): string =>
  `${HEAD}\n${remediations.map(section).join('\n\n')}\n`;

function section(fix: Remediation): string {
  const facts = [
    `**Does:** ${fix.does}.`,
    `**Risk:** ${fix.risk}. ${fix.impact}`,
    `**Afterwards:** ${fixTexts.afterwards[fix.after]} ${fixTexts.wayBack[fix.undo]}`,
    fix.notRecommended && `**Advised against:** ${fix.notRecommended}`,
    `**Offered for:** ${fix.fixes.length === 0 ? 'nothing by itself; it is asked for by command.' : `${fix.fixes.map(findingLink).join(', ')}.`}`,
    paramsOf(fix),
    `**May write:** ${fix.writes.map(ruleText).join('; ')}.`,
  ].filter((fact) => typeof fact === 'string');
  return [`## ${fix.title}`, `\`${fix.id}\``, facts.map((fact) => `- ${fact}`).join('\n')].join('\n\n');
}

function findingLink(finding: string): string {
  const check = checks.find(({ id }) => finding.startsWith(`${id}.`));
  return check ? `[\`${finding}\`](checks.md#${anchor(check.title)})` : `\`${finding}\``;
}

/** What is chosen in its form; those with a default may be left out. */
function paramsOf({ params }: Remediation): string | undefined {
  const schema = z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' });
  const needed = schema.required ?? [];
  const names = Object.keys(schema.properties ?? {});
  if (names.length === 0) return undefined;
  return `**Choices:** ${names.map((name) => `\`${name}\`${needed.includes(name) ? '' : ' (may be left out)'}`).join(', ')}.`;
}

const ruleText = ({ group, resource, verbs, names, namespace }: RbacRule): string => {
  const what = group === '' ? resource : `${resource}.${group}`;
  const which = names === undefined ? '' : ` ${names.map((name) => `\`${name}\``).join(', ')}`;
  return `${verbs.join(', ')} ${what}${which}${namespace === undefined ? '' : ` in ${namespace}`}`;
};
