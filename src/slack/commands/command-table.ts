/** `/acknet <name> …`. `usage` and `does` are shown by help; `min` is the number of words needed after the name. */
export const commands = {
  help: { usage: 'help', does: 'this list', min: 0 },
  ask: { usage: 'ask <question>', does: 'the guidance for a problem', min: 1 },
  check: {
    usage: 'check <cluster|all> [check…] [--ns a,b] [--node n]',
    does: 'what is wrong there, with evidence',
    min: 0,
  },
  fleet: { usage: 'fleet <check> [check…]', does: 'which of the clusters have it', min: 1 },
  checks: { usage: 'checks', does: 'the catalogue of checks', min: 0 },
  explain: { usage: 'explain <check|finding>', does: 'what it looks at and what it means', min: 1 },
  status: { usage: 'status', does: 'checks under way, fixes open', min: 0 },
  cancel: { usage: 'cancel [cluster]', does: 'stops checks under way', min: 0 },
  pending: { usage: 'pending [cluster]', does: 'fixes waiting or under way', min: 0 },
  history: { usage: 'history [cluster]', does: 'what was fixed, by whom, how it ended', min: 0 },
  fix: {
    usage: 'fix <remediation> <cluster> [key=value…]',
    does: 'a fix card, for fixes no finding offers',
    min: 0,
  },
  mute: {
    usage: 'mute <finding> [cluster] [--until 2026-12-31] <reason>',
    does: 'a known exception, for 30 days by default',
    min: 0,
  },
  unmute: { usage: 'unmute <finding> [cluster]', does: 'ends an exception', min: 0 },
  clusters: { usage: 'clusters', does: 'the clusters acknet knows', min: 0 },
  rebind: {
    usage: 'rebind <cluster>',
    does: 'the cluster that answers to the name now is meant (maintainers)',
    min: 1,
  },
  unanswered: { usage: 'unanswered [--csv]', does: 'questions it could not place (maintainers)', min: 0 },
  feedback: { usage: 'feedback [--csv]', does: 'what people thought of answers (maintainers)', min: 0 },
} as const satisfies Record<string, { usage: string; does: string; min: number }>;

export type CommandName = keyof typeof commands;
export const commandNames = Object.keys(commands) as CommandName[];
