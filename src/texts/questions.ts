import { count } from './count.js';

/** A title may be a question: what follows it is not its end. */
const quoted = (title: string): string => `“${title}”`;
const named = (titles: readonly string[]): string => titles.map(quoted).join('; or ');
const listed = (titles: readonly string[]): string => titles.map(quoted).join('; ');

/** What acknet says to questions about the network (`slack/questions`). Titles come as they are to be shown. */
export const questionTexts = {
  lookingUp: 'is looking it up…',
  tooOld: 'That answer is too old for its buttons. Please ask again.',
  standsAbove: (title: string) => `${quoted(title)} stands in this thread already, further up.`,
  helpfulNoted: 'Thank you, noted.',
  unhelpfulNoted: 'Noted. The maintainers see what was asked and what I answered.',

  asks: (asker: string, question: string) => `${asker} asks: ${question}`,
  asked: (question: string) => `Question: ${question}`,

  clusterUnread: (cluster: string, why: string) =>
    `${cluster} could not be read, so every variant is shown: ${why}`,
  readingTakesLong: 'its API server takes long to answer.',
  readingRefused: 'its API server did not answer in time, or refused.',
  readingFailed: 'a fault in acknet.',

  sections: {
    Symptom: 'Symptom',
    Cause: 'Cause',
    Solution: 'What to do',
    More: 'More',
    Corrections: 'Where this departs from the FAQ',
  },
  /** A title, and what is said of it. */
  headed: (title: string, rest: string) => (/[?!.]$/.test(title) ? `${title} ${rest}` : `${title}: ${rest}`),
  see: (entry: { readonly title: string; readonly id: string }) =>
    `${quoted(entry.title)} (\`/acknet explain ${entry.id}\`)`,
  moreOn: (title: string) => `More on ${quoted(title)}`,
  notVisible: (what: string) => `:information_source: *Not visible to acknet:* ${what}`,
  forCluster: (cluster: string, age: string) => `For *${cluster}*, as it was ${age}.`,
  readFrom: (cluster: string, when: string) => `*On ${cluster}*, read ${when}:`,
  leftOut: (what: readonly string[]) => `Left out: ${what.join('; ')}.`,
  justNow: 'just now',
  minutesAgo: (minutes: number) => `${count(minutes, 'minute')} ago`,
  yourOther: (titles: readonly string[]) => `Your other question may be about: ${named(titles)}.`,

  checkFor: (cluster: string) => `Check ${cluster} for this`,
  runChecks: (cluster: string, checks: readonly string[]) =>
    `Run ${count(checks.length, 'check')} on ${cluster}: ${checks.join(', ')}`,
  tellApart: (cluster: string) => `Not sure? Find out on ${cluster} whether it is this one`,
  instead: (title: string) => `Show: ${title}`,
  whichCluster: 'Which cluster?',
  anotherCluster: 'Another cluster',
  more: 'More',
  notIt: 'Not it',
  notAsked: 'Not what I asked',
  wholeEntry: 'The whole entry',
  helpful: 'Helpful',
  unhelpful: 'Not helpful',
  helped: 'This answer helped',
  didNotHelp: 'This answer did not help',

  couldBe: (titles: readonly string[]) => `That could be: ${named(titles)}. Which is it?`,
  whichIsIt: 'That could be more than one thing. Which is it?',
  thisOne: 'This one',
  answerFor: (title: string) => `Answer for: ${title}`,
  checksCanTell: 'Cannot tell? The checks behind these entries can, from what the cluster shows.',
  findOutOn: (cluster: string) => `Find out on ${cluster}`,
  findOutOnWhich: 'Find out on…',
  noneOfThese: 'None of these',
  allTopics: 'All topics…',

  unknown: (titles: readonly string[]) => `I don't know that one. Nearest topics: ${listed(titles)}.`,
  unknownNearest: "*I don't know that one.* My subject is container networking on ACK. Nearest topics:",
  noEntry: 'No entry is about this text.',
  canLook: (cluster: string, checks: readonly string[]) =>
    `I can look at ${cluster} for: ${checks.join('; ')}.`,
  canLookAtAny: (checks: readonly string[]) =>
    `I can look at a cluster for: ${checks.join('; ')}. Say \`check <cluster>\`.`,
  nearest: 'Nearest topics, if it is one of them after all:',
  lookAt: (cluster: string) => `Look at ${cluster}`,
  noted:
    'Your question is noted for the maintainers. Error texts and log lines, pasted as they are, help me most.',
  exhausted: 'Then I do not know that one. Your question is noted for the maintainers.',
  exhaustedBold: '*Then I do not know that one.* Your question is noted for the maintainers.',
  tryErrorText: 'Try the error text as it stands in the log, or `/acknet check <cluster>`.',

  firstSee: (title: string) => `Still broken? First see whether it is this: ${title}`,
  unsaid: (what: string) => `The entry does not say: ${what}.`,
  documentationMay: (link: string) => `The documentation may: ${link}`,
  notHere: (about: string, why: string) => `Not here. ${about}: ${why}.`,
  moreToStep: 'There is more to this step: see the entry.',
  otherMayBe: (titles: readonly string[]) => `The other question may be about: ${named(titles)}.`,
  compare: 'Compare with the lines above.',
  letMeLook: 'Let me look: say `check <cluster>`.',
  letMeLookAt: (cluster: string, checks: number) =>
    `Let me look at ${cluster}: the button below runs ${count(checks, 'check')}.`,
  noOtherClose: 'No other entry came close. Paste the newest error text as it is.',
  somethingElse: (titles: readonly string[]) => `It may be something else: ${named(titles)}.`,
  neitherHelps:
    'Neither helps? Ask an approver of the cluster (`who can approve this?` names them), or open a ticket with Alibaba Cloud and attach what the check found.',

  /** `isOpen`: of none of them it can be told. */
  confirmedOn: (
    cluster: string,
    ruled: { readonly confirmed: readonly string[]; readonly isOpen: boolean },
  ) =>
    ruled.confirmed.length > 0
      ? `${cluster}: it is ${ruled.confirmed.map(quoted).join('; and ')}.`
      : `${cluster}: ${ruled.isOpen ? 'which of these it is cannot be told' : 'none of these is confirmed'}.`,
  whichOn: (cluster: string) => `Which of these is it, on ${cluster}?`,
  nextStep: (cluster: string) =>
    `Next: have all of ${cluster} checked, or ask again with the error text as it stands in the log.`,
  checkWhole: (cluster: string) => `Check all of ${cluster}`,
  noCheckLooks: 'No check looks at it.',
  foundElse: (check: string, message: string) => `${check}: found something else: ${message}`,
  doesNotApply: 'does not apply here',
  clear: 'clear',

  notPlaced: 'Questions not placed, or answered with the wrong entry',
  feedback: 'Feedback on answers',
  verdicts: (good: number, bad: number) => `${good} helpful, ${bad} not`,
  fileInDm: (file: string) => `The file ${file} is in your DM with me.`,
} as const;
