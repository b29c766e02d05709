import type { ReactNode } from 'react';

interface FoldableProps {
  name: string;
  note: string;
  lines: readonly string[];
}

export const Foldable = ({ name, note, lines }: FoldableProps): ReactNode => (
  <li className="plain">
    <details>
      <summary>
        {name} <small>{note}</small>
      </summary>
      <pre>{lines.join('\n') || 'nothing'}</pre>
    </details>
  </li>
);
