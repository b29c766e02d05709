import { type ReactNode, useState } from 'react';
import type { Block, Cell, Element } from './block-kit.js';
import type { Names } from '../names.js';
import { RichText } from './rich-text.js';

/** `table`, and `data_table` with its caption and pages. */
export function TableView({ block, names }: { block: Block; names: Names }): ReactNode {
  const [page, turn] = useState(0);
  const isData = block.type === 'data_table';
  const [header = [], ...body] = block.rows ?? [];
  const size = isData ? (block.page_size ?? 5) : body.length;
  const pages = Math.max(1, Math.ceil(body.length / Math.max(1, size)));
  const shown = body.slice(page * size, (page + 1) * size);
  return (
    <div className="table">
      <table>
        {block.caption && <caption>{block.caption}</caption>}
        <thead>
          <tr>{header.map((cell, index) => cellView({ cell, index, names, as: 'th', block }))}</tr>
        </thead>
        <tbody>
          {shown.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own
            <tr key={index}>
              {row.map((cell, column) => cellView({ cell, index: column, names, as: 'td', block }))}
            </tr>
          ))}
        </tbody>
      </table>
      {pages > 1 && (
        <p className="pages">
          <button type="button" disabled={page === 0} onClick={() => turn(page - 1)}>
            ‹
          </button>
          {page + 1} of {pages}
          <button type="button" disabled={page + 1 === pages} onClick={() => turn(page + 1)}>
            ›
          </button>
        </p>
      )}
    </div>
  );
}

interface CellProps {
  cell: Cell;
  index: number;
  names: Names;
  as: 'th' | 'td';
  block: Block;
}

function cellView({ cell, index, names, as: Tag, block }: CellProps): ReactNode {
  const align = block.column_settings?.[index]?.align ?? (cell.type === 'raw_number' ? 'right' : 'left');
  return (
    <Tag key={index} style={{ textAlign: align }}>
      {cell.elements ? (
        <RichText parts={cell.elements as Element[]} names={names} />
      ) : (
        (cell.text ?? String(cell.value ?? ''))
      )}
    </Tag>
  );
}
