import { commandTexts } from '../../texts/commands.js';

const { does } = commandTexts;

/** `/acknet <name> …`, in the order that help lists them. `usage` and `does` are shown by help; `min` is the number of words needed after the name. */
export const commands = {
  help: { usage: 'help', does: does.help, min: 0 },
  ask: { usage: 'ask <question>', does: does.ask, min: 1 },
  check: {
    usage:
      'check <cluster|all> [check…] [--ns a,b] [--node n] [--from ns/pod --to i-…|address [--port 443/tcp]]',
    does: does.check,
    min: 0,
  },
  fleet: { usage: 'fleet <check> [check…]', does: does.fleet, min: 1 },
  checks: { usage: 'checks', does: does.checks, min: 0 },
  explain: { usage: 'explain <check|finding|fix|entry>', does: does.explain, min: 1 },
  status: { usage: 'status', does: does.status, min: 0 },
  cancel: { usage: 'cancel [cluster]', does: does.cancel, min: 0 },
  pending: { usage: 'pending [cluster]', does: does.pending, min: 0 },
  history: { usage: 'history [cluster]', does: does.history, min: 0 },
  fix: {
    usage: 'fix <remediation> <cluster> [key=value…]',
    does: does.fix,
    min: 0,
  },
  mute: {
    usage: 'mute <finding> [cluster] [--until 2026-12-31] <reason>',
    does: does.mute,
    min: 0,
  },
  unmute: { usage: 'unmute <finding> [cluster]', does: does.unmute, min: 0 },
  schedule: {
    usage: 'schedule <cluster|all> <every 6h|daily 09:00 Asia/Shanghai> [--always]',
    does: does.schedule,
    min: 1,
  },
  schedules: { usage: 'schedules', does: does.schedules, min: 0 },
  unschedule: { usage: 'unschedule <cluster|all>', does: does.unschedule, min: 0 },
  clusters: { usage: 'clusters', does: does.clusters, min: 0 },
  rebind: {
    usage: 'rebind <cluster>',
    does: does.rebind,
    min: 1,
  },
  unanswered: { usage: 'unanswered [--csv]', does: does.unanswered, min: 0 },
  feedback: { usage: 'feedback [--csv]', does: does.feedback, min: 0 },
  version: { usage: 'version', does: does.version, min: 0 },
} as const satisfies Record<string, { usage: string; does: string; min: number }>;

export type CommandName = keyof typeof commands;
export const commandNames = Object.keys(commands) as CommandName[];
