import type { ReactNode } from 'react';

interface LineProps {
  name: string;
  note: string;
  good?: boolean;
  title?: string;
  children?: ReactNode;
}

export const Line = ({ name, note, good = true, title, children }: LineProps): ReactNode => (
  <li className={good ? 'good' : 'bad'} title={title}>
    <span className="dot" />
    <span className="name">{name}</span>
    <small>{note}</small>
    {children !== undefined && <small className="more">{children}</small>}
  </li>
);
