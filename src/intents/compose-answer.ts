import type { AnswerFacts } from './answer-facts.js';
import { type Intent, type SectionName, sectionNames } from './intent.js';
import { judgeConditions } from './judge-conditions.js';
import { fillPlaceholders } from './placeholders.js';
import { judgePlugin, pluginNote } from './plugin-note.js';
import { splitWhenBlocks, type TextBlock } from './when-blocks.js';

export interface AnswerSection {
  readonly name: SectionName;
  /** The Markdown of docs/writing-intents.md, without `:::` lines and placeholders. */
  readonly markdown: string;
}

/** A block that does not hold for the cluster: what it was about, and what the cluster is instead. */
interface Omission {
  readonly section: SectionName;
  readonly about: string;
  readonly why: string;
}

export interface Answer {
  readonly sections: readonly AnswerSection[];
  /** In file order, each pair of `about` and `why` once a section; always empty where no cluster is known. */
  readonly omitted: readonly Omission[];
}

/** Fits an entry to a cluster: what does not apply there is left out and named, what is undecided is labelled. */
export function composeAnswer(intent: Intent, facts?: AnswerFacts): Answer {
  const verdict = judgePlugin(intent, facts);
  if ('why' in verdict) return notHere(intent, verdict);
  const composed = sectionNames
    .filter((name) => intent.sections[name] !== undefined)
    .map((name) => composeSection(name, intent.sections[name] ?? '', facts));
  const [first, ...rest] = composed.map(({ section }) => section).filter(({ markdown }) => markdown !== '');
  const noted =
    first === undefined || verdict.label === undefined
      ? first
      : { ...first, markdown: `${pluginNote(intent)}\n\n${first.markdown}` };
  return {
    sections: noted === undefined ? [] : [noted, ...rest],
    omitted: composed.flatMap(({ omitted }) => omitted),
  };
}

/** Nothing of an entry about the other network plugin is shown: its commands may do harm there. */
function notHere(intent: Intent, { about, why }: Pick<Omission, 'about' | 'why'>): Answer {
  return {
    sections: [{ name: 'Solution', markdown: pluginNote(intent) }],
    omitted: [{ section: 'Solution', about, why }],
  };
}

interface Composed {
  readonly section: AnswerSection;
  readonly omitted: readonly Omission[];
}

function composeSection(name: SectionName, markdown: string, facts: AnswerFacts | undefined): Composed {
  const blocks = splitWhenBlocks(markdown, () => {}).map((block) => resolve(block, facts));
  const kept = blocks.filter((block) => 'markdown' in block);
  const left = blocks.flatMap((block) => ('about' in block ? [{ section: name, ...block }] : []));
  return {
    section: { name, markdown: fillPlaceholders(kept.map(labelled).join('\n\n'), facts) },
    omitted: left.filter((one, at) => left.findIndex((other) => sameOmission(one, other)) === at),
  };
}

function sameOmission(a: Omission, b: Omission): boolean {
  return a.about === b.about && a.why === b.why;
}

type Shown = Pick<TextBlock, 'indent' | 'markdown'> & { readonly label: string | undefined };
type Resolved = Shown | Omit<Omission, 'section'>;

function resolve({ conditions, indent, markdown }: TextBlock, facts: AnswerFacts | undefined): Resolved {
  const verdict = judgeConditions(conditions, facts);
  return 'why' in verdict ? verdict : { indent, markdown, label: verdict.label };
}

/**
 * A label is seen to end where its block ends: it opens a lone paragraph or caution; of more than that it stands on
 * top, and what follows at the margin and holds always says so.
 */
function labelled({ label, indent, markdown }: Shown, at: number, all: readonly Shown[]): string {
  if (label !== undefined) {
    if (!isParagraph(markdown)) return `${indent}**${label}**\n\n${markdown}`;
    const [, quote = '', text = ''] = /^\s*(> )?(.*)$/s.exec(markdown) ?? [];
    return `${indent}${quote}**${label}:** ${text}`;
  }
  const before = all[at - 1];
  const swallowed = before?.label !== undefined && before.indent === '' && !isParagraph(before.markdown);
  return swallowed ? `**In any case**\n\n${markdown}` : markdown;
}

const isParagraph = (markdown: string): boolean => !/\n|^\s*(?:[-*] |\d+\.|`{3,}|~{3,})/.test(markdown);
