import { count } from '../count.js';

/** Buttons, and what clicks, forms and commands are answered with. */
export const answerTexts = {
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
    takesBack: (does: string) => `Take back “${does}”`,
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
  noSuchValue: (say: { readonly key: string; readonly fix: string }) => `${say.fix} takes no ${say.key}=.`,
  takesValues: (names: string) => `It takes ${names}.`,
  takesNone: 'It takes no values, only target=Kind/name.',
  badTarget: (target: string) => `target=${target} is not Kind/name or Kind/namespace/name.`,
} as const;
