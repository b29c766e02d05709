/** What `acknet ask` prints besides the entries themselves. */
export const askTexts = {
  otherQuestion: (entries: string) => `The other question may be about:\n${entries}`,
  choice: (entries: string) => `This may be about one of these. Ask again in its words:\n${entries}`,
  talk: 'Ask about container networking on ACK: what does not work, or an error text as it stands.',
  noAnswer: 'The knowledge base has no answer to this.',
  whatCheckSees: (checks: string) => `What a check can see of it: acknet check <cluster> ${checks}`,
  nearest: (entries: string) => `The nearest topics:\n${entries}`,
  wholeEntry: '(The whole entry: --full)',
  notVisible: (where: string) => `Not visible from Kubernetes: ${where}`,
  readFrom: (cluster: string, at: string) => `On ${cluster}, read ${at}:`,
  notRead: (title: string, why: string) => `  ? ${title}: ${why}`,
  clusterUnread: (cluster: string) =>
    `${cluster} did not tell its network plugin, so every variant is shown.`,
  leftOut: (sections: string) => `(${sections}: --full)`,

  /** `--why` */
  decision: (say: { readonly kind: string; readonly right: string; readonly ours: string }) =>
    `Decision: ${say.kind}; best entry right ${say.right}, a topic of ours ${say.ours}`,
  none: 'none',
  concepts: (concepts: string) => `Concepts: ${concepts}`,
  words: (foreign: string, unknown: string) => `Words of other topics: ${foreign}; unknown: ${unknown}`,
  evidence: (evidence: string) => `Evidence: ${evidence}`,
  entries: 'Entries, with what each signal adds:',
} as const;
