import { count } from './count.js';

/** What each `/acknet <name> …` is for, as help lists it. */
const does = {
  help: 'this list',
  ask: 'the guidance for a problem',
  check: 'what is wrong there, with evidence',
  fleet: 'which of the clusters have it',
  checks: 'the catalogue of checks',
  explain: 'what it looks at and what it means',
  status: 'checks under way, fixes open',
  cancel: 'stops checks under way',
  pending: 'fixes waiting or under way',
  history: 'what was fixed, by whom, how it ended',
  fix: 'a fix card, for fixes no finding offers',
  mute: 'a known exception, for 30 days by default',
  unmute: 'ends an exception',
  schedule: 'checks again and again, and posts here what changed',
  schedules: 'what is checked when, who set it up and who ended it',
  unschedule: 'ends the one that posts here',
  clusters: 'the clusters acknet knows',
  rebind: 'the cluster that answers to the name now is meant (maintainers)',
  unanswered: 'questions it could not place (maintainers)',
  feedback: 'what people thought of answers (maintainers)',
  version: 'which acknet this is',
} as const;

const help = {
  text: (names: string) => `acknet: ask me in your own words, or /acknet ${names}.`,
  askMe:
    '*Ask me about container networking on ACK*, in your own words, here or in a DM. Paste error texts as they are:',
  examples: [
    '@acknet nodes went NotReady after we bumped the flannel image by hand',
    '@acknet `InvalidVSwitchId.IpNotEnough`',
  ],
  orType: 'Or type',
  promise:
    'A check only reads. A fix is shown as a card first, and nothing changes until someone entitled approves it.',
  noCluster: 'There is no cluster that you may have checked, so I answer questions only.',
  tryCheck: (command: string) => `Try ${command}.`,
} as const;

const lists = {
  checks: 'Checks',
  noChecks: 'There are none.',
  clusters: 'Clusters',
  noClusters: 'None are configured.',
  noneSeen: 'There is none that you may ask about.',
  readOnly: 'read-only',
  checksAndFixes: 'checks and fixes',
  checksOnly: 'checks only: no fixer credential',
  status: 'Under way and waiting',
  noStatus: 'Nothing: no check runs, no fix waits.',
  checkOf: (cluster: string) => `Check of ${cluster}`,
  fleetCheck: (say: { readonly checks: string; readonly left: number }) =>
    `Fleet check ${say.checks}, ${count(say.left, 'cluster')} to go`,
  scheduledCheck: (say: { readonly cluster: string; readonly left: number }) =>
    say.left === 1
      ? `Scheduled check of ${say.cluster}`
      : `Scheduled check, ${count(say.left, 'cluster')} to go`,
  askedBy: (who: string) => `asked by ${who}`,
  pending: 'Fixes waiting or under way',
  noPending: 'None.',
  history: 'Fixes, newest first',
  noHistory: 'None so far.',
  undo: 'Undo: ',
  expires: (at: string) => `expires ${at}`,
  approvedBy: (who: string) => `approved by ${who}`,
  noQuestions: 'Nothing to list.',
  times: (n: number) => count(n, 'time'),
  last: (at: string) => `last ${at}`,
} as const;

const explain = {
  entries: 'Entries',
  noEntries: 'none',
  reads: 'Reads',
  fix: (say: { readonly title: string; readonly id: string; readonly risk: string }) =>
    `${say.title} (${say.id}, risk ${say.risk})`,
  /** A slot of a message that only a cluster fills: `notReady` is shown as ‹not ready›. */
  slot: (name: string) => `‹${name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').toLowerCase()}›`,
  slots: 'What stands in ‹…› is filled in from the cluster.',
  byCommand: (commands: string) => `*Fixes that its entries speak of,* by command: ${commands}`,
  unknown: (wanted: string) => `There is no check, finding, fix or entry "${wanted}".`,
  listed: '/acknet checks lists the checks.',
} as const;

const faults = {
  usage: (usage: string) => `Usage: /acknet ${usage}`,
  missing: 'That is only a part of the command.',
  needsValue: (option: string) => `--${option} needs a value.`,
  noCommand: (typed: string) => `There is no command "${typed}".`,
  commands: (names: string) => `Commands: ${names}. To ask a question: /acknet ask …`,
  noOption: (say: { readonly command: string; readonly option: string }) =>
    `${say.command} has no option --${say.option}.`,
  didYouMean: (near: string) => `Did you mean ${near}?`,
  noCluster: (name: string) => `No cluster is called "${name}".`,
  known: (names: string) => `Known: ${names}.`,
  noneConfigured: 'none is configured',
  andMore: (say: { readonly names: string; readonly left: number }) =>
    `${say.names} and ${say.left} more, see /acknet clusters`,
} as const;

const rebind = {
  nameOne: 'Name one cluster.',
  same: (say: { readonly cluster: string; readonly uid: string }) =>
    `${say.cluster} is the cluster it was, ${say.uid}: there is nothing to rebind.`,
  bound: (say: { readonly cluster: string; readonly uid: string; readonly before: string | undefined }) =>
    `${say.cluster} stands for cluster ${say.uid} from now on${
      say.before === undefined ? '' : `, and no longer for ${say.before}`
    }. Cards made before are out of date.`,
} as const;

const version = (say: {
  readonly version: string;
  readonly entries: number;
  readonly checks: number;
  readonly fixes: number;
}): string =>
  `acknet ${say.version}: ${count(say.entries, 'entry', 'entries')}, ${count(say.checks, 'check')}, ${count(say.fixes, 'fix', 'fixes')}.`;

/** What `/acknet` and its lists say (`slack/commands`). */
export const commandTexts = { does, help, lists, explain, faults, rebind, version } as const;
