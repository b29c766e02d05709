import { checks } from '../checks/index.js';
import { blindText } from '../checks/judging/blind-text.js';
import type { LookedUp } from '../engine/checking/look-up.js';
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
import type { AskedCluster } from './ask-cluster.js';
import type { ClusterFlags } from './open-cluster.js';
import type { CommandResult, Runtime } from './runtime.js';

interface AskFlags extends ClusterFlags {
  readonly cluster?: string;
  readonly full?: boolean;
  readonly why?: boolean;
}

/** Answers on a terminal; a question that cannot be placed is answered by saying so, with exit code 0 all the same. */
export async function ask(words: readonly string[], flags: AskFlags, runtime: Runtime): CommandResult {
  const { intents, matcher, takeTurn, passageKinds } = await loadKnowledge(runtime.root);
  const byId = new Map(intents.map((intent) => [intent.id, intent]));
  const text = words.join(' ');
  const cluster = await clusterOf(flags, runtime);
  try {
    const { reply } = takeTurn(newThread, text, { plugin: cluster?.facts?.plugin });
    const shown = byId.get(reply.kind === 'answer' ? (reply.intent ?? '') : '');
    const here = shown?.facts ? await cluster?.lookUp(shown) : undefined;
    const rendering = { byId, passageKinds, full: flags.full === true, cluster, here };
    runtime.stdout.write(forTerminal(`${renderReply(reply, rendering)}\n`));
    if (flags.why) runtime.stdout.write(forTerminal(`\n${renderWhy(matcher.explain(text))}\n`));
    return exitCodes.done;
  } finally {
    await cluster?.close();
  }
}

/** The code that reads clusters is loaded where one is named. */
async function clusterOf(flags: AskFlags, runtime: Runtime): Promise<AskedCluster | undefined> {
  if (flags.cluster === undefined) return undefined;
  const { openAskedCluster } = await import('./ask-cluster.js');
  return openAskedCluster(flags.cluster, flags, runtime);
}

interface Rendering {
  readonly byId: ReadonlyMap<string, Intent>;
  readonly passageKinds: PassageKinds;
  readonly full: boolean;
  /** Absent = none was named. */
  readonly cluster: AskedCluster | undefined;
  /** What it says of the entry, where that asks for it. */
  readonly here: LookedUp | undefined;
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
function renderAnswer({ intent: id = '', asked }: Reply, rendering: Rendering): string {
  const { byId, passageKinds, full, cluster } = rendering;
  const intent = byId.get(id);
  if (intent === undefined) return id;
  const passage = asked?.passage;
  if (asked === undefined || passage === undefined || full) return renderEntry(intent, rendering);
  const title = passageKinds[asked.kinds[0]]?.title ?? asked.kinds[0];
  const fitted = fitPassage(intent, passage, cluster?.facts);
  const label = 'label' in fitted && fitted.label !== undefined ? `**${fitted.label}:** ` : '';
  const text = 'markdown' in fitted ? fitted.markdown : passage.markdown;
  return [`# ${intent.title}`, `## ${title}\n\n${label}${text}`, askTexts.wholeEntry, linksOf(intent)].join(
    '\n\n',
  );
}

const listed = (words: readonly string[]): string => words.join(', ') || askTexts.none;

const linksOf = ({ links }: Intent): string => links.map(({ title, url }) => `- ${title}: ${url}`).join('\n');

const BEHIND: ReadonlySet<SectionName> = new Set(['More', 'Corrections']);

function renderEntry(intent: Intent, { full, cluster, here }: Rendering): string {
  const { sections } = composeAnswer(intent, cluster?.facts);
  const answered = here !== undefined && here.blind === undefined;
  const shown = sections.filter(
    ({ name }) => full || !(BEHIND.has(name) || (answered && name === 'Solution')),
  );
  const connected = cluster?.isConnected === true;
  const blind = here === undefined ? blindText(intent, { checks, connected }) : here.blind;
  const left = sections.filter((section) => !shown.includes(section)).map(({ name }) => name);
  return [
    `# ${intent.title}`,
    ...(cluster !== undefined && cluster.facts === undefined ? [askTexts.clusterUnread(cluster.name)] : []),
    ...(here === undefined ? [] : [renderHere(here)]),
    ...shown.map(({ name, markdown }) => `## ${name}\n\n${markdown}`),
    ...(blind === undefined ? [] : [askTexts.notVisible(blind)]),
    ...(left.length === 0 ? [] : [askTexts.leftOut(left.join(', '))]),
    linksOf(intent),
  ].join('\n\n');
}

const renderHere = ({ cluster, at, facts, unread }: LookedUp): string =>
  [
    askTexts.readFrom(cluster, at),
    ...facts.map(({ label, value }) => `  ${label}: ${value}`),
    ...unread.map(({ title, why }) => askTexts.notRead(title, why)),
  ].join('\n');

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
