import type { ReactNode } from 'react';
import type { Element } from './block-kit.js';
import { emoji } from './emoji.js';
import type { Names } from '../names.js';

type Part = Element & { text?: string };

/** `rich_text` is literal: nothing in it is escaped or marked up. */
export function RichText({ parts, names }: { parts: readonly Element[]; names: Names }): ReactNode {
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity of their own
    <RichPart key={index} part={part as Part} names={names} />
  ));
}

function RichPart({ part, names }: { part: Part; names: Names }): ReactNode {
  const children = <RichText parts={part.elements ?? []} names={names} />;
  switch (part.type) {
    case 'rich_text_preformatted':
      return <pre>{children}</pre>;
    case 'rich_text_quote':
      return <span className="quote">{children}</span>;
    case 'rich_text_list':
      return <RichList part={part} names={names} />;
    case 'rich_text_section':
      return <span className="rich">{children}</span>;
    default:
      return drawLeaf(part, names);
  }
}

function RichList({ part, names }: { part: Part; names: Names }): ReactNode {
  const items = (part.elements ?? []).map((item, index) => listItem(item, index, names));
  const indent = { marginLeft: (part.indent ?? 0) * 24 };
  const isOrdered = typeof part.style === 'string' && part.style === 'ordered';
  return isOrdered ? <ol style={indent}>{items}</ol> : <ul style={indent}>{items}</ul>;
}

const listItem = (item: Element, index: number, names: Names): ReactNode => (
  <li key={index}>
    <RichText parts={item.elements ?? []} names={names} />
  </li>
);

function drawLeaf(part: Part, names: Names): ReactNode {
  switch (part.type) {
    case 'user':
      return <span className="mention">@{names.user(part.user_id ?? '')}</span>;
    case 'channel':
      return <span className="mention">#{names.channel(part.channel_id ?? '')}</span>;
    case 'usergroup':
      return <span className="mention">@{names.group(part.usergroup_id ?? '')}</span>;
    case 'emoji':
      return emoji(part.name ?? '') ?? `:${part.name}:`;
    case 'broadcast':
      return <span className="mention loud">@{part.range}</span>;
    case 'date':
      return <time>{part.fallback ?? new Date((part.timestamp ?? 0) * 1000).toLocaleString()}</time>;
    case 'link':
      if (!/^(https?:|mailto:)/i.test(part.url ?? '')) return part.text ?? part.url;
      return (
        <a href={part.url} target="_blank" rel="noreferrer">
          {part.text ?? part.url}
        </a>
      );
    default:
      return styled(part);
  }
}

function styled(part: Part): ReactNode {
  const style = typeof part.style === 'object' ? part.style : {};
  const text = part.text ?? '';
  if (style.code) return <code>{text}</code>;
  if (style.bold) return <b>{text}</b>;
  if (style.italic) return <i>{text}</i>;
  if (style.strike) return <s>{text}</s>;
  return text;
}
