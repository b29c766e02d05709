import { composeAnswer } from '../intents/compose-answer.js';
import type { Candidate, Intent, Match, SectionName } from '../intents/intent.js';
import type { MatchExplanation } from '../intents/match/create-matcher.js';
import { exitCodes } from './exit-codes.js';
import { loadKnowledge } from './load-knowledge.js';
import type { CommandResult, Runtime } from './runtime.js';

interface AskFlags {
  readonly full?: boolean;
  readonly why?: boolean;
}

/** Answers on a terminal; a question that cannot be placed is answered by saying so, with exit code 0 all the same. */
export async function ask(
  words: readonly string[],
  flags: AskFlags,
  { root, stdout }: Pick<Runtime, 'root' | 'stdout'>,
): CommandResult {
  const { intents, matcher } = await loadKnowledge(root);
  const byId = new Map(intents.map((intent) => [intent.id, intent]));
  const explanation = matcher.explain(words.join(' '));
  stdout.write(`${renderMatch(explanation.match, { byId, full: flags.full === true })}\n`);
  if (flags.why) stdout.write(`\n${renderWhy(explanation)}\n`);
  return exitCodes.done;
}

interface Rendering {
  readonly byId: ReadonlyMap<string, Intent>;
  readonly full: boolean;
}

function renderMatch(match: Match, { byId, full }: Rendering): string {
  const list = (candidates: readonly Candidate[]): string =>
    candidates.map(({ id }) => `  ${id.padEnd(34)}${byId.get(id)?.summary ?? ''}`).join('\n');
  switch (match.kind) {
    case 'sure': {
      const intent = byId.get(match.best.id);
      return intent === undefined ? match.best.id : renderEntry(intent, full);
    }
    case 'torn':
      return `This may be about one of these. Ask again in its words:\n${list(match.candidates)}`;
    case 'unplaced':
      return match.nearest.length === 0
        ? 'The knowledge base has no answer to this.'
        : `The knowledge base has no answer to this. The nearest topics:\n${list(match.nearest)}`;
  }
}

const BEHIND: ReadonlySet<SectionName> = new Set(['More', 'Corrections']);

function renderEntry(intent: Intent, full: boolean): string {
  const { sections } = composeAnswer(intent);
  const shown = sections.filter(({ name }) => full || !BEHIND.has(name));
  const left = sections.filter((section) => !shown.includes(section)).map(({ name }) => name);
  return [
    `# ${intent.title}`,
    ...shown.map(({ name, markdown }) => `## ${name}\n\n${markdown}`),
    ...(intent.blind === undefined ? [] : [`Not visible from Kubernetes: ${intent.blind}`]),
    ...(left.length === 0 ? [] : [`(${left.join(', ')}: --full)`]),
    intent.links.map(({ title, url }) => `- ${title}: ${url}`).join('\n'),
  ].join('\n\n');
}

function renderWhy({ match, analysis, evidence, beliefs, entries }: MatchExplanation): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const table = (values: Readonly<Record<string, number>>): string =>
    Object.entries(values)
      .filter(([, value]) => Math.abs(value) >= 0.005)
      .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
      .map(([name, value]) => `${name} ${value.toFixed(2)}`)
      .join(', ');
  return [
    `Decision: ${match.kind}; best entry right ${percent(beliefs.right)}, a topic of ours ${percent(beliefs.ours)}`,
    `Concepts: ${analysis.concepts.join(', ') || 'none'}`,
    `Words of other topics: ${analysis.foreign.join(', ') || 'none'}; unknown: ${analysis.unknown.join(', ') || 'none'}`,
    `Evidence: ${table(evidence)}`,
    'Entries, with what each signal adds:',
    ...entries.map(({ id, share, bySignal }) => `  ${id} ${percent(share)}: ${table(bySignal)}`),
  ].join('\n');
}
