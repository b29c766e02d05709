import type { IncomingMessage } from 'node:http';
import { isJson } from '../json.js';

/** The body as arguments: form, multipart or JSON, as Slack takes them. Undefined = not readable. */
export async function readArguments(request: IncomingMessage): Promise<Record<string, unknown> | undefined> {
  const type = request.headers['content-type'] ?? '';
  const body = await readBody(request);
  if (/^application\/json/.test(type)) return parseObject(body.toString('utf8'));
  if (body.length === 0) return {};
  const form = /^application\/x-www-form-urlencoded/.test(type)
    ? new URLSearchParams(body.toString('utf8'))
    : await readForm(type, body).catch(() => undefined);
  if (form === undefined) return undefined;
  return Object.fromEntries([...form].map(([name, value]) => [name, parseField(name, value)]));
}

/** The bytes of an upload: the whole body, or the first field of a multipart form. */
export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const type = request.headers['content-type'] ?? '';
  const body = await readBody(request);
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await readForm(type, body);
  const [first] = [...form.values()];
  return first === undefined || typeof first === 'string'
    ? Buffer.from(first ?? '')
    : Buffer.from(await first.arrayBuffer());
}

const readForm = (type: string, body: Buffer): Promise<FormData> =>
  new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Arguments whose value is JSON in a form; in a JSON body they come as they are. */
const jsonFields = new Set([
  ...['blocks', 'attachments', 'metadata', 'view', 'prompts', 'loading_messages', 'files', 'message'],
]);

function parseField(name: string, value: unknown): unknown {
  if (!jsonFields.has(name) || typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
