import { count } from '../count.js';

/** What a fix is explained with, and the forms that ask. */
export const formTexts = {
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
