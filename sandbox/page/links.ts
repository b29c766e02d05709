import { useEffect, useRef } from 'react';

interface LinkedMessage {
  channel: string;
  ts: string;
  /** Of a reply: the first message of its thread. */
  thread: string | undefined;
}

/** What a permalink of chat.getPermalink names; undefined = another address. */
function linkedMessage(href: string): LinkedMessage | undefined {
  const [, channel, seconds, micros, query] =
    /\.slack\.com\/archives\/(\w+)\/p(\d+)(\d{6})(?:\?(.*))?$/.exec(href) ?? [];
  if (channel === undefined) return undefined;
  const thread = new URLSearchParams(query).get('thread_ts') ?? undefined;
  return { channel, ts: `${seconds}.${micros}`, thread };
}

/** As a click on it does. */
export function followLink(href: string): void {
  const link = document.createElement('a');
  Object.assign(link, { href, target: '_blank', rel: 'noreferrer' });
  document.body.append(link);
  link.click();
  link.remove();
}

/** Links to messages lead to them on this page, not out to Slack, which does not know them. */
export function useLinks(goTo: (message: LinkedMessage) => void): void {
  const latest = useRef(goTo);
  useEffect(() => {
    latest.current = goTo;
  });
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      const message = link === null ? undefined : linkedMessage(link.href);
      if (message === undefined) return;
      event.preventDefault();
      latest.current(message);
      // The pane that holds it is drawn first.
      setTimeout(() =>
        document.querySelector(`[data-ts="${message.ts}"]`)?.scrollIntoView({ block: 'center' }),
      );
    };
    document.addEventListener('click', onClick);
    return () => document.removeEventListener('click', onClick);
  }, []);
}
