import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CloudKey } from '../verify-signature.js';
import { type AssumedRole, assumeRole, assumeRoleWithOidc, StsRefusal, type TrustedRole } from './sts.js';

export interface CredentialEndsOptions {
  /** Roles that STS hands out sessions of. */
  readonly roles: readonly TrustedRole[];
  /** The role of the instance; absent = it has none. */
  readonly instanceRole?: string;
  /** How long sessions last. */
  readonly seconds: () => number;
  readonly now: () => Date;
  /** Each session, as it is handed out. */
  readonly onSession: (session: CloudKey, role: AssumedRole) => void;
}

export interface CredentialEnds {
  readonly port: number;
  /** Every request, as `<method> <path or action>`, in order. */
  readonly calls: readonly string[];
  close(): Promise<void>;
}

/** Where credentials come from: the instance's metadata, by IMDSv2 alone, and STS. One port serves both. */
export async function startCredentialEnds(options: CredentialEndsOptions): Promise<CredentialEnds> {
  const calls: string[] = [];
  const metadataTokens = new Set<string>();

  const hand = (role: AssumedRole) => {
    const session = { id: `STS.${randomUUID()}`, secret: randomUUID(), securityToken: `CAIS${randomUUID()}` };
    options.onSession(session, role);
    return {
      AccessKeyId: session.id,
      AccessKeySecret: session.secret,
      SecurityToken: session.securityToken,
      Expiration: new Date(options.now().getTime() + options.seconds() * 1000)
        .toISOString()
        .replace(/\.\d{3}/, ''),
    };
  };
  const metadata = (request: IncomingMessage, path: string): string => {
    if (request.method === 'PUT' && path === 'api/token') {
      if (!(Number(request.headers['x-aliyun-ecs-metadata-token-ttl-seconds']) > 0))
        throw new StsRefusal(400, 'BadRequest', 'no time to live');
      const token = randomUUID();
      metadataTokens.add(token);
      return token;
    }
    if (!metadataTokens.has(String(request.headers['x-aliyun-ecs-metadata-token'])))
      throw new StsRefusal(401, 'Unauthorized', 'IMDSv2 alone');
    const { instanceRole } = options;
    const base = 'meta-data/ram/security-credentials/';
    if (instanceRole === undefined) throw new StsRefusal(404, 'NotFound', 'no role');
    if (path === base) return instanceRole;
    if (path !== `${base}${instanceRole}`) throw new StsRefusal(404, 'NotFound', path);
    return JSON.stringify({ Code: 'Success', ...hand({ arn: instanceRole, policy: undefined }) });
  };
  const sts = (query: URLSearchParams, form: URLSearchParams): string => {
    const assume = query.get('Action') === 'AssumeRole' ? assumeRole : assumeRoleWithOidc;
    const role = assume({ query, form, roles: options.roles, now: options.now() });
    return JSON.stringify({ RequestId: randomUUID(), Credentials: hand(role) });
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const isMetadata = url.pathname.startsWith('/latest/');
    calls.push(`${request.method} ${isMetadata ? url.pathname : url.searchParams.get('Action')}`);
    bodyOf(request)
      .then((body) =>
        isMetadata
          ? metadata(request, url.pathname.slice('/latest/'.length))
          : sts(url.searchParams, new URLSearchParams(body)),
      )
      .then(
        (answer) => response.end(answer),
        (error: unknown) => {
          const refusal =
            error instanceof StsRefusal ? error : new StsRefusal(500, 'InternalError', String(error));
          response.writeHead(refusal.status, { 'content-type': 'application/json; charset=utf-8' });
          response.end(JSON.stringify({ Code: refusal.code, Message: refusal.message }));
        },
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
