import type { AnswerFacts } from './answer-facts.js';
import { type Intent, type SectionName, sectionNames } from './intent.js';
import { fillPlaceholders } from './placeholders.js';
import { splitWhenBlocks, type TextBlock } from './when-blocks.js';
import { judgeCondition, labelOf } from './when-condition.js';

export interface AnswerSection {
  readonly name: SectionName;
  /** The Markdown of docs/writing-intents.md, without `:::` lines and placeholders. */
  readonly markdown: string;
}

/** A block that does not hold for the cluster: what it was about, and what the cluster is instead. */
export interface Omission {
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
  const composed = sectionNames
    .filter((name) => intent.sections[name] !== undefined)
    .map((name) => composeSection(name, intent.sections[name] ?? '', facts));
  return {
    sections: composed.map(({ section }) => section).filter(({ markdown }) => markdown !== ''),
    omitted: composed.flatMap(({ omitted }) => omitted),
  };
}

interface Composed {
  readonly section: AnswerSection;
  readonly omitted: readonly Omission[];
}

function composeSection(name: SectionName, markdown: string, facts: AnswerFacts | undefined): Composed {
  const blocks = splitWhenBlocks(markdown, () => {}).map((block) => resolve(block, facts));
  const kept = blocks.flatMap((block) => ('markdown' in block ? [block.markdown] : []));
  const left = blocks.flatMap((block) => ('about' in block ? [{ section: name, ...block }] : []));
  return {
    section: { name, markdown: fillPlaceholders(kept.join('\n\n'), facts) },
    omitted: left.filter((one, at) => left.findIndex((other) => sameOmission(one, other)) === at),
  };
}

function sameOmission(a: Omission, b: Omission): boolean {
  return a.about === b.about && a.why === b.why;
}

type Resolved = { readonly markdown: string } | { readonly about: string; readonly why: string };

function resolve(block: TextBlock, facts: AnswerFacts | undefined): Resolved {
  const verdicts = block.conditions.map((condition) => ({
    label: labelOf(condition),
    ...(facts === undefined ? { holds: undefined, because: '' } : judgeCondition(condition, facts)),
  }));
  const against = verdicts.filter(({ holds }) => holds === false);
  if (against.length > 0) {
    return {
      about: verdicts.map(({ label }) => label).join(', '),
      why: [...new Set(against.map(({ because }) => because))].join(', '),
    };
  }
  const open = verdicts.filter(({ holds }) => holds === undefined).map(({ label }) => label);
  if (open.length === 0) return { markdown: block.markdown };
  return { markdown: `${block.indent}**${open.join(', ')}**\n\n${block.markdown}` };
}
