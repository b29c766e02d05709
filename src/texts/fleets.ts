import { count } from './count.js';

const ALL = 'All checks';
const soughtIn = (subject: string): string => (subject === ALL ? 'problems' : subject);

/** What the same checks on every cluster come to (`slack/fleets`). `all` is how many clusters were asked. */
export const fleetTexts = {
  allChecks: ALL,
  manyChecks: (checks: number) => count(checks, 'check'),
  looking: (subject: string) => `Looking for ${soughtIn(subject)}`,
  done: (done: number, all: number) => `${done} of ${count(all, 'cluster')} done`,
  cancel: 'Cancel',
  cancelLooking: (subject: string) => `Cancel looking for ${soughtIn(subject)}`,
  open: 'Open',
  openWhole: (cluster: string) => `Check ${cluster} in full`,
  failed: (checks: string) => `Looking for ${checks} on all clusters did not work.`,
  below: ' Below: the clusters that do not fit above.',
  moreAtTheEnd: (left: number) => `…and ${count(left, 'cluster')} more, in the thread at the end.`,
  moreInThread: (left: number) => `…and ${count(left, 'cluster')} more, in the thread.`,
  allAreDone: 'All are done.',
  stillToCome: (left: number) => `${left} still to come.`,
  stillToComeNamed: (clusters: string) => `Still to come: ${clusters}.`,
  checks: (checks: string) => `Checks: ${checks}`,
  askedBy: (who: string, when: string) => `Asked by ${who} · ${when}`,
  otherClusters: (subject: string) => `${subject}: the other clusters`,
  allOtherClusters: (subject: string) => `${subject}: all the other clusters`,
  inTheFile: (file: string) => `The other clusters, all of them, are in the file \`${file}\`.`,

  headline: {
    early: ', cancelled early',
    problems: (n: number, all: number) => `problems on ${n} of ${count(all, 'cluster')}`,
    found: (n: number, all: number) => `found on ${n} of ${count(all, 'cluster')}`,
    cancelledSoFar: (all: number) => `cancelled; found on none of ${count(all, 'cluster')} so far`,
    cancelledUnknown: (all: number) => `cancelled before anything was known of ${count(all, 'cluster')}`,
    someUnknown: (n: number, all: number) => `found on none, but unknown on ${n} of ${count(all, 'cluster')}`,
    allUnknown: (all: number) => `could not be told of any of ${count(all, 'cluster')}`,
    appliesToNone: (all: number) => `applies to none of ${count(all, 'cluster')}`,
    noProblem: (all: number) => `no problem on any of ${count(all, 'cluster')}`,
    foundOnNone: (all: number) => `found on none of ${count(all, 'cluster')}`,
    besidesMuted: ', besides what is muted',
  },

  counts: (of: {
    readonly found: number;
    readonly unknown: number;
    readonly clear: number;
    readonly notApplicable: number;
    readonly muted: number;
  }) => [
    `${of.found} found`,
    `${of.unknown} unknown`,
    `${of.clear} clear`,
    `${of.notApplicable} not applicable`,
    ...(of.muted > 0 ? [`${of.muted} with muted findings`] : []),
  ],

  row: {
    leftOut: (why: string) => `left out: ${why}`,
    problems: (n: number) => `${count(n, 'problem')}${n > 1 ? ', the worst' : ''}`,
    unknown: 'unknown',
    clear: 'clear',
    notApplicable: 'not applicable',
    unread: (checks: number) => `${count(checks, 'check')} could not tell`,
    advice: (n: number) => `${n} advice`,
    beside: (n: number) => `besides ${count(n, 'symptom')} this does not explain`,
    muted: (n: number) => `${n} muted`,
  },

  alreadyEnded: 'Those checks have already ended.',
  resultGone: 'That result is not kept any more. Use /acknet check.',
  noClusters: 'No clusters are configured.',
  whichCheck: 'Which check?',
  asksEvery: (cluster: string, rest: string) =>
    `It asks every cluster. For ${cluster} alone: /acknet check ${rest}`,
} as const;
