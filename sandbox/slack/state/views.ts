import { elementState, initialValue } from './element-state.js';
import { elementsOf } from './find-element.js';
import { objects } from '../json.js';
import { SlackApiError } from '../requests/slack-api-error.js';
import type { ViewRecord, Wire, World } from './world.js';

const deepest = 3;

export const topView = (world: World, user: string): ViewRecord | undefined =>
  world.views.get(world.stacks.get(user)?.at(-1) ?? '');

/** Opens a modal over those the person has open. */
export function pushView(world: World, user: string, content: Wire): ViewRecord {
  const stack = world.stacks.get(user) ?? [];
  if (stack.length >= deepest) throw new SlackApiError('push_limit_reached');
  const id = `V${world.nextId().replaceAll('-', '').slice(0, 10).toUpperCase()}`;
  const view = wholeView(world, content, {
    id,
    root_view_id: stack[0] ?? id,
    previous_view_id: stack.at(-1) ?? null,
  });
  const record = { id, user, view, values: {}, errors: {} };
  world.views.set(id, record);
  world.stacks.set(user, [...stack, id]);
  world.changed();
  return record;
}

/** New content for a view; typed values live on in blocks that keep their id. */
export function replaceView(world: World, record: ViewRecord, content: Wire): void {
  const { id, root_view_id, previous_view_id } = record.view;
  record.view = wholeView(world, content, { id, root_view_id, previous_view_id });
  record.errors = {};
  world.changed();
}

export function publishHome(world: World, user: string, content: Wire): ViewRecord {
  const known = world.views.get(world.homes.get(user) ?? '');
  if (known !== undefined) {
    replaceView(world, known, content);
    return known;
  }
  const id = `V${world.nextId().replaceAll('-', '').slice(0, 10).toUpperCase()}`;
  const view = wholeView(world, content, { id, root_view_id: id, previous_view_id: null });
  const record = { id, user, view, values: {}, errors: {} };
  world.views.set(id, record);
  world.homes.set(user, id);
  world.changed();
  return record;
}

/** Closes the topmost view, or all of them. */
export function closeViews(world: World, user: string, which: 'top' | 'all'): void {
  const stack = world.stacks.get(user) ?? [];
  const gone = which === 'top' ? stack.slice(-1) : stack;
  for (const id of gone) world.views.delete(id);
  world.stacks.set(user, which === 'top' ? stack.slice(0, -1) : []);
  world.changed();
}

/** The view as payloads carry it, with what the person has entered. */
export function viewPayload(record: ViewRecord): Wire {
  return { ...structuredClone(record.view), state: { values: stateValues(record) } };
}

function stateValues(record: ViewRecord): Record<string, Record<string, Wire>> {
  const values: Record<string, Record<string, Wire>> = {};
  for (const { element, block } of elementsOf(objects(record.view.blocks))) {
    if (element.type === 'button' || element.type === 'overflow') continue;
    const blockId = String(block.block_id);
    const actionId = String(element.action_id);
    const state = record.values[blockId]?.[actionId] ?? elementState(element, initialValue(element));
    values[blockId] = { ...values[blockId], [actionId]: state };
  }
  return values;
}

function wholeView(world: World, content: Wire, place: Wire): Wire {
  const { team, app } = world.seed;
  const blocks = objects(content.blocks).map((block) => withIds(world, block));
  return {
    team_id: team.id,
    callback_id: '',
    private_metadata: '',
    close: null,
    submit: null,
    clear_on_close: false,
    notify_on_close: false,
    external_id: '',
    ...content,
    blocks,
    state: { values: {} },
    hash: `${Math.floor(world.now().getTime() / 1000)}.${world.nextId().slice(0, 8)}`,
    ...place,
    app_id: app.id,
    app_installed_team_id: team.id,
    bot_id: app.bot,
  };
}

/** Slack fills in the ids that an app left out. */
function withIds(world: World, block: Wire): Wire {
  const fresh = () => world.nextId().slice(0, 5);
  const element = block.element as Wire | undefined;
  return {
    ...block,
    block_id: block.block_id ?? fresh(),
    ...(element ? { element: { ...element, action_id: element.action_id ?? fresh() } } : {}),
  };
}
