import { elementState } from '../state/element-state.js';
import { elementsOf, findElement, messageElements, type Placed } from '../state/find-element.js';
import { isJson, objects } from '../json.js';
import { messageAt } from '../state/messages.js';
import { viewPayload } from '../state/views.js';
import type { StoredMessage, ViewRecord, Wire } from '../state/world.js';
import { type Desk, failure, interactionBase, tellPerson } from './desk.js';
import type { Click, Outcome } from './person.js';

export async function clickElement(desk: Desk, click: Click): Promise<Outcome> {
  const payload =
    click.viewId === undefined ? messageClick(desk, click) : viewClick(desk, click, click.viewId);
  const ack = await desk.send({ type: 'interactive', accepts_response_payload: false, payload });
  if (ack.acked) return { ok: true };
  if (click.viewId === undefined) tellPerson(desk, click.channel, `That didn’t work (${ack.error}).`);
  return failure(ack);
}

type MessageClick = Extract<Click, { channel: string }>;

function messageClick(desk: Desk, click: MessageClick): Wire {
  const { world, user } = desk;
  const { message, ephemeral } = shownMessage(desk, click);
  const placed = findElement(messageElements(message), click);
  const channel = world.channels.get(click.channel);
  const thread = message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts };
  return {
    type: 'block_actions',
    ...interactionBase(desk),
    container: {
      type: placed.attachment === undefined ? 'message' : 'message_attachment',
      message_ts: message.ts,
      ...(placed.attachment === undefined ? {} : { attachment_id: placed.attachment }),
      channel_id: click.channel,
      is_ephemeral: ephemeral,
      ...(placed.attachment === undefined ? {} : { is_app_unfurl: false }),
      ...thread,
    },
    channel: { id: click.channel, name: channel?.kind === 'im' ? 'directmessage' : channel?.name },
    // Slack keeps nothing of an ephemeral message, so a click in one carries none.
    ...(ephemeral ? {} : { message: structuredClone(message) }),
    state: { values: messageState(message, placed, click.value) },
    response_url: world.responseUrls.issue('actions', {
      channel: click.channel,
      user: user.id,
      message: {
        ts: message.ts,
        ephemeral,
        ...(message.thread_ts === undefined ? {} : { threadTs: message.thread_ts }),
      },
    }),
    actions: [action(desk, placed, click.value)],
  };
}

export function shownMessage(
  { world, user }: Desk,
  { channel, ts }: { channel: string; ts: string },
): { message: StoredMessage; ephemeral: boolean } {
  const place = world.channels.get(channel);
  const stored = place?.members.has(user.id) ? messageAt(place, ts) : undefined;
  if (stored !== undefined) return { message: stored, ephemeral: false };
  const own = world.ephemerals.find(
    (entry) => entry.channel === channel && entry.receiver === user.id && entry.message.ts === ts,
  );
  if (own === undefined) throw new TypeError(`${user.name} sees no message ${ts} in ${channel}`);
  return { message: own.message, ephemeral: true };
}

/** Message blocks keep no state between clicks; only the element just used has a value. */
function messageState(message: StoredMessage, clicked: Placed, value: string | undefined): Wire {
  const values: Record<string, Record<string, Wire>> = {};
  for (const { element, block } of messageElements(message)) {
    if (['button', 'overflow', 'feedback_buttons', 'icon_button'].includes(String(element.type))) continue;
    const state = elementState(element, element === clicked.element ? value : undefined);
    const blockId = String(block.block_id);
    values[blockId] = { ...values[blockId], [String(element.action_id)]: state };
  }
  return values;
}

function viewClick(desk: Desk, click: Click, viewId: string): Wire {
  const { world, user } = desk;
  const record = world.views.get(viewId);
  if (record?.user !== user.id) throw new TypeError(`${user.name} has no view ${viewId} open`);
  const placed = findElement(elementsOf(objects(record.view.blocks)), click);
  if (click.value !== undefined) remember(record, placed, click.value);
  const view = viewPayload(record);
  return {
    type: 'block_actions',
    ...interactionBase(desk),
    container: { type: 'view', view_id: viewId },
    view,
    state: view.state,
    actions: [action(desk, placed, click.value)],
    response_urls: [],
  };
}

function remember(record: ViewRecord, { element, block }: Placed, value: string): void {
  if (element.type === 'button' || element.type === 'overflow') return;
  const blockId = String(block.block_id);
  record.values[blockId] = {
    ...record.values[blockId],
    [String(element.action_id)]: elementState(element, value),
  };
}

function action({ world }: Desk, { element, block }: Placed, value: string | undefined): Wire {
  const base = {
    action_id: element.action_id,
    block_id: block.block_id,
    action_ts: `${(world.now().getTime() / 1000).toFixed(3)}000`,
  };
  switch (element.type) {
    case 'button':
    case 'icon_button': {
      const { type, text, value: own, style } = element;
      const carried = Object.entries({ value: own, style }).filter(([, entry]) => entry !== undefined);
      return { type, text, ...Object.fromEntries(carried), ...base };
    }
    case 'feedback_buttons': {
      const pressed = [element.positive_button, element.negative_button]
        .filter(isJson)
        .find((button) => value === undefined || button.value === value);
      return { type: element.type, text: pressed?.text, value: pressed?.value, ...base };
    }
    default:
      return { ...elementState(element, value), ...base };
  }
}
