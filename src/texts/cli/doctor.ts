import { count } from '../count.js';

/** What `acknet doctor` prints: what was looked at, and what to do about a fault. `name` says which cluster and credential. */
export const doctorTexts = {
  seeMessage: 'See the message.',
  todo: (what: string) => `\n       -> ${what}`,
  noCloud: (name: string) => `${name}: no cloud is connected, so nothing of it is read`,
  noFixer: (name: string) => `${name}: no fixer credential, so no fixes are offered`,

  auditKey: {
    keyed: (publicKey: string) => `The audit chain is keyed; --public-key of its checkpoints: ${publicKey}`,
    missing:
      'ACKNET_AUDIT_KEY is not set: whoever can write to Redis can forge approvals, and rewrite the audit log',
    set: 'Set ACKNET_AUDIT_KEY (16 characters or more).',
  },

  clock: {
    silent: (name: string) => `${name}: the API server does not tell its time`,
    seeWhoAnswers: 'See what answers in its place.',
    agree: (name: string) => `${name}: its clock and ours agree`,
    off: (name: string, warning: string) => `${name}: ${warning}`,
    set: 'Set the clock that is wrong (NTP).',
  },

  cloud: {
    name: (cluster: string) => `${cluster}, cloud`,
    actsAs: (name: string, who: { readonly arn: string; readonly account: string }) =>
      `${name}: acts as ${who.arn} (account ${who.account})`,
    otherRegion: (name: string, at: { readonly id: string; readonly is: string; readonly says: string }) =>
      `${name}: cluster ${at.id} is in ${at.is}, and the configuration says ${at.says}`,
    setRegion: (cluster: string, region: string) => `Set clusters.${cluster}.cloud.region to ${region}.`,
    noAddresses: (name: string) => `${name}: no node tells its address`,
    lookAgain: 'Look again with nodes.',
    fits: (name: string, of: { readonly vpc: string; readonly nodes: number }) =>
      `${name}: ${of.vpc} holds the addresses of ${count(of.nodes, 'node')}, so this is the cluster`,
    fitsNot: (
      name: string,
      of: { readonly vpc: string; readonly cidr: string; readonly address: string; readonly id: string },
    ) =>
      `${name}: ${of.vpc} (${of.cidr}) does not hold node address ${of.address}, so ${of.id} is another cluster`,
    correctId: (cluster: string) => `Correct clusters.${cluster}.cloud.clusterId.`,
    mayAll: (name: string, of: { readonly actions: number; readonly slowest: string; readonly ms: number }) =>
      `${name}: may call all ${count(of.actions, 'action')} that checks need; the slowest, ${of.slowest}, took ${of.ms} ms`,
  },

  access: {
    name: (cluster: string, who: string) => `${cluster}, ${who}`,
    hasAll: (name: string, verbs: number) =>
      `${name}: has ${verbs} verbs needed, and none that should be forbidden`,
    mayNot: (name: string, verb: string) => `${name}: may not ${verb}`,
    apply: (flags: string) => `Apply what \`acknet rbac${flags}\` prints to this credential.`,
    should: (name: string, verb: string) => `${name}: may ${verb}, and should not`,
    takeAway: 'Take that verb from the credential; acknet never needs it.',
  },

  expiry: {
    none: (name: string) => `${name}: the credential names no end of its own`,
    renewed: (name: string) => `${name}: the credential is renewed by itself`,
    ended: (name: string, on: string) => `${name}: the credential ended on ${on}`,
    endsIn: (name: string, left: string, on: string) => `${name}: the credential ends in ${left}, on ${on}`,
    endsOn: (name: string, on: string) => `${name}: the credential ends on ${on}`,
    endsUntold: (name: string, on: string) =>
      `${name}: the credential ends on ${on}, and nobody would be told before`,
    nameMaintainers: 'Name `maintainers` in acknet.yaml.',
    minutes: 'less than an hour',
    hours: (n: number) => count(n, 'hour'),
    days: (n: number) => count(n, 'day'),
    renew: (cluster: string) =>
      `Renew it: \`acknet onboard ${cluster} --renew\` as an administrator where acknet made it, else as it was made. No restart is needed.`,
  },

  inbound: {
    none: 'Inbound: no port, Slack is reached over Socket Mode',
    takes: (paths: readonly string[], port: number) =>
      `Inbound: the bot takes ${paths.join(' and ')} on port ${port}`,
    same: (port: number) => `Inbound: port ${port} is that of http.port too`,
    another: 'Give inbound.port another one.',
    restricted: (cluster: string) =>
      `Alerts: those of ${cluster} are not looked at, since only some may ask about it`,
    nameChannel: (cluster: string) =>
      `Name a channel under alerts.channels.${cluster} that only they can read.`,
  },

  channels: {
    isIn: (channel: string) => `Channel ${channel}: acknet is in it`,
    isNotIn: (channel: string, code: string) =>
      `Channel ${channel}: acknet is to post there unasked, and is not in it (${code})`,
    invite: 'Invite the bot to that channel, or correct its id in acknet.yaml.',
    failed: (channel: string, reason: string) => `Channel ${channel}: ${reason}`,
    check: 'Check SLACK_BOT_TOKEN and the scopes of the app.',
  },

  redis: {
    failed: (reason: string) => `Redis: ${reason}`,
    check: 'Check ACKNET_REDIS_URL and that Redis runs.',
    noVersion: 'of unknown version',
    answers: (server: string) => `${server} answers`,
    evicts: 'with any other policy Redis may drop proposals and jobs',
    forgets: 'without AOF a restart forgets proposals and approvals',
    is: (key: string, value: string) => `Redis ${key} is ${value}`,
    notSet: 'not set',
    wrong: (key: string, value: string, why: string) => `Redis ${key} is ${value}: ${why}`,
    set: (key: string, value: string) => `Set ${key} ${value} in redis.conf (or CONFIG SET ${key} ${value}).`,
    notAllowed: (key: string) => `Redis ${key}: CONFIG is not allowed here`,
    seeProvider: (key: string, value: string, why: string) =>
      `See in the provider's console that ${key} is ${value}: ${why}.`,
  },

  slack: {
    signedIn: (user: string, team: string) => `Slack: signed in as ${user} in ${team}`,
    noScopes: (user: string, team: string) =>
      `Slack: signed in as ${user} in ${team}, but it tells no scopes`,
    compare: 'Compare the app with deploy/slack-manifest.yaml.',
    missing: (scope: string, loss: string) => `Slack: scope ${scope} is missing: ${loss}`,
    add: 'Add it to the app and reinstall it to the workspace.',
    needless: (scope: string) =>
      `Slack: scope ${scope} is granted and not needed: whoever holds the token may use it`,
    takeAway: 'Take it from the app and reinstall it to the workspace.',
    mayConnect: 'Slack: the app token opens Socket Mode',
    noSocket: (reason: string) => `Slack: Socket Mode does not open: ${reason}`,
    checkAppToken:
      'Check SLACK_APP_TOKEN (an app-level token with connections:write), and that Socket Mode is on in the app.',
    checkWay: 'Check the way to Slack on port 443 and HTTPS_PROXY.',
    failed: (reason: string) => `Slack: ${reason}`,
    check: 'Check SLACK_BOT_TOKEN and SLACK_API_URL.',
    /** Scopes of deploy/slack-manifest.yaml, with what is lost without each. */
    losses: {
      'app_mentions:read': 'mentions are not seen',
      'assistant:write': 'no suggested prompts and status in direct messages',
      'channels:history': 'replies in a thread without a mention are not seen',
      'chat:write': 'nothing can be posted',
      commands: '/acknet does not exist',
      'files:write': 'long evidence and CSV lists cannot be sent',
      'groups:history': 'replies in private channels are not seen',
      'im:history': 'direct messages are not seen',
      'im:write': 'an answer that Slack lost in a direct message is not looked for before it is sent again',
      'usergroups:read': 'approver groups cannot be read, so nobody in them may approve',
      'users:read': 'guests and bots cannot be told apart, so nobody may approve',
    },
  },

  uid: {
    unbound: (name: string) => `${name}: does not say which cluster it is, so its name is bound to none`,
    grant: 'Grant the reader `get` on namespace kube-system: `acknet rbac` prints it.',
    is: (name: string, uid: string) => `${name}: is cluster ${uid}`,
  },
} as const;
