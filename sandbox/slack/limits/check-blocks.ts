import { isJson, type Json, objects, str } from '../json.js';
import { blockRule, type Surface } from './blocks.js';
import { modalInputs } from './elements.js';
import { type Fault, lengthOf, list } from './shape.js';
import { textIn } from './tables.js';

export const blockLimits = {
  count: { message: 50, modal: 100, home: 100 },
  /** Not documented; seen to fail from about here. Tables and markdown have budgets of their own. */
  allText: 12_000,
  markdown: 12_000,
} as const;

/** What a surface's rules say of its blocks, one fault for each place. */
export function checkBlocks(blocks: unknown, surface: Surface, pointer = '/blocks'): Fault[] {
  const shapeFaults = list(blockRule(surface), { max: blockLimits.count[surface] })(blocks, pointer);
  if (shapeFaults.length > 0) return shapeFaults;
  const all = objects(blocks);
  return [
    ...repeated(all, 'block_id', pointer),
    ...all.flatMap((block, index) =>
      repeated(objects(block.elements), 'action_id', `${pointer}/${index}/elements`),
    ),
    ...(surface === 'modal' ? [] : modalOnly(all, surface, pointer)),
  ];
}

function repeated(entries: readonly Json[], key: string, pointer: string): Fault[] {
  const seen = new Set<string>();
  return entries.flatMap((entry, index) => {
    const value = str(entry[key]);
    if (value === undefined) return [];
    if (seen.has(value))
      return [{ message: `\`${key}\` "${value}" already exists`, pointer: `${pointer}/${index}/${key}` }];
    seen.add(value);
    return [];
  });
}

function modalOnly(blocks: readonly Json[], surface: Surface, pointer: string): Fault[] {
  return blocks.flatMap((block, index) => {
    const type = isJson(block.element) ? String(block.element.type) : '';
    const refused = Object.hasOwn(modalInputs, type) || (surface === 'home' && type === 'datetimepicker');
    return refused
      ? [{ message: `unsupported type: ${type}`, pointer: `${pointer}/${index}/element/type` }]
      : [];
  });
}

const isTable = ({ type }: Json): boolean => type === 'table' || type === 'data_table';

/** Children of containers included. */
export const flattened = (blocks: readonly Json[]): Json[] =>
  blocks.flatMap((block) => [block, ...objects(block.child_blocks)]);

export function tableCount(blocks: readonly Json[]): number {
  return flattened(blocks).filter(isTable).length;
}

export const markdownLength = (blocks: readonly Json[]): number =>
  flattened(blocks)
    .filter(({ type }) => type === 'markdown')
    .reduce((sum, { text }) => sum + lengthOf(String(text)), 0);

export const textLength = (blocks: readonly Json[]): number =>
  blocks
    .filter((block) => !isTable(block) && block.type !== 'markdown')
    .reduce((sum, block) => sum + textIn(block), 0);
