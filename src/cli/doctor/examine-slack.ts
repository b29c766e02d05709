import { fault, ok, type Symptom, unread } from './symptom.js';

/** The part of Slack's WebClient that is asked. */
interface SlackIdentity {
  readonly auth: {
    test(): Promise<{ team?: string; user?: string; response_metadata?: { scopes?: string[] } }>;
  };
}

/** Scopes of deploy/slack-manifest.yaml, with what is lost without each. */
export const neededScopes: Readonly<Record<string, string>> = {
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
};

export async function examineSlack(slack: SlackIdentity): Promise<readonly Symptom[]> {
  try {
    const { team, user, response_metadata } = await slack.auth.test();
    const scopes = response_metadata?.scopes;
    if (scopes === undefined)
      return [
        unread(
          `Slack: signed in as ${user} in ${team}, but it tells no scopes`,
          'Compare the app with deploy/slack-manifest.yaml.',
        ),
      ];
    const missing = Object.entries(neededScopes).filter(([scope]) => !scopes.includes(scope));
    return [
      ok(`Slack: signed in as ${user} in ${team}`),
      ...missing.map(([scope, loss]) =>
        fault(
          `Slack: scope ${scope} is missing: ${loss}`,
          'Add it to the app and reinstall it to the workspace.',
        ),
      ),
    ];
  } catch (error) {
    return [
      unread(
        `Slack: ${error instanceof Error ? error.message : String(error)}`,
        'Check SLACK_BOT_TOKEN and SLACK_API_URL.',
      ),
    ];
  }
}
