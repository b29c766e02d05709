/** What the Home tab and the suggested prompts say (`slack/home`). */
export const homeTexts = {
  clusters: 'Clusters',
  noClusters: 'There is no cluster here that you may see.',
  moreClusters: (left: number) => `and ${left} more: \`/acknet clusters\` lists them all.`,
  notChecked: 'not checked yet',
  beingChecked: 'being checked now',
  check: 'Check',
  checkCluster: (cluster: string) => `Check ${cluster}; the result comes as a direct message`,

  approvals: 'Waiting for your approval',
  askedBy: (who: string) => `asked by ${who}`,
  expires: (at: string) => `expires ${at}`,
  elsewhere: 'its card stands in a direct message: have the cluster checked in a channel to decide there',
  moreApprovals: (left: number) => `and ${left} more: \`/acknet pending\` lists them all.`,

  running: 'Under way',
  nothingRuns: 'Nothing.',
  nothingAtAll: 'Nothing, and no card waits for your approval.',
  checkOf: (cluster: string) => `Check of ${cluster}`,
  waits: 'waiting for its turn',
  scheduled: 'on schedule',
  undo: (title: string) => `Undo: ${title}`,
  see: 'see',
  moreRunning: (left: number) => `and ${left} more: \`/acknet status\` lists them all.`,

  schedules: 'On schedule',
  moreSchedules: (left: number) => `and ${left} more: \`/acknet schedules\` lists them.`,

  whatToType: 'What to type',
  here: 'Send it to me under *Messages*. In a channel, begin with *@acknet*, or with */acknet* so that only you see the reply.',
  type: [
    ['pods get no IP since this morning', 'any question, in your own words, or an error as it is'],
    ['check <cluster>', 'what is wrong there; it only reads'],
    ['status', 'what is under way and what waits'],
    ['help', 'everything else'],
  ],
  kept: (at: string) => `As of ${at}. It is kept up to date while you have it open.`,
  unreadable: 'What goes on could not be read just now. Open this tab again in a minute.',

  /** What was tried of Redis or Slack where that failed. */
  attempts: {
    note: 'note who opened Home',
    list: 'look up who opened Home',
    forget: 'forget who opened Home',
    shown: 'note what Home shows',
    publish: 'show Home',
  },

  prompts: {
    pods: 'Pods get no IP: InvalidVSwitchId.IpNotEnough. What now?',
    nodes: 'Nodes went NotReady after we bumped the flannel image by hand. What now?',
    capacity: 'How many pods can a node take in Terway mode?',
    check: (cluster: string) => `check ${cluster}`,
    pending: 'pending',
    unanswered: 'unanswered',
    help: 'help',
  },
} as const;
