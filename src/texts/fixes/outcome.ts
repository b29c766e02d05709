import { count } from '../count.js';

/** What has been done so far, who decided, and whether it held. */
export const outcomeTexts = {
  nothingChanged: 'acknet changed nothing.',
  saved: (undo: boolean) => (undo ? 'The old values are saved again.' : 'The new values are saved.'),
  partlySaved: (done: number, all: number) => `${done} of ${count(all, 'object')} changed.`,
  restarted: (done: number, all: number) => `${done} of ${count(all, 'pod')} restarted.`,
  notRestarted: (undo: boolean, nodes: string) =>
    undo ? `Not restarted, so still with the fix: ${nodes}.` : `Not restarted, so as before: ${nodes}.`,
  moreLeft: (names: string, left: number) => `${names} and ${left} more`,
  stepsDone: (done: number) => `:white_check_mark: ${done} of ${count(done, 'step')} done`,
  stepsOf: (done: number, all: number) => `*${done} of ${count(all, 'step')} done*`,
  stepsShown: (shown: number) => ` (${shown} shown)`,

  askedFor: (who: string) => `Asked for by ${who},`,
  made: 'Made',
  approvedBy: (who: string) => `Approved by ${who}`,
  rejectedBy: (who: string) => `Rejected by ${who}`,
  stopAskedBy: (who: string) => `Stop asked for by ${who}`,
  looksAgain: (at: string) => `Looks again ${at}`,
  ended: (at: string) => `Ended ${at}`,
  care: {
    held: (hours: number) => `Held after ${hours} h`,
    back: (hours: number, detail: string) => `Did not hold: after ${hours} h it was found again. ${detail}`,
    untold: (hours: number, detail: string) => `Not known whether it held after ${hours} h: ${detail}`,
    didNotHold: (say: { readonly title: string; readonly cluster: string; readonly hours: number }) =>
      `The fix on ${say.cluster} did not hold, ${say.hours} h after it worked: ${say.title}`,
  },

  lost: (title: string, cluster: string, outcome: string) =>
    `Redis lost the record of "${title}" on ${cluster}: ${outcome}.`,
  lostOutcome: (done: number, all: number) => `${done} of ${count(all, 'step')} done, then stopped`,
  lostDone: 'Done',
  lostBegun: 'Begun, look there',
  lostPending: 'Not done',
  lostNext:
    'Nothing more is done, and acknet cannot undo it any more. Look at the cluster, then run the check again.',
  refused: '*Refused.*',
} as const;
