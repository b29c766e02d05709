import { slackErrorOf } from '../../slack/wire/slack-error.js';
import { doctorTexts } from '../../texts/cli/doctor.js';
import { fault, ok, type Symptom, unread } from './symptom.js';

const says = doctorTexts.slack;

/** The part of Slack's WebClient that is asked. */
interface SlackIdentity {
  readonly auth: {
    test(): Promise<{ team?: string; user?: string; response_metadata?: { scopes?: string[] } }>;
  };
}

interface SlackConnections {
  readonly apps: { readonly connections: { open(): Promise<unknown> } };
}

/** Scopes of deploy/slack-manifest.yaml, with what is lost without each. */
export const neededScopes: Readonly<Record<string, string>> = doctorTexts.slack.losses;

export async function examineSlack(slack: SlackIdentity): Promise<readonly Symptom[]> {
  try {
    const { team, user, response_metadata } = await slack.auth.test();
    const scopes = response_metadata?.scopes;
    if (scopes === undefined) return [unread(says.noScopes(`${user}`, `${team}`), says.compare)];
    const missing = Object.entries(neededScopes).filter(([scope]) => !scopes.includes(scope));
    // Words without a colon (`identify`) are Slack's own, and let a token do nothing.
    const needless = scopes.filter((scope) => scope.includes(':') && !Object.hasOwn(neededScopes, scope));
    return [
      ok(says.signedIn(`${user}`, `${team}`)),
      ...missing.map(([scope, loss]) => fault(says.missing(scope, loss), says.add)),
      ...needless.map((scope) => fault(says.needless(scope), says.takeAway)),
    ];
  } catch (error) {
    return [unread(says.failed(error instanceof Error ? error.message : String(error)), says.check)];
  }
}

/** Whether Socket Mode would get a socket: its address is asked for, and not gone to. */
export async function examineAppToken({ apps }: SlackConnections): Promise<Symptom> {
  try {
    await apps.connections.open();
    return ok(says.mayConnect);
  } catch (error) {
    const reason = slackErrorOf(error);
    if (reason === undefined) return unread(says.noSocket(String(error)), says.checkWay);
    return fault(says.noSocket(reason), says.checkAppToken);
  }
}
