import { elementState, type Given } from '../state/element-state.js';
import { elementsOf, type Placed } from '../state/find-element.js';
import { isJson, type Json, objects, str } from '../json.js';
import { viewFaults } from '../limits/check-view.js';
import { lengthOf } from '../limits/shape.js';
import { SlackApiError } from '../requests/slack-api-error.js';
import { closeViews, pushView, replaceView, topView, viewPayload } from '../state/views.js';
import type { ViewRecord, Wire } from '../state/world.js';
import { type Desk, failure, interactionBase } from './desk.js';
import type { Outcome, Values } from './person.js';

/** Submits the topmost modal, as the client does: required fields first, then the app's verdict. */
export async function submitView(
  desk: Desk,
  { viewId, values }: { viewId: string; values: Values },
): Promise<Outcome> {
  const record = openView(desk, viewId);
  if (record.view.submit === null) throw new TypeError(`view ${viewId} has no submit button`);
  fillIn(record, values);
  const missing = clientFaults(record);
  if (Object.keys(missing).length > 0) return refused(desk, record, missing);
  const payload = {
    type: 'view_submission',
    ...interactionBase(desk),
    view: viewPayload(record),
    response_urls: [],
  };
  const ack = await desk.send({ type: 'interactive', accepts_response_payload: true, payload });
  if (!ack.acked) {
    refused(desk, record, { '': 'We had some trouble connecting. Try again?' });
    return failure(ack);
  }
  return follow(desk, record, ack.payload);
}

export async function closeView(desk: Desk, viewId: string): Promise<void> {
  const record = openView(desk, viewId);
  const view = viewPayload(record);
  closeViews(desk.world, desk.user.id, record.view.clear_on_close === true ? 'all' : 'top');
  if (record.view.notify_on_close !== true) return;
  const { trigger_id: _none, ...base } = interactionBase(desk);
  const payload = { type: 'view_closed', ...base, view, is_cleared: record.view.clear_on_close === true };
  await desk.send({ type: 'interactive', accepts_response_payload: false, payload });
}

function openView({ world, user }: Desk, viewId: string): ViewRecord {
  const top = topView(world, user.id);
  if (top?.id !== viewId) throw new TypeError(`${user.name} has no view ${viewId} on top`);
  return top;
}

const inputsOf = (record: ViewRecord): Placed[] => elementsOf(objects(record.view.blocks));

function fillIn(record: ViewRecord, values: Values): void {
  const inputs = inputsOf(record);
  for (const [blockId, actions] of Object.entries(values))
    for (const [actionId, given] of Object.entries(actions)) {
      const placed = inputs.find(
        ({ block, element }) => block.block_id === blockId && element.action_id === actionId,
      );
      if (placed === undefined) throw new TypeError(`the view has no input ${blockId}/${actionId}`);
      record.values[blockId] = { ...record.values[blockId], [actionId]: stateFor(placed.element, given) };
    }
}

/** A page form sends '' for what was left empty. */
const stateFor = (element: Json, given: Given): Wire =>
  elementState(element, given === '' ? undefined : given);

/** What the client itself refuses before anything is sent. */
function clientFaults(record: ViewRecord): Record<string, string> {
  const state = (viewPayload(record).state as { values: Record<string, Record<string, Wire>> }).values;
  const faults: Record<string, string> = {};
  for (const { block, element } of inputsOf(record)) {
    if (block.type !== 'input') continue;
    const blockId = String(block.block_id);
    const entered = state[blockId]?.[String(element.action_id)] ?? {};
    const fault = isEmpty(entered)
      ? block.optional
        ? undefined
        : 'Please complete this required field.'
      : lengthFault(element, entered);
    if (fault !== undefined) faults[blockId] = fault;
  }
  return faults;
}

const isEmpty = ({ type: _type, ...entered }: Wire): boolean =>
  Object.values(entered).every((value) => value === null || (Array.isArray(value) && value.length === 0));

function lengthFault(element: Json, { value }: Wire): string | undefined {
  const text = str(value);
  if (text === undefined) return undefined;
  const least = Number(element.min_length ?? 0);
  const most = Number(element.max_length ?? 3000);
  if (lengthOf(text) < least) return `Must be at least ${least} characters.`;
  return lengthOf(text) > most ? `Must be at most ${most} characters.` : undefined;
}

function refused({ world }: Desk, record: ViewRecord, errors: Record<string, string>): Outcome {
  record.errors = errors;
  world.changed();
  return { ok: false, error: 'validation', errors };
}

/** Does what the ack asks for: close, errors, update, push or clear. */
function follow(desk: Desk, record: ViewRecord, payload: unknown): Outcome {
  const answer = isJson(payload) ? payload : {};
  const { world, user } = desk;
  switch (answer.response_action) {
    case 'errors':
      return follows(desk, record, errorsOf(record, answer), (errors) => refused(desk, record, errors));
    case 'update':
    case 'push': {
      const view = isJson(answer.view) ? answer.view : {};
      const [fault] = viewFaults(view, 'modal');
      if (fault !== undefined) return invalid(desk, record, `${fault.message} ${fault.pointer}`);
      return put(desk, record, { view, push: answer.response_action === 'push' });
    }
    default:
      closeViews(world, user.id, answer.response_action === 'clear' ? 'all' : 'top');
      return { ok: true };
  }
}

function put(desk: Desk, record: ViewRecord, { view, push }: { view: Json; push: boolean }): Outcome {
  try {
    if (push) pushView(desk.world, desk.user.id, view);
    else replaceView(desk.world, record, view);
    return { ok: true };
  } catch (error) {
    if (error instanceof SlackApiError) return invalid(desk, record, error.message);
    throw error;
  }
}

function follows(
  desk: Desk,
  record: ViewRecord,
  errors: Record<string, string> | undefined,
  then: (errors: Record<string, string>) => Outcome,
): Outcome {
  return errors === undefined ? invalid(desk, record, 'errors must name input blocks') : then(errors);
}

/** undefined = names something that is no input block, which Slack refuses. */
function errorsOf(record: ViewRecord, answer: Json): Record<string, string> | undefined {
  if (!isJson(answer.errors)) return undefined;
  const known = new Set(
    inputsOf(record)
      .filter(({ block }) => block.type === 'input')
      .map(({ block }) => block.block_id),
  );
  const entries = Object.entries(answer.errors);
  if (entries.length === 0 || entries.some(([block, text]) => !known.has(block) || typeof text !== 'string'))
    return undefined;
  return Object.fromEntries(entries.map(([block, text]) => [block, String(text)]));
}

function invalid(desk: Desk, record: ViewRecord, why: string): Outcome {
  refused(desk, record, { '': 'We had some trouble connecting. Try again?' });
  return { ok: false, error: 'invalid_ack', errors: { ack: why } };
}
