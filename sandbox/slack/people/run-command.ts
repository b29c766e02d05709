import { isJson, str } from '../json.js';
import { contentOf } from '../methods/chat.js';
import { respond } from '../requests/respond.js';
import { SlackApiError } from '../requests/slack-api-error.js';
import { type Desk, failure, tellPerson } from './desk.js';
import type { Outcome, Person } from './person.js';

/** Slack refuses custom slash commands in threads, and knows only those an app has registered. */
export async function runCommand(
  desk: Desk,
  { channel, text, threadTs }: Parameters<Person['command']>[0],
): Promise<Outcome> {
  const { world } = desk;
  const [, name = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  const refuse = (error: 'not_in_threads' | 'unknown_command', note: string): Outcome => {
    tellPerson(desk, channel, note);
    return { ok: false, error };
  };
  if (!world.seed.app.commands.includes(name))
    return refuse(
      'unknown_command',
      `${name} is not a valid command. In Slack, all messages that start with “/” are interpreted as commands.`,
    );
  if (threadTs !== undefined) return refuse('not_in_threads', `${name} is not supported in threads. Sorry!`);
  const ack = await desk.send({
    type: 'slash_commands',
    accepts_response_payload: true,
    payload: commandPayload(desk, { channel, name, text: rest.trim() }),
  });
  if (ack.acked) return answer(desk, channel, ack.payload);
  tellPerson(desk, channel, `${name} failed with the error "${ack.error}"`);
  return failure(ack);
}

function commandPayload(
  { world, user }: Desk,
  { channel, name, text }: { channel: string; name: string; text: string },
) {
  const { team, app } = world.seed;
  const place = world.channels.get(channel);
  return {
    token: 'verif',
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel,
    channel_name: place?.kind === 'im' ? 'directmessage' : (place?.name ?? ''),
    user_id: user.id,
    user_name: user.name,
    command: name,
    text,
    api_app_id: app.id,
    is_enterprise_install: 'false',
    response_url: world.responseUrls.issue('commands', { channel, user: user.id }),
    trigger_id: world.triggers.issue(user.id),
  };
}

/** The ack's payload is the command's answer: text, or a message as over the response_url. */
function answer(desk: Desk, channel: string, payload: unknown): Outcome {
  const body = typeof payload === 'string' ? { text: payload } : payload;
  if (!isJson(body) || (!str(body.text) && body.blocks === undefined && body.attachments === undefined))
    return { ok: true };
  try {
    respond(desk.world, { channel, user: desk.user.id }, { ...body, content: contentOf(body) });
    return { ok: true };
  } catch (error) {
    if (!(error instanceof SlackApiError)) throw error;
    tellPerson(desk, channel, 'The app’s answer could not be shown.');
    return { ok: false, error: 'invalid_ack', errors: { ack: JSON.stringify(error.body) } };
  }
}
