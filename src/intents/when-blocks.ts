import { parseWhenCondition, type WhenCondition } from './when-condition.js';

/** A run of lines of one section; `conditions` is empty for what always holds. */
export interface TextBlock {
  readonly conditions: readonly WhenCondition[];
  /** Of the `:::when` line: a block may stand inside a list item. */
  readonly indent: string;
  readonly markdown: string;
}

const OPEN = /^(\s*):::when\s+(\S.*)$/;
const CLOSE = /^\s*:::\s*$/;
const FENCE = /^\s*(`{3,}|~{3,})/;

/** Splits a section at its `:::when` blocks; what is wrong is told to `fault`. Lines inside code fences are text. */
export function splitWhenBlocks(markdown: string, fault: (text: string) => void): readonly TextBlock[] {
  const splitter = new WhenSplitter(fault);
  for (const line of markdown.split('\n')) splitter.take(line);
  return splitter.end();
}

class WhenSplitter {
  readonly #blocks: TextBlock[] = [];
  readonly #fault: (text: string) => void;
  #lines: string[] = [];
  #open: Pick<TextBlock, 'conditions' | 'indent'> | undefined;
  #fence: string | undefined;

  constructor(fault: (text: string) => void) {
    this.#fault = fault;
  }

  take(line: string): void {
    const fenced = this.#fence !== undefined;
    this.#trackFence(line);
    const opening = fenced ? null : OPEN.exec(line);
    if (opening !== null) this.#begin(opening[1] ?? '', opening[2] ?? '');
    else if (!fenced && CLOSE.test(line)) this.#finish();
    else if (!fenced && line.trimStart().startsWith(':::'))
      this.#fault(`not a \`:::when\` line: ${line.trim()}`);
    else this.#lines.push(line);
  }

  end(): readonly TextBlock[] {
    if (this.#open !== undefined) this.#fault('a `:::when` block is not closed by `:::`');
    if (this.#fence !== undefined) this.#fault('a code fence is not closed');
    this.#flush();
    return this.#blocks;
  }

  #begin(indent: string, text: string): void {
    if (this.#open !== undefined) this.#fault(`\`:::when ${text}\` stands inside another block`);
    this.#flush();
    this.#open = { indent, conditions: text.split(/\s+/).flatMap((part) => this.#condition(part)) };
  }

  #condition(part: string): readonly WhenCondition[] {
    const condition = parseWhenCondition(part);
    if (condition === undefined) this.#fault(`not a condition: ${part}`);
    return condition === undefined ? [] : [condition];
  }

  #finish(): void {
    if (this.#open === undefined) this.#fault('`:::` closes no `:::when` block');
    this.#flush();
    this.#open = undefined;
  }

  #flush(): void {
    const markdown = withoutBlankEdges(this.#lines);
    if (markdown.trim() !== '') {
      this.#blocks.push({ ...(this.#open ?? { conditions: [], indent: '' }), markdown });
    }
    this.#lines = [];
  }

  #trackFence(line: string): void {
    const mark = FENCE.exec(line)?.[1];
    if (mark === undefined) return;
    if (this.#fence === undefined) this.#fence = mark;
    else if (mark.startsWith(this.#fence) && line.trim() === mark) this.#fence = undefined;
  }
}

/** Blank lines before and after; the first line that says something keeps its indentation. */
function withoutBlankEdges(lines: readonly string[]): string {
  const first = lines.findIndex((line) => line.trim() !== '');
  return first === -1 ? '' : lines.slice(first).join('\n').trimEnd();
}
