import { count } from '../count.js';
import { joined, podsOf, type Touched } from './touched-pods.js';

/** The body of a card: who asks for what, what it risks, who may approve it. */
export const cardTexts = {
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
  undoWayBack:
    'This puts back what the fix changed. When it is done, *Put the fix back* stands on this card.',
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
} as const;
