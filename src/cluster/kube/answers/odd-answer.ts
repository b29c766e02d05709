import { AcknetError } from '../../../errors.js';
import { mask } from '../../../masking/mask.js';
import { isObject, text } from '../../fields.js';
import { RepeatedKey } from './parse-unambiguous.js';

const SHOWN = 160;

interface OddAnswer {
  readonly path: string;
  readonly wanted: string;
  readonly got: string;
  readonly cause?: unknown;
}

/** The server, or something in its place, said what cannot be the answer to what was asked. */
export const oddAnswer = (cluster: string, { path, wanted, got, cause }: OddAnswer): AcknetError =>
  new AcknetError(
    'cluster.malformed',
    `Cluster ${cluster}: the answer for ${path} is not ${wanted}, but ${got}.`,
    {
      cause,
      hint: 'Something between acknet and the API server (a proxy, a login page) may be answering instead.',
    },
  );

export const tooLarge = (cluster: string, path: string, what: string): AcknetError =>
  new AcknetError('cluster.too-large', `Cluster ${cluster}: ${path} was given up: ${what}.`, {
    hint: 'No real cluster is that large: see what answers there.',
  });

/** What was received, in short and masked. */
export function describeAnswer(value: unknown): string {
  if (Array.isArray(value)) return 'a JSON list';
  if (!isObject(value)) return `the JSON value ${short(JSON.stringify(value) ?? 'nothing')}`;
  const kind = text(value, 'kind');
  if (kind === undefined) {
    const fields = Object.keys(value).slice(0, 5).join(', ');
    return fields === '' ? 'an empty JSON object' : `a JSON object with the fields ${short(fields)}`;
  }
  const said = [text(value, 'reason'), text(value, 'message')].filter(Boolean).join(': ');
  const type = `${text(value, 'apiVersion') ?? 'no apiVersion'} ${kind}`;
  return `a ${short(type)}${said === '' ? '' : ` (${short(said)})`}`;
}

/** The same for what `fault` says is not JSON. */
export const describeBroken = (fault: unknown, body: string, contentType: string | undefined): string =>
  fault instanceof RepeatedKey
    ? 'JSON in which an object holds a key twice'
    : describeText(body, contentType);

/** The same for text. */
export const describeText = (body: string, contentType: string | undefined): string =>
  `${contentType === undefined ? 'untyped' : short(contentType)} text${body.trim() === '' ? ' without content' : ` that begins "${short(body)}"`}`;

const short = (value: string): string => {
  const masked = mask(value.slice(0, 4 * SHOWN))
    .replace(/\s+/g, ' ')
    .trim();
  return masked.length <= SHOWN ? masked : `${masked.slice(0, SHOWN)}…`;
};
