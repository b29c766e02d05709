import { type CloudAction, partsOf, shapeOf, versions } from '../actions.js';
import type { CloudQuery } from '../ports.js';
import { type AccessKey, encode, sha256, signRequest } from './sign-request.js';

export interface OutgoingRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

interface RequestParts {
  readonly action: CloudAction;
  readonly place: { readonly clusterId: string; readonly region: string };
  readonly query: CloudQuery;
  readonly host: string;
  readonly key: AccessKey;
  readonly now: Date;
  readonly nonce: string;
}

const EMPTY_BODY = sha256('');

/** Signed anew for every try: date and nonce are part of it. */
export function buildRequest(parts: RequestParts): OutgoingRequest {
  const { action, place, key } = parts;
  const { product, api } = partsOf(action);
  const { path } = shapeOf(action);
  const method = path === undefined ? 'POST' : 'GET';
  const query = flatten(
    path === undefined && product !== 'sts' ? { RegionId: place.region, ...parts.query } : parts.query,
  );
  const pathname =
    path?.replace(/\{(clusterId|region)\}/g, (_, name: 'clusterId' | 'region') => encode(place[name])) ?? '/';
  const headers: Record<string, string> = {
    host: parts.host,
    accept: 'application/json',
    'user-agent': 'acknet',
    'x-acs-action': api,
    'x-acs-version': versions[product],
    'x-acs-date': parts.now.toISOString().replace(/\.\d{3}/, ''),
    'x-acs-signature-nonce': parts.nonce,
    'x-acs-content-sha256': EMPTY_BODY,
  };
  if (key.securityToken !== undefined) {
    headers['x-acs-accesskey-id'] = key.id;
    headers['x-acs-security-token'] = key.securityToken;
  }
  const authorization = signRequest({ method, path: pathname, query, headers, bodyHash: EMPTY_BODY }, key);
  return { method, path: pathname, query, headers: { ...headers, authorization } };
}

/** Lists one-based, absent ones left out. */
function flatten(query: CloudQuery): Readonly<Record<string, string>> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    if (typeof value === 'object')
      for (const [index, entry] of value.entries()) flat[`${name}.${index + 1}`] = entry;
    else flat[name] = String(value);
  }
  return flat;
}
