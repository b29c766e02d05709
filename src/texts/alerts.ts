import { count } from './count.js';

const minutes = (ms: number): string => {
  const all = Math.max(1, Math.round(ms / 60_000));
  return all < 120 ? `${all} min` : `${Math.round(all / 60)} h`;
};

/** What alerts make acknet say (`slack/alerts`). */
export const alertTexts = {
  firing: (of: { cluster: string; firing: number; all: number }) =>
    of.firing === of.all
      ? `${of.cluster}: ${count(of.all, 'alert')} firing`
      : `${of.cluster}: ${of.firing} of ${count(of.all, 'alert')} still firing`,
  resolved: (cluster: string, afterMs: number) => `${cluster}: resolved after ${minutes(afterMs)}`,
  ended: 'resolved',
  since: (when: string) => `since ${when}`,
  of: (n: number) => `${n}×`,
  node: (name: string) => `node ${name}`,
  pod: (name: string) => `pod ${name}`,
  namespace: (name: string) => `namespace ${name}`,
  more: (n: number) => `and ${n} more`,
  moreKinds: (n: number) => `…and ${count(n, 'more kind')} of alerts`,
  left: (n: number) => `…and ${count(n, 'more alert')}, not listed here`,

  checking: 'acknet is checking the network of the cluster…',
  found: (words: string) => `acknet found: ${words}`,
  notChecked: (why: string) => `Not checked: ${why}`,
  notKept: 'What was found is no longer kept: check again.',
  elsewhere: 'What acknet can see of the network does not explain it: look elsewhere too.',
  ruledOut: (areas: readonly string[]) => `Ruled out: ${areas.join(', ')}`,
  area: (area: string, checks: number) => `${area} (${count(checks, 'check')})`,
  unread: (n: number) => `${count(n, 'check')} could not tell.`,
  thread: (cards: number) =>
    cards === 0
      ? 'The evidence is in the thread.'
      : `The evidence and ${count(cards, 'fix card')} are in the thread.`,
  told: (opened: string, told: string) => `First told ${opened} · last ${told}`,
  ping: (who: string) => `For ${who}`,

  reply: {
    resolved: (afterMs: number) =>
      `Resolved after ${minutes(afterMs)}. The alerts say so; acknet has not checked again.`,
    again: 'It fires again.',
  },

  unplaced: {
    title: (alert: string) => `The alert ${alert} was not looked at`,
    unknown: (named: string) => `It names the cluster ${named}, which acknet does not know.`,
    several: (named: string) => `Its labels name several clusters: ${named}.`,
    unnamed: 'No label of it says which cluster it is about.',
    restricted: (cluster: string) =>
      `Only some may ask about ${cluster}, and no channel is named for its alerts.`,
    hints: {
      unknown: 'Say under alerts.clusters in acknet.yaml which one that is.',
      several: 'Say under alerts.labels.cluster in acknet.yaml which label counts.',
      unnamed: 'Name the cluster under alerts.cluster in acknet.yaml, or give the alert a label.',
      restricted: 'Name one under alerts.channels in acknet.yaml that only they can read.',
    },
    once: 'This is said once; further ones are counted.',
  },
} as const;
