import { parseDocument } from 'yaml';
import { at, list, object, text, texts } from '../../../src/cluster/fields.js';
import type { Json, JsonObject } from '../../../src/cluster/ports.js';
import { configMapKind, eventKind, nodeKind, podKind } from '../api/objects/kinds.js';
import { placeOf } from '../api/objects/object-store.js';
import { freshEvent, podSubject } from '../expand/expand-events.js';
import { crashedPod } from '../expand/pod-states.js';
import { fillLogLine, fillText } from '../fill-text.js';
import { toSecond } from '../relative-time.js';
import type { RuleCase } from '../scenario-schema/rule-schema.js';
import type { ControllerContext } from './controller-context.js';
import { uidOf } from './owned-pods.js';

/** What a pod that has just started does to its node, its log and itself, by the configuration it finds. */
export function applyRules(pod: JsonObject, context: ControllerContext): void {
  const owner = text(list(pod, 'metadata', 'ownerReferences')[0], 'name');
  const node = text(pod, 'spec', 'nodeName') ?? '';
  for (const rule of context.scenario.rules) {
    if (rule.podOf !== owner) continue;
    const { namespace, name, key } = rule.configMap;
    const document = texts(context.store.find(configMapKind, namespace, name), 'data')[key] ?? '';
    const found = valueAt(document, rule.path);
    const fitting = rule.cases.find((entry) => fits(entry, found, node));
    if (fitting) applyCase(fitting, { pod, node, value: found?.value ?? '' }, context);
    if (fitting?.crash) return;
  }
}

/** undefined = the document does not parse. */
function valueAt(document: string, path: string | undefined): { value: string } | undefined {
  if (path === undefined) return { value: document };
  const parsed = parseDocument(document);
  if (parsed.errors.length > 0) return undefined;
  const values = atPath(parsed.toJS() as Json, path.split('.'));
  return {
    value: values
      .filter((value) => value !== null)
      .map(asText)
      .join('\n'),
  };
}

function atPath(value: Json | undefined, path: readonly string[]): readonly Json[] {
  const [key, ...rest] = path;
  if (value === undefined) return [];
  if (key === undefined) return [value];
  if (key === '*') return Object.values(value as object).flatMap((entry: Json) => atPath(entry, rest));
  return atPath(Array.isArray(value) ? (value as readonly Json[])[Number(key)] : at(value, key), rest);
}

const asText = (value: Json): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

function fits(entry: RuleCase, found: { value: string } | undefined, node: string): boolean {
  if (entry.nodes !== undefined && !entry.nodes.includes(node)) return false;
  if (entry.unparsable !== undefined) return entry.unparsable === (found === undefined);
  if (found === undefined) return false;
  return entry.matches === undefined || new RegExp(entry.matches).test(found.value);
}

interface Started {
  readonly pod: JsonObject;
  readonly node: string;
  readonly value: string;
}

function applyCase(outcome: RuleCase, started: Started, context: ControllerContext): void {
  const { store, logs, now, nextId } = context;
  const { pod, node, value } = started;
  const host = store.find(nodeKind, undefined, node);
  const values = { value, node, ...coresOf(host, value) };
  const moment = { startedAt: toSecond(now()), now: now(), values };
  for (const [container, lines] of Object.entries(outcome.logs))
    logs.append(
      uidOf(pod),
      container,
      lines.map((line) => fillLogLine(line, moment)),
    );
  const conditions = outcome.nodeConditions.map((entry) => ({
    ...entry,
    message: fillText(entry.message, values),
  }));
  if (host) setConditions(host, conditions, context);
  for (const event of outcome.events) {
    const about = event.about === 'pod' ? podSubject(pod).about : nodeAbout(node);
    const message = fillText(event.message, values);
    store.create(eventKind, freshEvent({ ...event, about, message }, nextId(), toSecond(now())));
  }
  if (outcome.crash) crash(pod, outcome.crash, context);
  if (outcome.startsWaitingPods) letGo(node, context);
}

const nodeAbout = (name: string): JsonObject => ({ kind: 'Node', apiVersion: 'v1', name, uid: name });

function coresOf(node: JsonObject | undefined, value: string): { cores: string; perCoreMax: string } {
  const cores = Number(text(node, 'status', 'capacity', 'cpu') ?? 0);
  return { cores: String(cores), perCoreMax: String(Math.max(cores * (Number(value) || 0), 131_072)) };
}

function setConditions(
  node: JsonObject,
  changed: RuleCase['nodeConditions'],
  { store, now }: ControllerContext,
): void {
  if (changed.length === 0) return;
  const time = toSecond(now());
  const types = new Set(changed.map(({ type }) => type));
  const others = list(node, 'status', 'conditions').filter((entry) => !types.has(text(entry, 'type') ?? ''));
  const fresh = changed.map((entry) => ({ ...entry, lastHeartbeatTime: time, lastTransitionTime: time }));
  const status = { ...object(node, 'status'), conditions: [...others, ...fresh] };
  store.replace(nodeKind, { ...node, status }, { status: true, manager: 'kubelet' });
}

function crash(
  pod: JsonObject,
  { container, message }: NonNullable<RuleCase['crash']>,
  { store, logs, now }: ControllerContext,
): void {
  const { namespace, name } = placeOf(pod);
  const current = store.get(podKind, namespace, name);
  const state = {
    container,
    message,
    reason: 'CrashLoopBackOff',
    restarts: 1,
    exitCode: 1,
    at: toSecond(now()),
  };
  store.replace(podKind, crashedPod(current, state), { status: true, manager: 'kubelet' });
  const said = logs.read(uidOf(pod), container);
  logs.rotate(uidOf(pod), container);
  logs.append(uidOf(pod), container, said);
}

/** Pods that the scenario held back on this node may start now. */
function letGo(node: string, { store, held }: ControllerContext): void {
  for (const pod of store.all(podKind)) {
    if (text(pod, 'spec', 'nodeName') !== node || !held.delete(uidOf(pod))) continue;
    const { managedFields: _, ...meta } = object(pod, 'metadata');
    store.replace(podKind, { ...pod, metadata: meta }, { status: true, manager: 'kubelet' });
  }
}
