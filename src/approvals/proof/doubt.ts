import { z } from 'zod';
import { AcknetError } from '../../errors.js';

/** Why what Redis holds of a change is not believed. */
const doubts = {
  unsealed:
    'Redis holds it without a seal: it is from before acknet sealed what it keeps, and ended with the update as far as it had come, or somebody else wrote it.',
  altered: 'What Redis holds of it is not what acknet wrote: somebody else changed it.',
  unrecorded: 'The audit log does not know that it was ever proposed.',
  replayed: 'Redis holds another state of it than the audit log ends with: an older one was put back.',
  ended: 'It had ended already, by the audit log.',
  'vote-unrecorded': 'It holds a vote that the audit log does not know.',
  'log-altered': 'The audit log since this card does not hold: records were altered, removed or made up.',
  'log-cut': 'The audit log is shorter than it was: its end was cut off.',
} as const;

export const doubtSchema = z.enum(Object.keys(doubts) as [Doubt, ...Doubt[]]);
export type Doubt = keyof typeof doubts;

/** Whoever reads this decides whom to ask: nothing that Redis holds of the change is repeated. */
export class UnverifiedChange extends AcknetError {
  constructor(
    readonly id: string,
    readonly doubt: Doubt,
  ) {
    super(
      'proposal.unverified',
      `This change is refused: what is kept of it cannot be verified. ${doubts[doubt]}`,
      {
        hint: 'Nothing is done with it any more. Look at who can write to Redis, run `acknet audit verify`, and run the check again for a fresh card.',
      },
    );
  }
}
