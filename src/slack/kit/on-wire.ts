import type { HomeView, ModalView } from '@slack/types';
import QuickLRU from 'quick-lru';
import { mask, maskTree } from '../../masking/mask.js';
import type { Masked } from '../../masking/masked.js';
import { showControls } from '../../masking/show-controls.js';
import type { KnownBlock, SlackFile, SlackMessage } from './message.js';
import { clip, escapeMrkdwn, lengthOf } from './writing/mrkdwn.js';

export interface WireMessage {
  readonly text: Masked;
  readonly blocks: Masked<KnownBlock[]>;
}

export interface WireFile {
  readonly filename: Masked;
  readonly title: Masked;
  readonly content: Masked;
}

/** chat.update refuses more than 4,000 characters of text. */
const TEXT = 3800;

/** Ids and the like, which come back as they were sent. */
const OPAQUE: ReadonlySet<string> = new Set([
  ...['type', 'action_id', 'block_id', 'callback_id', 'value', 'private_metadata', 'style', 'name'],
  ...['user_id', 'usergroup_id', 'channel_id', 'external_id'],
]);

/** What the Web API takes: Slack reads mark-up in the text too, so `<!channel>` in it would call everybody. */
export const onWire = (message: SlackMessage): WireMessage => wired(message, presentable);

/**
 * `onWire` that looks at a text once: what an entry says is the same in each of its answers. Kept are only texts that
 * came out as they went in, which hold no secret.
 */
export function createOnWire(): typeof onWire {
  const clean = new QuickLRU<string, Masked>({ maxSize: CLEAN });
  const present = (text: string): Masked => {
    const known = clean.get(text);
    if (known !== undefined) return known;
    const shown = presentable(text);
    if (shown === text) clean.set(text, shown);
    return shown;
  };
  return (message) => wired(message, present);
}

/** Texts; some thousand fill the answers of all entries, which have up to 3,000 characters and mostly fewer than 100. */
const CLEAN = 2000;

type Present = (text: string) => Masked;

function wired({ text, tail, blocks }: SlackMessage, present: Present): WireMessage {
  const rest = tail === undefined ? '' : ` ${tail}`;
  const whole = escapeMrkdwn(text) + rest;
  // An escaped character has at most five.
  const fits = lengthOf(whole) <= TEXT ? whole : escapeMrkdwn(clip(text, (TEXT - lengthOf(rest)) / 5)) + rest;
  return { text: present(fits), blocks: texts([...blocks], present) };
}

export const onWireView = <V extends ModalView | HomeView>(view: V): Masked<V> => texts(view, presentable);

export const onWireFile = ({ name, title, content }: SlackFile): WireFile => ({
  filename: presentable(name),
  title: presentable(title),
  content: presentable(content),
});

/** The one place that every text passes on its way to Slack. */
const presentable: Present = (text) => mask(showControls(text));

const texts = <T>(value: T, present: Present): Masked<T> => maskTree(value, { opaque: OPAQUE, present });
