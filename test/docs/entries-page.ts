import { checks } from '../../src/checks/index.js';
import type { Intent } from '../../src/intents/intent.js';
import { findRemediation } from '../../src/remediations/index.js';
import { anchor } from './reading/anchor.js';

const HEAD = `# The entries

Written by \`npm run docs:checks\` from the files under \`intents/\`; do not edit. What acknet can answer: every entry with the checks that look for it, the fixes it leads to, the messages it is
recognised by, and what Kubernetes cannot show about it. \`acknet ask "…"\`, \`/acknet ask …\` and \`@acknet …\` find them by meaning.
`;

const areas: Readonly<Record<Intent['area'], string>> = {
  cluster: 'Cluster',
  terway: 'Terway',
  flannel: 'Flannel',
  'kube-proxy': 'kube-proxy',
  ipv6: 'IPv6',
};

/** `docs/entries.md`: every entry of the knowledge base, by area. */
export function entriesPage(entries: readonly Intent[]): string {
  const sections = Object.entries(areas).map(([area, title]) =>
    [`## ${title}`, ...entries.filter((entry) => entry.area === area).map(section)].join('\n\n'),
  );
  return `${HEAD}\n${sections.join('\n\n')}\n`;
}

function section(entry: Intent): string {
  const facts = [
    entry.plugin && `Only with ${entry.plugin.only === 'terway' ? 'Terway' : 'Flannel'}.`,
    entry.checks.length > 0 && `Checks: ${entry.checks.map(checkLink).join(', ')}.`,
    entry.remediations.length > 0 && `Fixes: ${entry.remediations.map(fixLink).join(', ')}.`,
    entry.errors.length > 0 && `Recognised by: ${entry.errors.map(literal).join(', ')}.`,
    entry.blind && `Kubernetes cannot show: ${escaped(entry.blind)}`,
    `Source: ${sourceOf(entry)}`,
  ].filter((fact) => typeof fact === 'string');
  return [
    `### ${escaped(entry.title)}`,
    `\`${entry.id}\`: ${escaped(entry.summary)}`,
    facts.map((fact) => `- ${fact}`).join('\n'),
  ].join('\n\n');
}

function checkLink(id: string): string {
  const check = checks.find((one) => one.id === id);
  return check ? `[\`${id}\`](checks.md#${anchor(check.title)})` : `\`${id}\``;
}

function fixLink(id: string): string {
  const fix = findRemediation(id);
  return fix ? `[\`${id}\`](fixes.md#${anchor(fix.title)})` : `\`${id}\``;
}

/** A heading of the FAQ, or the page that an entry of our own rests on. */
const sourceOf = ({ source, links }: Intent): string => {
  const page = links.find(({ url }) => url === source);
  return page ? `[${escaped(page.title)}](${page.url}).` : `ACK FAQ, “${escaped(source)}”`;
};

/** As it is printed: with a fence that none of its own backticks ends. */
const literal = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);
const escaped = (text: string): string => text.replaceAll('<', '&lt;');
