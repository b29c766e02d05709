import type { Ack, Envelope } from '../socket/envelope.js';
import type { SeedUser } from '../state/workspace-seed.js';
import type { Wire, World } from '../state/world.js';
import type { Outcome } from './person.js';

/** What every act of a person needs: who acts, where, and the line to the app. */
export interface Desk {
  readonly world: World;
  readonly user: SeedUser;
  /** One try: Slack does not redeliver commands and interactions. */
  send(envelope: Envelope): Promise<Ack>;
}

/** The fields that open every interaction payload. */
export function interactionBase({ world, user }: Desk): Wire {
  const { team, app } = world.seed;
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: team.id },
    api_app_id: app.id,
    token: 'verif',
    trigger_id: world.triggers.issue(user.id),
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** A failure the client shows as a note that only this person sees. */
export function tellPerson(desk: Desk, channel: string, text: string): void {
  const { world, user } = desk;
  const ts = world.nextTs();
  const message = { type: 'message' as const, ts, text, user: 'USLACKBOT', is_ephemeral: true };
  world.ephemerals.push({ channel, receiver: user.id, message });
  world.changed();
}

export const failure = (ack: Extract<Ack, { acked: false }>): Outcome => ({ ok: false, error: ack.error });
