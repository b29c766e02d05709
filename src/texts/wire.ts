/** What Slack calls a refusal, in words that whoever asked can do something about. */
const refusals: Readonly<Record<string, string>> = {
  not_in_channel: 'it is not in that channel',
  channel_not_found: 'it cannot see that channel',
  is_archived: 'that channel is archived',
  restricted_action: 'the settings of this workspace do not let it post there',
  missing_scope: 'its Slack app lacks a scope, which acknet doctor names',
  msg_too_long: 'the message is too long for Slack',
  msg_blocks_too_long: 'the message is too long for Slack',
};

/** What is said of Slack itself where it refuses or is away (`slack/wire`), and of what was tried then. */
export const wireTexts = {
  refused: (code: string) =>
    Object.hasOwn(refusals, code) ? String(refusals[code]) : `Slack answers ${code}`,
  failed: (attempted: string, detail: string) => `acknet could not ${attempted}: ${detail}.`,
  invite: 'Invite it to the channel with /invite @acknet, then ask again.',
  whoIs: (user: string) => `Slack did not say who ${user} is.`,
  whoIsIn: (group: string) => `Slack did not say who is in user group ${group}.`,
  checkTokens: 'Check SLACK_BOT_TOKEN, SLACK_APP_TOKEN and SLACK_API_URL.',

  /** What was tried of Slack or Redis where that failed. */
  attempts: {
    lookUpPerson: 'look up a person',
    rememberPerson: 'remember a person',
    lookUpEvent: 'look up an event',
    noteEvent: 'note an event',
    lookWhetherSettled: 'look whether a message has settled',
    saySettled: 'say that a message has settled',
    rememberMessage: 'remember a message',
    lookUpMessage: 'look up a message',
    lookForMessage: 'look for a message',
    postMessage: 'post a message',
    editMessage: 'edit a message',
    takeTurn: 'take the turn of an edit',
    uploadFile: 'upload a file',
    lookUpName: 'look up a name',
    rememberName: 'remember a name',
    signIn: 'sign in to Slack',
  },
} as const;
