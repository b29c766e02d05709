import type { ReactNode } from 'react';

interface PartProps {
  title: string;
  note: string;
  children: ReactNode[];
}

/** One kind of thing in the account. */
export const Part = ({ title, note, children }: PartProps): ReactNode => (
  <section aria-label={title}>
    <h3>
      {title} <small>{note}</small>
    </h3>
    <ul>{children.flat().length === 0 ? <li className="plain">none</li> : children}</ul>
  </section>
);
