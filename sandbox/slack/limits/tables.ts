import { isJson, items, type Json, str } from '../json.js';
import { richText } from './rich-text.js';
import {
  anything,
  bool,
  both,
  byType,
  lengthOf,
  list,
  number,
  oneOf,
  type Rule,
  shape,
  string,
  when,
} from './shape.js';

const rawText = shape({ type: anything, text: string(10_000) });
const rawNumber = shape({ type: anything, value: anything, 'text?': string(10_000) });
const cell: Rule = byType({ raw_text: rawText, raw_number: rawNumber, rich_text: richText });
const headerCell: Rule = byType({ raw_text: rawText, raw_number: rawNumber });

const mostColumns = 20;

export const table: Rule = both(
  shape({
    type: anything,
    'block_id?': string(255),
    rows: list(list(cell, { min: 1, max: mostColumns }), { min: 1, max: 100 }),
    'column_settings?': list(shape({ 'align?': oneOf('left', 'center', 'right'), 'is_wrapped?': bool }), {
      max: mostColumns,
    }),
  }),
  when((block) => cellText(block) > 10_000, 'must be less than 10001 characters over all cells', '/rows'),
);

/** The lower of the two row limits that Slack has published: 100 below the header. */
const mostDataRows = 100;

export const dataTable: Rule = both(
  shape({
    type: anything,
    'block_id?': string(255),
    caption: string(2000),
    rows: list(list(cell, { min: 1, max: mostColumns }), { min: 2, max: mostDataRows + 1 }),
    'page_size?': number(1, 100),
    'row_header_column_index?': number(0, mostColumns - 1),
  }),
  (block, pointer) =>
    isJson(block) ? list(headerCell, { max: mostColumns })(items(block.rows)[0], `${pointer}/rows/0`) : [],
  when((block) => !evenRows(block), 'rows must have the same number of cells', '/rows'),
  when((block) => cellText(block) > 20_000, 'must be less than 20001 characters over all cells', '/rows'),
);

const evenRows = ({ rows }: Json): boolean => new Set(items(rows).map((row) => items(row).length)).size <= 1;

const cellText = ({ rows }: Json): number =>
  items(rows)
    .flatMap((row) => items(row))
    .reduce<number>((sum, entry) => sum + textIn(entry), 0);

/** Code points of every `text` below a value. */
export function textIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, entry) => sum + textIn(entry), 0);
  if (!isJson(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [name, entry]) =>
      sum + (name === 'text' && str(entry) !== undefined ? lengthOf(String(entry)) : textIn(entry)),
    0,
  );
}
