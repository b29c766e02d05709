import { composeAnswer } from '../intents/compose-answer.js';
import { type NamedEntry, newThread, type Reply } from '../intents/conversation/conversation.js';
import type { Intent, SectionName } from '../intents/intent.js';
import type { MatchExplanation } from '../intents/match/create-matcher.js';
import { fitPassage } from '../intents/passages/fit-passages.js';
import type { PassageKinds } from '../intents/passages/passage-kinds.js';
import { askTexts } from '../texts/cli/ask.js';
import { exitCodes } from './terminal/exit-codes.js';
import { forTerminal } from './terminal/for-terminal.js';
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
  const { intents, matcher, takeTurn, passageKinds } = await loadKnowledge(root);
  const byId = new Map(intents.map((intent) => [intent.id, intent]));
  const text = words.join(' ');
  const { reply } = takeTurn(newThread, text);
  stdout.write(forTerminal(`${renderReply(reply, { byId, passageKinds, full: flags.full === true })}\n`));
  if (flags.why) stdout.write(forTerminal(`\n${renderWhy(matcher.explain(text))}\n`));
  return exitCodes.done;
}

interface Rendering {
  readonly byId: ReadonlyMap<string, Intent>;
  readonly passageKinds: PassageKinds;
  readonly full: boolean;
}

function renderReply(reply: Reply, rendering: Rendering): string {
  const list = (entries: readonly NamedEntry[]): string =>
    entries.map(({ id }) => `  ${id.padEnd(34)}${rendering.byId.get(id)?.summary ?? ''}`).join('\n');
  const { candidates } = reply;
  switch (reply.kind) {
    case 'answer':
      return [
        renderAnswer(reply, rendering),
        ...(candidates.length === 0 ? [] : [askTexts.otherQuestion(list(candidates))]),
      ].join('\n\n');
    case 'choice':
      return askTexts.choice(list(candidates));
    case 'talk':
      return askTexts.talk;
    case 'unknown':
      return [
        askTexts.noAnswer,
        ...(reply.suggestChecks.length === 0 ? [] : [askTexts.whatCheckSees(reply.suggestChecks.join(' '))]),
        ...(candidates.length === 0 ? [] : [askTexts.nearest(list(candidates))]),
      ].join('\n');
  }
}

/** The passage asked for alone, where one is; else the entry. */
function renderAnswer({ intent: id = '', asked }: Reply, { byId, passageKinds, full }: Rendering): string {
  const intent = byId.get(id);
  if (intent === undefined) return id;
  const passage = asked?.passage;
  if (asked === undefined || passage === undefined || full) return renderEntry(intent, full);
  const title = passageKinds[asked.kinds[0]]?.title ?? asked.kinds[0];
  const fitted = fitPassage(intent, passage);
  const label = 'label' in fitted && fitted.label !== undefined ? `**${fitted.label}:** ` : '';
  const text = 'markdown' in fitted ? fitted.markdown : passage.markdown;
  return [`# ${intent.title}`, `## ${title}\n\n${label}${text}`, askTexts.wholeEntry, linksOf(intent)].join(
    '\n\n',
  );
}

const listed = (words: readonly string[]): string => words.join(', ') || askTexts.none;

const linksOf = ({ links }: Intent): string => links.map(({ title, url }) => `- ${title}: ${url}`).join('\n');

const BEHIND: ReadonlySet<SectionName> = new Set(['More', 'Corrections']);

function renderEntry(intent: Intent, full: boolean): string {
  const { sections } = composeAnswer(intent);
  const shown = sections.filter(({ name }) => full || !BEHIND.has(name));
  const left = sections.filter((section) => !shown.includes(section)).map(({ name }) => name);
  return [
    `# ${intent.title}`,
    ...shown.map(({ name, markdown }) => `## ${name}\n\n${markdown}`),
    ...(intent.blind === undefined ? [] : [askTexts.notVisible(intent.blind)]),
    ...(left.length === 0 ? [] : [askTexts.leftOut(left.join(', '))]),
    linksOf(intent),
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
    askTexts.decision({ kind: match.kind, right: percent(beliefs.right), ours: percent(beliefs.ours) }),
    askTexts.concepts(listed(analysis.concepts)),
    askTexts.words(listed(analysis.foreign), listed(analysis.unknown)),
    askTexts.evidence(table(evidence)),
    askTexts.entries,
    ...entries.map(({ id, share, bySignal }) => `  ${id} ${percent(share)}: ${table(bySignal)}`),
  ].join('\n');
}
