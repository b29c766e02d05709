/** A text with what components print alike taken out, and the concepts it stands for. */
export interface SiftedText {
  readonly text: string;
  readonly concepts: readonly string[];
  /** Whether anything was taken out. */
  readonly sifted: boolean;
}

export type Sift = (text: string) => SiftedText;

/** The most letters that stand for a `…`. */
const GAP = 160;

/** Takes out `generic` texts of the vocabulary: alone they decide nothing, whoever prints them. */
export function createSift(generic: Readonly<Record<string, readonly string[]>>): Sift {
  const patterns = Object.entries(generic).map(([names, texts]) => ({
    named: names.split(' ').filter((name) => name !== NOTHING),
    pattern: new RegExp(
      texts
        .toSorted((a, b) => b.length - a.length)
        .map(patternOf)
        .join('|'),
      'gi',
    ),
  }));
  return (text) => {
    const concepts: string[] = [];
    const rest = patterns.reduce((left, { named, pattern }) => {
      const sifted = left.replace(pattern, ' ');
      if (sifted !== left) concepts.push(...named);
      return sifted;
    }, text);
    return { text: rest, concepts, sifted: rest !== text };
  };
}

/** The name of the texts that say nothing at all. */
export const NOTHING = 'nothing';

/** Inside another quoted text a quote is escaped, once or twice over. */
const QUOTE = '\\\\{0,3}"';

function patternOf(text: string): string {
  return text
    .trim()
    .split(/(\s*…\s*|\s+)/)
    .map((part) => {
      if (part.includes('…')) return `[^\\n]{0,${GAP}}?`;
      if (/^\s+$/.test(part)) return '\\s+';
      return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('"', QUOTE);
    })
    .join('');
}
