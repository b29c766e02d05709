import type { ReactNode } from 'react';

interface ChoiceProps {
  names: string[];
  chosen: string;
  choose: (name: string) => void;
}

/** Which cluster the panes at the side are of. */
export const ClusterChoice = ({ names, chosen, choose }: ChoiceProps): ReactNode => (
  <select value={chosen} onChange={(event) => choose(event.target.value)} aria-label="Cluster">
    {names.map((name) => (
      <option key={name}>{name}</option>
    ))}
  </select>
);
