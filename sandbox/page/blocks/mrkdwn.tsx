import { Fragment, type ReactNode } from 'react';
import { emoji } from './emoji.js';
import type { Names } from '../names.js';

const FENCE = /```\n?([\s\S]*?)```/;
const SPAN =
  /`([^`\n]+)`|<([^<>\n]+)>|(?<!\w)\*([^*\s\u200b][^*\n]*)\*(?!\w)|(?<![\w/])_([^_\s\u200b][^_\n]*)_(?!\w)|(?<!\w)~([^~\s\u200b][^~\n]*)~(?!\w)|:([a-z0-9_+-]+):/;

/** Draws Slack's mrkdwn as React nodes; nothing is ever set as HTML. */
export function Mrkdwn({ text, names }: { text: string; names: Names }): ReactNode {
  const fence = FENCE.exec(text);
  if (!fence) return <Lines text={text} names={names} />;
  return (
    <>
      <Lines text={text.slice(0, fence.index).replace(/\n$/, '')} names={names} />
      <pre>{unescapeText(fence[1] ?? '')}</pre>
      <Mrkdwn text={text.slice(fence.index + fence[0].length).replace(/^\n/, '')} names={names} />
    </>
  );
}

function Lines({ text, names }: { text: string; names: Names }): ReactNode {
  if (text === '') return null;
  return text.split('\n').map((line, index, lines) => {
    const quoted = /^(&gt;|>)\s?/.exec(line);
    const body = <Spans text={quoted ? line.slice(quoted[0].length) : line} names={names} />;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity of their own
      <Fragment key={index}>
        {quoted ? <span className="quote">{body}</span> : body}
        {index < lines.length - 1 && !quoted && <br />}
      </Fragment>
    );
  });
}

function Spans({ text, names }: { text: string; names: Names }): ReactNode {
  const match = SPAN.exec(text);
  if (!match) return unescapeText(text);
  return (
    <>
      {unescapeText(text.slice(0, match.index))}
      {drawSpan(match, names)}
      <Spans text={text.slice(match.index + match[0].length)} names={names} />
    </>
  );
}

function drawSpan(match: RegExpExecArray, names: Names): ReactNode {
  const [whole, code, angle, bold, italic, struck, name] = match;
  if (code !== undefined) return <code>{unescapeText(code)}</code>;
  if (angle !== undefined) return drawAngle(angle, names);
  if (bold !== undefined) return <b>{<Spans text={bold} names={names} />}</b>;
  if (italic !== undefined) return <i>{<Spans text={italic} names={names} />}</i>;
  if (struck !== undefined) return <s>{<Spans text={struck} names={names} />}</s>;
  return emoji(name ?? '') ?? whole;
}

function drawAngle(inner: string, names: Names): ReactNode {
  const [target = '', label] = inner.split('|');
  if (target.startsWith('@')) return <span className="mention">@{names.user(target.slice(1))}</span>;
  if (target.startsWith('#')) return <span className="mention">#{names.channel(target.slice(1))}</span>;
  if (target.startsWith('!subteam^')) return <span className="mention">@{names.group(target.slice(9))}</span>;
  if (target.startsWith('!date^')) return <time>{drawDate(target, label)}</time>;
  if (target.startsWith('!')) return <span className="mention loud">@{target.slice(1)}</span>;
  if (!/^(https?:|mailto:)/i.test(target)) return unescapeText(label ?? target);
  return (
    <a href={unescapeText(target)} target="_blank" rel="noreferrer">
      {unescapeText(label ?? target)}
    </a>
  );
}

/** `!date^<unix>^<format>` in the reader's own time zone, as the Slack client draws it. */
function drawDate(target: string, fallback: string | undefined): string {
  const [, seconds, format = ''] = target.split('^');
  const at = new Date(Number(seconds) * 1000);
  if (Number.isNaN(at.getTime())) return fallback ?? target;
  const time = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const date = at.toLocaleDateString([], { month: 'short', day: 'numeric' });
  return format
    .replace('{time_secs}', at.toLocaleTimeString())
    .replace('{time}', time)
    .replace(/\{date\w*\}/, date);
}

export function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
