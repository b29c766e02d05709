import { lexer } from 'marked';

/** Longer code is a script or a whole file: it stays where it is. */
const MOST_CODE_LINES = 12;
const LONGEST = 700;

interface Lead {
  readonly markdown: string;
  /** Whether something was left out. */
  readonly cut: boolean;
}

/** The beginning of a passage that fits a line or two, with its command. */
export function leadOf(markdown: string): Lead {
  const blocks = lexer(markdown).filter(({ type }) => type !== 'space');
  const kept: string[] = [];
  for (const { type, raw } of blocks) {
    const tooLong = type === 'code' && raw.trim().split('\n').length > MOST_CODE_LINES + 2;
    if (tooLong || (kept.length > 0 && kept.join('').length + raw.length > LONGEST)) break;
    kept.push(raw.trimEnd());
  }
  const lead = kept.length === 0 ? (blocks[0]?.raw ?? '').slice(0, LONGEST) : kept.join('\n\n');
  return { markdown: lead, cut: kept.length < blocks.length };
}
