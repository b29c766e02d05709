import type { JsonObject } from '../../../src/cluster/ports.js';
import type { Kind } from './objects/kinds.js';

const reasons: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  406: 'NotAcceptable',
  409: 'Conflict',
  410: 'Expired',
  415: 'UnsupportedMediaType',
  422: 'Invalid',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

/** A refusal, as the API server words it. */
export class ApiFault extends Error {
  readonly status: number;
  readonly reason: string;
  readonly details: JsonObject | undefined;

  constructor(status: number, message: string, options: { reason?: string; details?: JsonObject } = {}) {
    super(message);
    this.status = status;
    this.reason = options.reason ?? reasons[status] ?? 'Unknown';
    this.details = options.details;
  }

  toStatus(): JsonObject {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      reason: this.reason,
      ...(this.details && { details: this.details }),
      code: this.status,
    };
  }
}

export const qualified = ({ group, plural }: Pick<Kind, 'group' | 'plural'>): string =>
  group === '' ? plural : `${plural}.${group}`;

const detailsOf = (kind: Kind, name: string): JsonObject => ({
  name,
  kind: kind.plural,
  ...(kind.group && { group: kind.group }),
});

export const notFound = (kind: Kind, name: string): ApiFault =>
  new ApiFault(404, `${qualified(kind)} "${name}" not found`, { details: detailsOf(kind, name) });

export const noSuchPath = (): ApiFault =>
  new ApiFault(404, 'the server could not find the requested resource', { details: {} });

export const conflict = (kind: Kind, name: string, why: string): ApiFault =>
  new ApiFault(409, `Operation cannot be fulfilled on ${qualified(kind)} "${name}": ${why}`, {
    details: detailsOf(kind, name),
  });

export const alreadyExists = (kind: Kind, name: string): ApiFault =>
  new ApiFault(409, `${qualified(kind)} "${name}" already exists`, {
    reason: 'AlreadyExists',
    details: detailsOf(kind, name),
  });

export const invalid = (kind: Kind, name: string, why: string): ApiFault =>
  new ApiFault(422, `${kind.kind}${kind.group ? `.${kind.group}` : ''} "${name}" is invalid: ${why}`, {
    details: detailsOf(kind, name),
  });

export const badRequest = (why: string): ApiFault => new ApiFault(400, why);
