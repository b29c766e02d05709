import { AcknetError } from '../../errors.js';
import { type CloudAction, partsOf } from '../actions.js';

/** The turn of a call would come too late. */
export const overBudget = (action: CloudAction, waitMs: number): AcknetError =>
  new AcknetError(
    'cloud.budget',
    `${partsOf(action).api} was not asked: acknet’s share of the account’s rate limit is used up for ${Math.ceil(waitMs / 1000)} s more.`,
    { hint: 'Terway lives on the same limits. Run the check again in a minute.' },
  );

export const breakerOpen = (action: CloudAction): AcknetError =>
  new AcknetError(
    'cloud.budget',
    `${partsOf(action).api} was not asked: the cloud throttled it less than a minute ago, and it is left alone.`,
    { hint: 'Run the check again in a minute.' },
  );
