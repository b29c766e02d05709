import { lexer, type Token, type Tokens } from 'marked';
import type { ReactNode } from 'react';

/** Standard Markdown, drawn from marked's tokens: raw HTML in it is shown as text, never run. */
export function Markdown({ text }: { text: string }): ReactNode {
  return <div className="markdown">{drawAll(lexer(text))}</div>;
}

const drawAll = (tokens: readonly Token[] = []): ReactNode =>
  // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no identity of their own
  tokens.map((token, index) => <Drawn key={index} token={token as Tokens.Generic} />);

function Drawn({ token }: { token: Tokens.Generic }): ReactNode {
  const draw = drawings[token.type];
  return draw ? draw(token) : (token.raw ?? '');
}

const drawings: Readonly<Record<string, (token: Tokens.Generic) => ReactNode>> = {
  space: () => null,
  heading: ({ tokens }) => <p className="heading">{drawAll(tokens)}</p>,
  paragraph: ({ tokens }) => <p>{drawAll(tokens)}</p>,
  text: ({ tokens, text }) => (tokens ? drawAll(tokens) : literal(String(text))),
  escape: ({ text }) => text,
  strong: ({ tokens }) => <b>{drawAll(tokens)}</b>,
  em: ({ tokens }) => <i>{drawAll(tokens)}</i>,
  del: ({ tokens }) => <s>{drawAll(tokens)}</s>,
  codespan: ({ text }) => <code>{text}</code>,
  code: ({ text }) => <pre>{text}</pre>,
  br: () => <br />,
  hr: () => <hr />,
  blockquote: ({ tokens }) => <blockquote className="quote">{drawAll(tokens)}</blockquote>,
  list: List,
  link: ({ href, tokens }) => <SafeLink href={String(href)}>{drawAll(tokens)}</SafeLink>,
  // Slack shows an image in Markdown as a link.
  image: ({ href, text }) => <SafeLink href={String(href)}>{text || href}</SafeLink>,
  table: Table,
};

/** marked leaves entities of plain text as they are typed. */
const literal = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

function SafeLink({ href, children }: { href: string; children: ReactNode }): ReactNode {
  if (!/^(https?:|mailto:)/i.test(href)) return children;
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}

function List(token: Tokens.Generic): ReactNode {
  const items = (token as Tokens.List).items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity of their own
    <li key={index} className={item.task ? 'task-item' : ''}>
      {item.task && <input type="checkbox" checked={item.checked ?? false} readOnly />}
      {drawAll(item.tokens.filter(({ type }) => type !== 'checkbox'))}
    </li>
  ));
  return token.ordered ? <ol start={Number(token.start) || 1}>{items}</ol> : <ul>{items}</ul>;
}

function Table(token: Tokens.Generic): ReactNode {
  const { header, rows } = token as Tokens.Table;
  return (
    <table>
      <thead>
        <tr>{header.map((cell, index) => cellOf('th', cell, index))}</tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own
          <tr key={index}>{row.map((cell, column) => cellOf('td', cell, column))}</tr>
        ))}
      </tbody>
    </table>
  );
}

const cellOf = (Tag: 'th' | 'td', cell: Tokens.TableCell, index: number): ReactNode => (
  <Tag key={index} style={cell.align ? { textAlign: cell.align } : undefined}>
    {drawAll(cell.tokens)}
  </Tag>
);
