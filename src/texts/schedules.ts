import { count, form } from './count.js';

const every = 'every cluster';
/** At the begin of a sentence; the name of a cluster stays as it is. */
const begun = (what: string): string => (what === every ? 'Every cluster' : what);

/** What a schedule's time cannot be. */
const faults = {
  nothing: 'When?',
  notATime: (typed: string) => `"${typed}" is no time to check at.`,
  noClock: (typed: string) => `"${typed}" is no time of day such as 09:00.`,
  noZone: (typed: string) => `"${typed}" is no time zone such as Asia/Shanghai.`,
  tooOften: (shortest: string) => `Not more often than every ${shortest}.`,
  tooSeldom: (longest: string) => `Not more seldom than every ${longest}; use a day and a time for that.`,
  cron: 'Cron patterns are not read here.',
  didYouMean: (near: string) => `Did you mean /acknet schedule ${near}?`,
  which: (known: string) => `Which cluster? Known: ${known}, or all.`,
  oneEach: 'Name one cluster, or all.',
  full: (most: number) => `This channel has ${count(most, 'schedule')} already.`,
  fullHint: '/acknet schedules lists them, /acknet unschedule <cluster> ends one.',
  inFile: (name: string) => `acknet.yaml schedules that here already, as ${name}.`,
  inFileHint: 'What acknet.yaml says is changed there.',
  none: (what: string) => `${begun(what)} is not scheduled in this channel.`,
  noneHere: 'Nothing is scheduled here.',
  here: (names: string) => `Scheduled here: ${names}.`,
  cannotPost: 'I cannot post here, so nothing is scheduled.',
  cannotPostHint: 'Invite me with /invite @acknet, or schedule it in a direct message to me.',
} as const;

const ended = {
  who: 'Who set this up',
  gone: (cluster: string) => `${cluster} is no longer configured, so its schedule has ended.`,
  refused: (say: { readonly what: string; readonly who: string }) =>
    `${say.who} may no longer ask about ${say.what}, so the schedule has ended.`,
  again: (command: string) => `Who may ask can set it up again: ${command}`,
} as const;

/** What `schedules` says of one that ended. */
const why = {
  removed: 'ended',
  gone: 'ended: not configured any more',
  refused: 'ended: not allowed any more',
};

const told = {
  every,
  scheduled: (say: { readonly what: string; readonly when: string; readonly always: boolean }) =>
    `${begun(say.what)} is checked ${say.when}, and ${say.always ? 'the outcome is posted here each time' : 'what changed is posted here'}.`,
  instead: (when: string) => `Before: ${when}.`,
  next: (at: string) => `next ${at}`,
  by: (who: string) => `by ${who}`,
  byFile: 'from acknet.yaml',
  end: (command: string) => `ends with ${command}`,
  unscheduled: (what: string) => `${begun(what)} is no longer checked on a schedule here.`,
} as const;

const list = {
  title: 'Schedules',
  none: 'There are none. /acknet schedule <cluster|all> daily 09:00 Asia/Shanghai makes one.',
  here: 'here',
  inDirect: 'in a direct message',
  always: 'posted each time',
} as const;

/** The message of a scheduled check, of one cluster or of many. */
const report = {
  first: (cluster: string, words: string) => `${cluster}, first scheduled check: ${words}`,
  firstAll: (words: string) => `First scheduled check: ${words}`,
  fresh: (n: number) => `${n} new ${form(n, 'cause', 'causes')}`,
  causes: (n: number) => count(n, 'cause'),
  on: (n: number, of: number) => `on ${n} of ${count(of, 'cluster')}`,
  mended: (n: number) => `${n} mended`,
  mendedOne: (line: string) => `Mended: ${line}`,
  still: (n: number) => `${n} still there`,
  unread: (n: number) => `${count(n, 'cluster')} could not be read`,
  notRead: 'could not be read',
  readAgain: 'readable again',
  blind: (n: number) => `${count(n, 'check')} could not tell`,
  nothingNew: 'nothing changed',
  allHealthy: (n: number) => `no problem on any of ${count(n, 'cluster')}`,
  ofOne: (cluster: string, words: string) => `${cluster}: ${words}`,
  openLabel: (cluster: string) => `Check ${cluster} in full`,
  open: 'Open',
  moreOf: (n: number) => `…and ${n} more`,
  moreClusters: (names: string) => `New causes also on ${names}.`,
  whyUnread: (why: string) => `could not be read: ${why}`,
  whyBlind: (n: number, why: string) => `${count(n, 'check')} could not tell: ${why}`,
  moreUnread: (names: string) => `Not readable, or not all of it: ${names}`,
  readableAgain: (names: string) => `Readable again: ${names}`,
  stillUnread: (names: string) => `Still not readable: ${names}`,
  stillThere: (names: string) => `Still there: ${names}`,
  counted: (cluster: string, n: number) => `${cluster} (${n})`,
  openOn: (names: string) => `Nothing found, but not everything could be told: ${names}`,
  healthy: (n: number, names: string) => `${n} healthy: ${names}`,
  notApplicable: (names: string) => `Does not apply to: ${names}`,
  appliesToNone: (n: number) => `applies to none of ${count(n, 'cluster')}`,
  goneClusters: (names: string) => `No longer configured: ${names}`,
  leftOut: (n: number) =>
    `${count(n, 'cluster')} left out: who scheduled this may not ask about ${form(n, 'it', 'them')}`,
  andMore: (names: string, left: number) => `${names} and ${left} more`,
  foot: (say: { readonly when: string; readonly since: string | undefined; readonly end: string }) =>
    `${say.when}${say.since === undefined ? '' : ` · since ${say.since}`} · ${say.end}`,
  fromFile: 'from acknet.yaml',
  failed: (what: string) => `The scheduled check of ${what} failed: it could not be made, or not be posted.`,
} as const;

const lost = {
  text: (what: string) => `Redis has lost its data, and with it this schedule: ${what}.`,
  again: (command: string) => `To have it again: ${command}`,
} as const;

/** What schedules say (`slack/schedules`), and why a time is none. */
export const scheduleTexts = { faults, ended, why, told, list, report, lost } as const;
