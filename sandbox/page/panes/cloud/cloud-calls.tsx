import type { ReactNode } from 'react';
import type { CountedCalls } from '../../../cloud/shown/cloud-state.js';
import { Line } from './line.js';
import { Part } from './part.js';

/** What was asked of the account so far. */
export const CloudCalls = ({ calls }: { calls: readonly CountedCalls[] }): ReactNode => (
  <Part title="Calls" note="by API, and how they ended">
    {calls.map(({ api, outcomes }) => (
      <Line key={api} name={api} good={allWell(outcomes)} note={`${outcomes.ok ?? 0} ok`}>
        {allWell(outcomes) ? undefined : failures(outcomes)}
      </Line>
    ))}
  </Part>
);

const allWell = (outcomes: CountedCalls['outcomes']): boolean =>
  Object.keys(outcomes).every((outcome) => outcome === 'ok');

const failures = (outcomes: CountedCalls['outcomes']): string =>
  Object.entries(outcomes)
    .filter(([outcome]) => outcome !== 'ok')
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(', ');
