import { count } from './count.js';

/** Kinds of symptoms, as they are counted below a cause. */
const symptomNouns: Readonly<Record<string, readonly [string, string]>> = {
  'node-not-ready': ['node not Ready', 'nodes not Ready'],
  'node-without-route': ['node without route', 'nodes without route'],
  'pod-waiting': ['pod waiting', 'pods waiting'],
  'component-down': ['component down', 'components down'],
  'component-failing': ['component failing', 'components failing'],
  warning: ['warning', 'warnings'],
};

const objectNouns: Readonly<Record<string, readonly [string, string]>> = {
  NetworkPolicy: ['NetworkPolicy', 'NetworkPolicies'],
  Node: ['node', 'nodes'],
  Pod: ['pod', 'pods'],
};

/** What a check of one cluster says (`slack/checks`). */
export const checkTexts = {
  fields: {
    checked: (checks: number, seconds: string) => `${count(checks, 'check')} in ${seconds}`,
    askedBy: (who: string, when: string) => `Asked by ${who}, ${when}`,
    outcomes: (of: { clear: number; 'not-applicable': number; unknown: number; advice: number }) =>
      `${of.clear} clear · ${of['not-applicable']} not applicable · ${of.unknown} unknown · ${of.advice} advice`,
    scope: (scope: string) => `Looked at ${scope} only.`,
    since: (when: string, of: { fresh: number; gone: number; unchanged: number }) =>
      `Since ${when}: ${of.fresh} new, ${of.gone} gone, ${of.unchanged} unchanged.`,
    gone: (messages: readonly string[], more: number) =>
      ` Gone: ${messages.join(' · ')}${more > 0 ? ` and ${more} more` : ''}`,
  },

  cause: {
    moreLike: (more: number, kind: string) => {
      const [one, many] = objectNouns[kind] ?? [kind, `${kind}s`];
      return ` (and ${count(more, `more ${one}`, `more ${many}`)})`;
    },
    symptoms: (n: number) => count(n, 'symptom'),
    symptomsOf: (kinds: Readonly<Record<string, number>>) =>
      Object.entries(kinds)
        .map(([kind, n]) => count(n, ...(symptomNouns[kind] ?? [kind, `${kind}s`])))
        .join(', '),
    more: (n: number) => `${n} more`,
    restInThread: (n: number) => `and ${n} more, in the thread`,
    details: (what: string) => `Details: ${what}`,
    unknownOf: (n: number) => `${n} unknown`,
    adviceOf: (n: number) => `${n} advice`,
  },

  buttons: {
    reviewFix: 'Review fix',
    reviewFixes: 'Review fixes',
    prepareFix: 'Prepare fix…',
    prepare: (remediation: string) => `Prepare ${remediation}…`,
    howTo: 'How to',
    explain: 'Explain',
    evidence: 'Evidence',
    show: 'Show…',
    again: 'Check again',
    againOn: (cluster: string) => `Check ${cluster} again`,
    cancel: 'Cancel',
    cancelOn: (cluster: string) => `Cancel the check of ${cluster}`,
    on: (button: string, line: string) => `${button}: ${line}`,
  },

  lists: {
    causes: 'All causes',
    symptoms: 'Symptoms',
    unknown: 'Unknown',
    advice: 'Advice',
    muted: 'Muted',
    clear: 'Clear',
    'not-applicable': 'Not applicable',
    facts: 'Facts',
    blind: 'Not visible from here',
  },
  listed: (cluster: string, list: string) => `${cluster}: ${list.toLowerCase()}`,
  inMenu: (list: string, n: number) => `${list} (${n})`,
  fixIfWanted: (command: string) => `\n    Fix, if wanted: ${command}`,
  mutedBy: (reason: string, who: string, until: string) => `${reason} (${who}, until ${until})`,

  thread: {
    evidenceOf: (cluster: string, n: number) => `${cluster}: the evidence of ${count(n, 'finding')}.`,
    morePieces: (n: number) => `${count(n, 'more piece')} of evidence in the thread of the result.`,
    cutTo: (file: string) => `All of it is in the file \`${file}\`.`,
    findings: (n: number, file: string) => `…and ${count(n, 'more finding')} in the file \`${file}\`.`,
    noButton: (remediation: string, why: string) =>
      `:no_entry_sign: No button for \`${remediation}\`: ${why}`,
    moreFindings: (cause: string) => `More findings: ${cause}`,
    evidenceFile: (finding: string) => `Evidence: ${finding}`,
    empty: '(empty)',
    /** The reply that an edit cannot make: it notifies. */
    done: (who: string, below: string) => `${who}, done.${below}`,
    looked: (below: string) => `Done.${below}`,
    below: (parts: readonly string[]) => ` Below: ${parts.join(' and ')}.`,
    evidence: 'the evidence',
    cards: (n: number) => count(n, 'fix card'),
    cardsIn: (n: number, channel: string) =>
      ` ${count(n, 'fix card stands', 'fix cards stand')} in ${channel}, where approvers can open ${n === 1 ? 'it' : 'them'}.`,
    itsChannel: 'the channel of the cluster',
    cardsAbove: (who: string, cluster: string) =>
      `${who} had *${cluster}* checked in a direct message. What can be fixed there stands below.`,
    cardsAboveText: (cluster: string) => `What can be fixed on ${cluster} stands below.`,
  },

  explain: {
    title: (cluster: string) => `${cluster}: what was found`,
    steps: 'What to do',
    moreSteps: 'More',
    shows: (n: number) => `What shows because of it: ${count(n, 'symptom')}`,
    moreSymptoms: (n: number) => `…and ${n} more`,
    noSteps: 'acknet knows no steps for it. The evidence says where to look.',
    others: (n: number) => `…and ${count(n, 'more finding')} like it, in the thread of the result.`,
  },

  progress: {
    title: (cluster: string) => `Checking ${cluster}`,
    waiting: 'waiting for a worker',
    done: (done: number, total: number) => `${done} of ${count(total, 'check')} done`,
    plan: (cluster: string) => `What is looked at in ${cluster}`,
    area: (of: { area: string; done: number; total: number; found: number }) =>
      `${of.area}: ${of.done} of ${of.total}${of.found === 0 ? '' : `, ${of.found} found something`}`,
    didNotRun: (cluster: string) => `The check of ${cluster} did not run.`,
  },

  replies: {
    joined: (cluster: string) => `A check of ${cluster} is already under way; yours joins it.`,
    itsMessage: 'Its message',
    ended: 'That check has already ended.',
    notKept: 'That result is not kept any more. Please check again.',
    notKeptCommand: 'That result is not kept any more. Use /acknet check.',
    card: 'Its card stands in the thread:',
    cardLink: 'open it',
    cardComing: 'Its card is about to be posted in the thread of the result.',
    cardEnded: 'That fix is decided already.',
  },

  cancel: {
    noneThere: 'No check runs there.',
    noneOfYours: 'You have no check under way. Name a cluster to cancel another’s.',
    several: (n: number) => `${count(n, 'check')} are being cancelled.`,
    one: (cluster: string) => `The check of ${cluster} is being cancelled.`,
  },

  /** After a change: on the message that reported the problem, and to who asked. */
  after: {
    fixed: (time: string, who: string) => `:white_check_mark: Fixed ${time} by ${who}`,
    putBack: (time: string, who: string) => `:leftwards_arrow_with_hook: Put back ${time} by ${who}`,
    stillThere: (time: string, who: string) =>
      `:warning: Fix applied ${time} by ${who}, the problem is still there`,
    unproven: (time: string, who: string) => `:hourglass: Fix made ${time} by ${who}, not yet shown to work`,
    unfinished: (time: string) => `:x: Fix not finished ${time}: see its card`,
    nobody: 'acknet',
    checkedAgain: (left: string) => ` · checked again: ${left}`,
    notChecked: (why: string) => ` · it could not be checked again: ${why}`,
    told: (cluster: string, left: string) => `${cluster}, checked again: ${left}.`,
  },

  andMore: (n: number) => ` and ${n} more`,
  recovering: (n: number, since: string, names: string) =>
    `${count(n, 'symptom')} recovering since the fix ended ${since}: ${names}. Check again in a few minutes.`,

  which: (known: string, all: string | undefined) =>
    `Which cluster? Known: ${known}${all === undefined ? '' : `, or ${all}`}.`,

  mute: {
    why: 'Say why it is muted.',
    muted: (of: { finding: string; cluster: string; until: string; reason: string }) =>
      `${of.finding} is muted on ${of.cluster} until ${of.until}: ${of.reason}. It is still counted and listed.`,
    shownAgain: (finding: string, cluster: string) => `${finding} is shown again on ${cluster}.`,
    wasNot: (finding: string, cluster: string) => `${finding} was not muted on ${cluster}.`,
    which: 'Which finding? It stands under each finding, e.g. flannel-cni-version.missing.',
    noSuch: (finding: string) => `There is no finding "${finding}".`,
    idsStand: 'Its id stands under each finding in a result.',
    didYouMean: (near: string) => `Did you mean ${near}?`,
    where: (known: string) => `On which cluster? Known: ${known}.`,
    noDate: (text: string) => `--until ${text} is not a date such as 2026-12-31.`,
    past: (text: string) => `--until ${text} is in the past.`,
  },

  scope: {
    namespaces: (names: string) => `namespaces ${names}`,
    node: (name: string) => `node ${name}`,
  },
} as const;

/** What is said of two named ends: `--from`, `--to` and `--port` (`checks/judging/named-path.ts`). */
export const pathTexts = {
  needsBoth: 'Both ends are needed: --from and --to.',
  noEnd: (end: string) =>
    `"${end}" is neither namespace/pod, nor the id of an ECS instance (i-…), nor an IP address.`,
  oneOfEach: 'One end must be a pod (namespace/pod), the other an ECS instance (its id or its address).',
  noPort: (port: string) => `--port ${port} is no port such as 443, 443/tcp or 53/udp, and not icmp.`,
  example:
    'For example: --from shop/web-7d9f --to i-bp1a2b3c --port 443/tcp. Without --port it is about ping.',
  ping: 'ping (ICMP)',
  notNarrowed: '--from and --to name all that is looked at; --ns and --node do not go with them.',
  needsEnds: (check: string) => `${check} looks at two ends, and none are named.`,
  scope: (of: { readonly from: string; readonly to: string; readonly traffic: string }) =>
    `${of.traffic} from ${of.from} to ${of.to}`,
  oneCluster: '--from and --to are about one cluster; name one.',
} as const;
