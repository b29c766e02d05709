import { count } from './count.js';

interface Touched {
  /** Name of the set of pods, e.g. kube-flannel-ds. */
  readonly daemonSet: string;
  readonly pods: number;
}

/** What people call the pods of a DaemonSet. */
const podNames: Readonly<Record<string, string>> = {
  'kube-flannel-ds': 'Flannel',
  'terway-eniip': 'Terway',
  'terway-eni': 'Terway',
  'kube-proxy-worker': 'kube-proxy',
  'kube-proxy-master': 'master kube-proxy',
};

const podsOf = ({ daemonSet, pods }: Touched): string =>
  count(pods, `${podNames[daemonSet] ?? daemonSet} pod`);

/** `2 a, 3 b and 1 c`. */
function joined(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

/** What acknet says with a fix: its card, its buttons and what they answer (`slack/fixes`). */
export const fixTexts = {
  /** States as people read them, in lists and sentences. */
  states: {
    proposed: 'waiting for approval',
    approved: 'approved, about to start',
    applying: 'under way',
    verifying: 'made, being checked',
    fixed: 'fixed',
    'still-found': 'made, but the problem is still there',
    unproven: 'made, not yet shown to work',
    failed: 'failed',
    aborted: 'stopped',
    unknown: 'outcome open',
    rejected: 'rejected',
    expired: 'expired',
    superseded: 'replaced by a newer card',
    stale: 'out of date',
  },
  /** The same as the heading of a card. */
  headings: {
    proposed: 'Waiting for approval',
    approved: 'Approved, about to start',
    applying: 'Under way',
    verifying: 'Made, being checked',
    fixed: 'Fixed',
    'still-found': 'Made, but the problem is still there',
    unproven: 'Made, not yet shown to work',
    failed: 'Failed',
    aborted: 'Stopped',
    unknown: 'Outcome open: look at the cluster',
    rejected: 'Rejected',
    expired: 'Expired',
    superseded: 'Replaced by a newer card',
    stale: 'Out of date: the cluster has changed since',
  },
  unshown: 'Made, not shown to work',
  undone: 'Undone',
  undoneSince: 'Undone: this fix is not in effect any more',
  undoBegun: 'An undo of this fix was begun: see its card',
  beforeUndo: (outcome: string) => `Before the undo: ${outcome}`,
  fix: 'Fix',
  undo: 'Undo',
  undoOf: (does: string) => `undo of “${does}”`,
  cardText: (say: { readonly kind: string; readonly cluster: string; readonly title: string }) =>
    `${say.kind} for ${say.cluster}: ${say.title}.`,

  /** Line one; `who` and `cluster` come as mark-up. */
  asks: (say: {
    readonly who: string;
    readonly does: string;
    readonly cluster: string;
    readonly touches: string;
  }) => `${say.who} asks: ${say.does} on ${say.cluster}${say.touches}`,
  asksUndo: (say: {
    readonly who: string;
    readonly does: string;
    readonly cluster: string;
    readonly touches: string;
  }) => `*Undo.* ${say.who} asks to take back “${say.does}” on ${say.cluster}${say.touches}`,
  itself: 'acknet',
  restarts: (sets: readonly Touched[], time: string) =>
    sets.reduce((sum, { pods }) => sum + pods, 0) > 1
      ? `restart ${joined(sets.map(podsOf))}, one node at a time (about ${time})`
      : `restart ${joined(sets.map(podsOf))} (about ${time})`,
  restartsNothing: 'restarts nothing',
  minutes: (minutes: number) =>
    minutes < 90 ? `${Math.max(Math.round(minutes), 1)} min` : `${Math.round(minutes / 60)} h`,
  risk: (risk: string, impact: string) => `*Risk: ${risk}.* ${impact}`,
  notRecommended: (why: string) => `:warning: *Not recommended:* ${why}`,
  alsoChanges: (change: string) => `:warning: The restart also brings another version: ${change}`,
  moreNodes: (left: number) => ` and ${count(left, 'more node')}`,
  moreWarnings: (left: number) => `and ${count(left, 'more warning')}`,
  moreSets: (left: number) => `and ${count(left, 'more set')} of pods`,
  unsealed:
    ':warning: acknet has no `ACKNET_AUDIT_KEY`: whoever can write to its Redis can forge an approval.',
  refusedByServer: (why: string) => `:x: *The API server would refuse this:* ${why}`,
  noReason: 'no reason given',

  approvers: (say: { readonly who: string; readonly votes: string; readonly until: string }) =>
    `*May approve:* ${say.who}${say.votes} · *until* ${say.until}`,
  votes: (given: number, needed: number) => ` (${given} of ${count(needed, 'vote')})`,
  withReason: ', with a reason',
  notByPresser: (who: string) => `${who} pressed Undo, so someone else must approve it.`,
  alsoByPresser: (who: string) =>
    `${who} pressed Undo and may approve it too, having approved the fix that did not end well.`,

  somebody: 'an approver',
  someGroup: 'a group of approvers',

  details: 'Details',
  why: (finding: string) => `*Why:* ${finding}`,
  wayBack: {
    restore: 'Undo puts every changed value back.',
    partial: 'Undo puts back only part of it.',
    none: 'This cannot be undone.',
  },
  afterwards: {
    clear: 'When it is done, acknet checks again whether the problem is gone.',
    settles: 'The check notices only after a while: acknet looks twice.',
    unchanged: 'The check says the same afterwards: it does not look at this.',
  },
  undoWayBack: 'This puts back what the fix changed. To have the fix again, ask for it anew.',
  rollout: (seconds: number) =>
    `The first node is watched for longer. A pod that is not Ready within ${seconds} s stops it.`,
  triedOut: ':white_check_mark: Tried out: the API server would accept it. Nothing has been changed yet.',
  whichCluster: (cluster: string, uid: string) => `${cluster} is cluster ${uid}`,

  diffInFile: (objects: number, file: string) =>
    `:clipboard: The diff of ${count(objects, 'object')} is long: it stands whole in the file ${file} in this thread.`,
  diffTitle: (title: string) => `Diff: ${title}`,
  shortened: (file: string) => `:clipboard: Shortened here; whole in the file ${file} in this thread.`,
  outcomeWhole: 'Outcome, whole',
  cardWhole: 'What the card says, whole',
  found: (finding: string) => `Found: ${finding}`,
  foundBefore: (finding: string) => `Before the fix: ${finding}`,
  fileNotRecommended: (why: string) => `Not recommended: ${why}`,
  fileWarning: (warning: string) => `Warning: ${warning}`,
  fileRestarts: (set: Touched) => `Restarts ${podsOf(set)} (${set.daemonSet})`,
  fileAlso: (change: string) => `  also changes ${change}`,
  fileRefused: (why: string) => `The API server would refuse this: ${why}`,

  nothingChanged: 'Nothing was changed.',
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
    untold: (hours: number, detail: string) =>
      `Whether it held after ${hours} h could not be told: ${detail}`,
    didNotHold: (say: { readonly title: string; readonly cluster: string; readonly hours: number }) =>
      `The fix on ${say.cluster} did not hold, ${say.hours} h after it worked: ${say.title}`,
  },

  buttons: {
    approve: 'Approve',
    reject: 'Reject',
    edit: 'Edit parameters',
    stop: 'Stop',
    undo: 'Undo',
    fresh: 'Make a fresh card',
    putBack: 'Put the old values back',
    fixAgain: 'Put the fix back',
    undoRest: 'Undo the rest',
    resume: 'Try the remaining nodes',
    checkAgain: 'Check again',
  },
  label: (button: string, cluster: string, title: string) => `${button} on ${cluster}: ${title}`,
  confirm: {
    title: (risk: string, cluster: string) =>
      risk === 'high' ? `High risk: apply to ${cluster}?` : `Apply to ${cluster}?`,
    stopTitle: 'Stop after the present step?',
    stopText: 'What is done stays done; Undo is offered afterwards where there is one.',
  },

  nothingToChange: (title: string) => `${title}: there is nothing for this fix to change here now.`,
  undoTitle: (title: string) => `Undo of ${title}`,
  noAnswer: (cluster: string, seconds: number) =>
    `Cluster ${cluster} did not answer within ${seconds} s, so there is no card.`,
  noAnswerHint: 'Nothing was changed. Look at its API server, then ask again.',
  voteCounts: (missing: number) => `Your vote counts; ${count(missing, 'more is', 'more are')} needed.`,
  needsReason: 'Approving this needs a reason.',
  hasEnded: (state: string) => `This card has ended: ${state}.`,
  isDecided: (state: string) => `This card has been decided: ${state}.`,
  decidedMeanwhile: (state: string) => `That card has been decided meanwhile: ${state}.`,
  isPlanning: 'A card for this is being made.',
  isPlanned: 'A card for this stands in the thread already, made later than this one.',
  movedOn: 'A newer check found it again: the card stands below its result.',
  replaced: 'Replaced by a card with other parameters.',
  resultGone: 'That result is not kept any more. Please check again.',
  noThread: (id: string) => `Proposal ${id} belongs to no thread.`,

  askedAbove: (cluster: string, title: string) => `A fix for ${cluster} is asked for: ${title}`,
  askedAboveBy: (who: string, cluster: string, title: string) =>
    `${who} asks for a fix of *${cluster}*: ${title}`,
  cardElsewhere: 'The card stands in the channel of its cluster, where approvers can open it:',
  openCard: 'open it',
  whichFix: (known: string) => `Which fix? Known: ${known}.`,
  noSuchFix: (id: string) => `There is no fix "${id}".`,
  didYouMean: (id: string) => `Did you mean ${id}?`,
  known: (names: string) => `Known: ${names}.`,
  forWhichCluster: (known: string) => `For which cluster? Known: ${known}.`,
  badTarget: (target: string) => `target=${target} is not Kind/name or Kind/namespace/name.`,

  lost: (title: string, cluster: string, outcome: string) =>
    `Redis lost the record of "${title}" on ${cluster}: ${outcome}.`,
  lostOutcome: (done: number, all: number) => `${done} of ${count(all, 'step')} done, then stopped`,
  lostDone: 'Done',
  lostBegun: 'Begun, look there',
  lostPending: 'Not done',
  lostNext:
    'Nothing more is done, and acknet cannot undo it any more. Look at the cluster, then run the check again.',
  refused: '*Refused.*',

  explain: {
    text: (title: string) => `What this fix does: ${title}.`,
    does: (does: string) => `*It will* ${does}.`,
    writes: (rules: string) => `*Writes:* ${rules}`,
    impact: (risk: string, impact: string) => `*While it is made:* ${impact} *Risk:* ${risk}.`,
    wayBack: (text: string) => `*Way back:* ${text}`,
    asked: (parameters: string) => `*Must be told:* ${parameters}`,
    parameter: (say: { readonly label: string; readonly name: string; readonly hint: string }) =>
      `${say.label} (${say.name}): ${say.hint}`,
    offeredFor: (findings: string) => `*Offered for:* ${findings}`,
    byCommand: '*Offered for* no finding: it is asked for by command.',
    approvers: (say: { readonly clusters: readonly string[]; readonly more: number; readonly who: string }) =>
      `*May approve on ${say.clusters.join(', ')}${say.more > 0 ? ` and ${count(say.more, 'more cluster')}` : ''}:* ${say.who}`,
    approversLeft: (n: number) => `*On ${count(n, 'more cluster')}* others may; each card names them.`,
    command: (command: string) => `*Ask for it:* ${command}. A card shows the exact change first.`,
  },

  form: {
    on: (title: string, cluster: string) => `*${title}*\non *${cluster}*`,
    onWithRisk: (title: string, cluster: string, risk: string) => `*${title}*\non *${cluster}*, risk ${risk}`,
    back: 'Back',
    cancel: 'Cancel',
    whyNow: 'Why now?',
    whyNot: 'Why not?',
    whyHint: 'Stands on the card and in the audit log.',
    editTitle: 'Edit parameters',
    editSubmit: 'Make a new card',
    editNote: 'The card with the old parameters is replaced; nothing is applied yet.',
    startTitle: 'Prepare a fix',
    startSubmit: 'Make the card',
    needed: 'Needed.',
    fault: (message: string) => `:x: ${message}`,
    waitTitle: 'Reading the cluster',
    wait: (cluster: string) => `The change is being planned on ${cluster}. This form answers in a moment.`,
    doneTitle: 'The card is there',
    done: 'The card with the exact change stands in the thread. Nothing is applied yet.',
    close: 'Close',
    fill: 'Fill in the form',
    fillAsk: (title: string, cluster: string) => `${title} on ${cluster}: this must be told what to set.`,
    orTyped: (label: string) => `${label}, where it is none of these`,
    startNote: 'You get a card with the exact change to approve; nothing is applied yet.',
  },
} as const;
