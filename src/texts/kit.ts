import { count } from './count.js';

/** What every room of Slack says alike (`slack/kit`, `slack/listeners`). */
export const kitTexts = {
  anAlert: 'an alert',
  whoCan: (who: string) => `Who can: ${who}`,
  nobody: 'nobody (no approvers are configured)',
  others: (say: { readonly named: string; readonly left: number }) =>
    `${say.named} and ${count(say.left, 'other')}`,
  broken: 'Something went wrong inside acknet. It is in the log; please try again.',
  incomplete: 'Not all of this result could be posted.',
  cutMenu: (say: { readonly placeholder: string; readonly shown: number; readonly all: number }) =>
    `${say.placeholder} (${say.shown} of ${say.all}: type the name of another)`,
  fromTo: (first: number, last: number) => `${first} to ${last}`,
  notNow: 'Not now',
} as const;
