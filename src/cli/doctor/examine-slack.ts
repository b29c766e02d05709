import { doctorTexts } from '../../texts/cli/doctor.js';
import { fault, ok, type Symptom, unread } from './symptom.js';

const says = doctorTexts.slack;

/** The part of Slack's WebClient that is asked. */
interface SlackIdentity {
  readonly auth: {
    test(): Promise<{ team?: string; user?: string; response_metadata?: { scopes?: string[] } }>;
  };
}

/** Scopes of deploy/slack-manifest.yaml, with what is lost without each. */
export const neededScopes: Readonly<Record<string, string>> = doctorTexts.slack.losses;

export async function examineSlack(slack: SlackIdentity): Promise<readonly Symptom[]> {
  try {
    const { team, user, response_metadata } = await slack.auth.test();
    const scopes = response_metadata?.scopes;
    if (scopes === undefined) return [unread(says.noScopes(`${user}`, `${team}`), says.compare)];
    const missing = Object.entries(neededScopes).filter(([scope]) => !scopes.includes(scope));
    return [
      ok(says.signedIn(`${user}`, `${team}`)),
      ...missing.map(([scope, loss]) => fault(says.missing(scope, loss), says.add)),
    ];
  } catch (error) {
    return [unread(says.failed(error instanceof Error ? error.message : String(error)), says.check)];
  }
}
