import type { Wire, World } from './state/world.js';

/** What a person's typing becomes: `text` in mrkdwn with mentions resolved, and the same as rich text. */
interface TypedText {
  readonly text: string;
  readonly blocks: Wire[];
}

interface Piece {
  readonly text: string;
  readonly element: Wire;
}

const PIECES =
  /```\n?([\s\S]+?)```|`([^`\n]+)`|(https?:\/\/[^\s<>|]+)|([@#])([a-z0-9][\w.-]*[a-z0-9]|[a-z0-9])/gi;

export function typedText(world: World, typed: string): TypedText {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of typed.matchAll(PIECES)) {
    const piece = special(world, match);
    if (piece === undefined) continue;
    if (match.index > end) pieces.push(plain(typed.slice(end, match.index)));
    pieces.push(piece);
    end = match.index + match[0].length;
  }
  if (end < typed.length) pieces.push(plain(typed.slice(end)));
  return {
    text: pieces.map(({ text }) => text).join(''),
    blocks: [{ type: 'rich_text', block_id: world.nextId().slice(0, 5), elements: richText(pieces) }],
  };
}

/** Slack escapes these three, in this order, and nothing else. */
const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const plain = (text: string): Piece => ({ text: escapeText(text), element: { type: 'text', text } });

function special(world: World, match: RegExpMatchArray): Piece | undefined {
  const [whole, fence, code, url, sign, name = ''] = match;
  if (fence !== undefined)
    return {
      text: escapeText(whole),
      element: {
        type: 'rich_text_preformatted',
        elements: [{ type: 'text', text: fence.replace(/\n$/, '') }],
      },
    };
  if (code !== undefined)
    return { text: escapeText(whole), element: { type: 'text', text: code, style: { code: true } } };
  if (url !== undefined) return { text: `<${escapeText(url)}>`, element: { type: 'link', url } };
  return sign === '#' ? channelMention(world, name) : mention(world, name.toLowerCase());
}

function channelMention(world: World, name: string): Piece | undefined {
  const channel = [...world.channels.values()].find((entry) => entry.kind !== 'im' && entry.name === name);
  if (channel === undefined) return undefined;
  return {
    text: `<#${channel.id}|${channel.name}>`,
    element: { type: 'channel', channel_id: channel.id },
  };
}

function mention(world: World, name: string): Piece | undefined {
  if (name === 'here' || name === 'channel' || name === 'everyone')
    return { text: `<!${name}>`, element: { type: 'broadcast', range: name } };
  const group = [...world.groups.values()].find(({ handle }) => handle === name);
  if (group !== undefined)
    return {
      text: `<!subteam^${group.id}>`,
      element: { type: 'usergroup', usergroup_id: group.id },
    };
  const app = world.seed.app;
  const id =
    name === app.name ? app.botUser : [...world.users.values()].find((user) => user.name === name)?.id;
  return id === undefined ? undefined : { text: `<@${id}>`, element: { type: 'user', user_id: id } };
}

/** Fences stand on their own; everything between them is one section. */
function richText(pieces: readonly Piece[]): Wire[] {
  const elements: Wire[] = [];
  for (const { element } of pieces) {
    const last = elements.at(-1);
    if (element.type === 'rich_text_preformatted') elements.push(element);
    else if (last?.type === 'rich_text_section') (last.elements as Wire[]).push(element);
    else elements.push({ type: 'rich_text_section', elements: [element] });
  }
  return elements;
}
